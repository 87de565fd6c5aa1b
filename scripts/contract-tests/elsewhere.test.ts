/** The tests that the contract writes, against whatever server answers at `BASE_URL`: run by `npm run test:contract`. */
import { afterAll } from '@jest/globals'
import { parseContract } from '../../src/contract/index.js'
import { readUsers } from './askers.js'
import { writeCoverage } from './coverage-report.js'
import { declareTests } from './declare-tests.js'
import { samplingOf } from './properties.js'
import { contractSuite } from './suite.js'
import { targetAt } from './target.js'
import { contractText } from '../../test/support/project.js'

const { BASE_URL: url = '', CONTRACT_USERS: file } = process.env
const contract = parseContract(contractText)
const target = targetAt(url)
const users = file === undefined ? undefined : readUsers(file)
const suite = contractSuite({ contract, target, users, ...samplingOf(process.env) })

afterAll(() => {
  writeCoverage(contract, suite.coverage, 'elsewhere')
  target.close()
})

declareTests(suite.tests)

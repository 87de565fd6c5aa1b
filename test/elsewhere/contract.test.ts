/** The tests that the contract writes, against whatever server answers at `BASE_URL`: run by `npm run test:contract`. */
import { afterAll } from '@jest/globals'
import { parseContract } from '../../src/contract/contract.js'
import { readUsers } from '../suite/askers.js'
import { writeCoverage } from '../suite/coverage-report.js'
import { declareTests } from '../suite/declare-tests.js'
import { samplingOf } from '../suite/properties.js'
import { contractSuite } from '../suite/suite.js'
import { targetAt } from '../suite/target.js'
import { contractText } from '../support/server.js'

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

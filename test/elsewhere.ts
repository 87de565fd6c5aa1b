/** The tests that the contract writes, against whatever server answers at `BASE_URL`: run by `npm run test:contract`. */
import { fileURLToPath } from 'node:url'
import { afterAll } from '@jest/globals'
import { operationsOf, readContract } from '../src/contract/index.js'
import { writeCoverage } from '../scripts/contract-tests/coverage-report.js'
import { declareTests } from '../scripts/contract-tests/declare-tests.js'
import { readKnownAskers } from '../scripts/contract-tests/known-askers.js'
import { isMockServer } from '../scripts/contract-tests/mocked.js'
import { runsOfMock, samplingOf } from '../scripts/contract-tests/properties.js'
import { resetBy } from '../scripts/contract-tests/reset.js'
import { contractSuite } from '../scripts/contract-tests/suite.js'
import { targetAt } from '../scripts/contract-tests/target.js'
import { seed } from './seed.js'

const { BASE_URL: url = '', CONTRACT_USERS: file, CONTRACT_RESET: resetting } = process.env
const own = fileURLToPath(new URL('../openapi.yaml', import.meta.url))
const { CONTRACT: contractFile = own } = process.env
const contract = await readContract(contractFile)
const target = targetAt(url)
const credentials = contractFile === own ? seed.credentials : {} // whoever is known here is nobody elsewhere
const known = file === undefined ? { credentials } : { users: readKnownAskers(file) }
const reset = resetBy(resetting)
const isMock = await isMockServer(contract, target)
const isSparing = !reset && !isMock // a mock has no state that anything could change
const sampling = samplingOf(process.env, isMock ? runsOfMock(operationsOf(contract).length) : undefined)
const suite = contractSuite({ contract, target, reset, isSparing, isMock, ...known, ...sampling })
if (isMock) suite.coverage.note('what depends on state, or on who asks', 'the server is a mock')

afterAll(() => {
  writeCoverage(contract, suite.coverage, 'elsewhere')
  target.close()
})

declareTests(suite.tests)

/** The tests that the contract writes, against this server, with all that only those who have its code can cause. */
import { expect, test } from '@jest/globals'
import { parseContract } from '../src/contract/index.js'
import { exampleFindings } from '../scripts/contract-tests/examples/example-findings.js'
import { seed } from './seed.js'
import { declareContractTests } from './support/contract-suite.js'
import { contractText } from './support/project.js'

test('every example of the contract has a partner, and fits its schema', async () => {
  const findings = await exampleFindings(parseContract(contractText))
  expect(findings.map(({ place, what }) => `${place}  ${what}`)).toEqual([])
})

await declareContractTests(seed, { report: 'contract' })

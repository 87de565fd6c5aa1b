/** The tests that the contract writes, against this server, with all that only those who have its code can cause. */
import { expect, test } from '@jest/globals'
import { exampleFindings } from '../scripts/contract-tests/examples/example-findings.js'
import { seed } from './seed.js'
import { declareContractTests } from './support/contract-suite.js'
import { project } from './support/project.js'

test('every example of the contract has a partner, and fits its schema', async () => {
  const findings = await exampleFindings(project.contract)
  expect(findings.map(({ place, what }) => `${place}  ${what}`)).toEqual([])
})

await declareContractTests(project, seed, { report: 'contract' })

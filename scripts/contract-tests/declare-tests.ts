import { describe, test } from '@jest/globals'
import type { ContractTest } from './operation-suite.js'

/** How long one test may take, in milliseconds: those with thousands of requests take their time. */
const patience = 60 * 60 * 1000

/** Declares to Jest the tests that a contract writes, in their order, those of one operation that follow each other as one. */
export const declareTests = (tests: readonly ContractTest[]): void => {
  const [first] = tests
  if (!first) return
  const other = tests.findIndex(({ operation }) => operation !== first.operation)
  const end = other < 0 ? tests.length : other
  describe(first.operation, () => {
    for (const { name, run } of tests.slice(0, end)) test(name, run, patience)
  })
  declareTests(tests.slice(end))
}

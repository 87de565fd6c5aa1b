import { describe, test } from '@jest/globals'
import type { ContractTest } from './suite.js'

/** How long one test may take, in milliseconds: those with thousands of requests take their time. */
const patience = 60 * 60 * 1000

/** Declares to Jest the tests that a contract writes, by operation. */
export const declareTests = (tests: readonly ContractTest[]): void => {
  for (const operation of new Set(tests.map(one => one.operation))) {
    describe(operation, () => {
      for (const { name, run } of tests.filter(one => one.operation === operation)) test(name, run, patience)
    })
  }
}

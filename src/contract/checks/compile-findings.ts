import type { Finding } from '../document/finding.js'
import type { Contract } from '../openapi/contract.js'
import { evaluatorOf } from '../openapi/evaluator-of.js'
import { operationsOf } from '../openapi/operation-object.js'
import { replySchemasOf, requestSchemasOf } from '../openapi/operation-schemas.js'

/**
 * The schemas of requests and replies of which no check can be made. It takes half a second for a thousand operations: when
 * a contract is built, checked or swapped in, not each time that it is served.
 *
 * @param operations those to look at: all, unless somebody knows what the others are
 */
export const compileFindings = (contract: Contract, operations = operationsOf(contract)): Finding[] => {
  const evaluator = evaluatorOf(contract)
  const failed = new Map<string, string>()
  const attempt = (at: string, compile: () => unknown): void => {
    try {
      compile()
    } catch (error) {
      failed.set(at, error instanceof Error ? error.message : String(error))
    }
  }
  for (const operation of operations) {
    for (const at of requestSchemasOf(contract, operation)) attempt(at, () => evaluator.receiver(at))
    for (const at of replySchemasOf(contract, operation)) {
      for (const bounds of [true, false]) attempt(at, () => evaluator.checks.of(at, bounds, 'reply'))
    }
  }
  return [...failed].map(([at, message]) => ({
    place: contract.place(at, 'key'),
    what: `A schema can't be compiled: ${message}.`,
    todo: 'Write it in a simpler way, or less deep.'
  }))
}

import type { Finding } from '../document/finding.js'
import { pointer } from '../document/pointer.js'
import type { Contract } from '../openapi/contract.js'
import { evaluatorOf } from '../openapi/evaluator-of.js'
import type { OperationObject } from '../openapi/operation-object.js'
import { requestSchemasOf } from '../openapi/operation-schemas.js'
import { reaches } from '../schema/reachable.js'

/** The defaults that a handler would get although their own schemas don't allow them. */
export const defaultFindings = (contract: Contract, operation: OperationObject): Finding[] => {
  const wrong = new Set<string>()
  const evaluator = evaluatorOf(contract)
  const seen = new Set<string>()
  for (const schema of requestSchemasOf(contract, operation)) {
    reaches(
      contract.document,
      schema,
      (one, at) => {
        if (Object.hasOwn(one, 'default') && !evaluator.isValid(at, one['default'], 'request')) wrong.add(at)
        return false // so that all are looked at
      },
      seen
    )
  }
  return [...wrong].map(at => ({
    place: contract.place(at + pointer('default')),
    what: "The default isn't what its schema allows.",
    todo: 'Write a value that a client could send, or remove it.'
  }))
}

import type { Contract } from '../openapi/contract.js'
import type { Note } from '../openapi/note.js'
import type { OperationObject } from '../openapi/operation-object.js'
import { securityKind } from '../openapi/security-kind.js'
import { securityOf } from '../openapi/security-requirement.js'

const elsewhere: ReadonlySet<string> = new Set(['apiKey', 'mutualTLS'])

/** The schemes of different kinds that are needed at once, and all go into `Authorization`: there is only one. */
export const oneAuthorizationNotes = (contract: Contract, operation: OperationObject): Note[] =>
  securityOf(contract, operation).alternatives.flatMap(alternative => {
    const all = alternative
      .map(one => ({ ...one, kind: securityKind(contract, one.scheme) }))
      .filter(({ kind }) => !elsewhere.has(kind))
    const [first] = all
    const other = all.find(({ kind }) => kind !== first?.kind)
    if (!first || !other) return []
    const what = `Nobody can send \`${first.scheme}\` and \`${other.scheme}\` at once: there is one \`Authorization\`.`
    const todo = 'Make them alternatives, or one of them an `apiKey`.'
    return [{ pointer: other.pointer, rule: 'one-authorization', what, todo }]
  })

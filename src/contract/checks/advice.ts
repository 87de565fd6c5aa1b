import type { Contract } from '../openapi/contract.js'
import type { Note } from '../openapi/note.js'
import { type OperationObject, operationsOf } from '../openapi/operation-object.js'
import { securityOf } from '../openapi/security-requirement.js'
import type { Problems } from '../problems.js'
import type { Code } from './code.js'
import { httpSchemeNotes } from './http-scheme-notes.js'
import { missingResponseNotes } from './missing-response-notes.js'
import { oneAuthorizationNotes } from './one-authorization-notes.js'
import { ownResponseNotes } from './own-response-notes.js'

/**
 * What a contract could say better. Nothing of it is in the way of serving it: what it says in vain has no effect, and
 * what the server answers by itself it answers in its own words, declared or not.
 */
export const advice = (contract: Contract, code: Code, problems: Problems): Note[] => {
  const notes = [
    ...contract.notes,
    ...httpSchemeNotes(contract),
    ...operationsOf(contract).flatMap(operation => [
      ...unsaidSecurityNotes(contract, operation),
      ...oneAuthorizationNotes(contract, operation),
      ...missingResponseNotes(contract, operation, code),
      ...ownResponseNotes(contract, operation, code, problems)
    ])
  ]
  return [...new Map(notes.map(note => [`${note.pointer} ${note.what}`, note])).values()]
}

const unsaidSecurityNotes = (contract: Contract, operation: OperationObject): Note[] =>
  securityOf(contract, operation).isDeclared
    ? []
    : [
        {
          pointer: operation.pointer,
          rule: 'unsaid-security',
          what: `The operation \`${operation.operationId ?? ''}\` doesn't say whom it lets in: it lets in everybody.`,
          todo: 'Add `security`; write `security: []` if it is for everybody.'
        }
      ]

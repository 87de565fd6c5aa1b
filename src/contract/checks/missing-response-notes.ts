import { pointer } from '../document/pointer.js'
import type { Contract } from '../openapi/contract.js'
import type { Note } from '../openapi/note.js'
import type { OperationObject } from '../openapi/operation-object.js'
import { responseKey } from '../openapi/response-key.js'
import type { Code } from './code.js'
import { ownStatuses } from './own-statuses.js'

/** The server's own replies that an operation doesn't declare: its clients get them all the same. */
export const missingResponseNotes = (contract: Contract, operation: OperationObject, code: Code): Note[] =>
  ownStatuses(contract, operation, code)
    .filter(({ status }) => responseKey(operation.operation.responses, status) === undefined)
    .map(({ status, reason }) => ({
      pointer: operation.pointer + pointer('responses'),
      rule: 'missing-response',
      what: `The operation \`${operation.operationId ?? ''}\` doesn't declare the response ${status}: ${reason}.`,
      todo: `Add '${status}' to its responses.`
    }))

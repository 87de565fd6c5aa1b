import type { Finding } from '../document/finding.js'
import { pointer } from '../document/pointer.js'
import type { Contract } from '../openapi/contract.js'
import type { OperationObject } from '../openapi/operation-object.js'
import { responseKey } from '../openapi/response.js'
import type { Code } from './code.js'
import { ownStatuses } from './own-statuses.js'

/** The server's own replies that an operation doesn't declare. */
export const missingReplyFindings = (contract: Contract, operation: OperationObject, code: Code): Finding[] =>
  ownStatuses(contract, operation, code)
    .filter(({ status }) => responseKey(operation.operation.responses, status) === undefined)
    .map(({ status, reason }) => ({
      place: contract.place(operation.pointer + pointer('responses'), 'key'),
      what: `The operation \`${operation.operationId ?? ''}\` doesn't declare the answer ${status}: ${reason}.`,
      todo: `Add '${status}' to its responses.`
    }))

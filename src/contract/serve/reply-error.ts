import type { Contract } from '../openapi/contract.js'
import type { OperationObject } from '../openapi/operation-object.js'

/**
 * A reply that the contract doesn't declare, and that therefore never left the server. The message names the operation,
 * the JSON Pointer and the place of the rule; it says nothing of the values.
 */
export class ReplyError extends Error {
  override readonly name = 'ReplyError'
}

/**
 * Why a reply of an operation can't leave.
 *
 * @param rule the pointer of the rule that it breaks
 */
export const replyError = (
  contract: Contract,
  { operationId, method, path }: OperationObject,
  status: number,
  what: string,
  rule: string
): ReplyError => {
  const name = operationId ?? `${method.toUpperCase()} ${path}`
  const where = `${rule} at ${contract.place(rule)}`
  return new ReplyError(`The ${status} of operation ${name} breaks the contract: ${what}: ${where}`)
}

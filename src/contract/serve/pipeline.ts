import type { Context } from 'openapi-backend'
import type { Problem } from '../problems.js'
import { type AddressOf, Client } from './client.js'
import type { RefusedBodyError } from './refused-body-error.js'
import { ContractRequest } from './request.js'

/** The request of a context, which openapi-backend has from us. */
export const requestOf = ({ request }: Context): ContractRequest => {
  if (request instanceof ContractRequest) return request
  throw new TypeError('The pipeline takes a ContractRequest')
}

/** Whether the security handlers let a request in, or the operation asks for none. */
export const isLetIn = ({ operation, security }: Context): boolean =>
  security['authorized'] === true || operation.security?.length === 0

/** Why a request is turned away for what its handler found while it read the body. */
export const refusalOfBody = (request: ContractRequest, { status, broken }: RefusedBodyError): Problem => {
  if (broken.length > 0) {
    request.broken = broken
    return { status, broken }
  }
  request.content = { kind: 'refused', status }
  return { status }
}

/** What the handler of an operation gets: see `OperationRequest`. */
export const operationRequest = (context: Context, addressOf: AddressOf): object => {
  const { input, message, letIn } = requestOf(context)
  input.client = new Client(message, addressOf)
  if (context.operation.security?.length !== 0) {
    input.user = letIn?.user
    input.granted = letIn?.granted ?? []
  }
  return input
}

import { type Contract, isRecord, type OperationObject, tokenOperation } from '../../src/contract/index.js'
import type { Answer, Sent } from './client.js'
import { pairingOf } from './examples/example-pairs.js'
import type { RequestExample } from './examples/named-examples.js'
import { requestOf } from './request.js'

/** How somebody logs in by an example: the operation that issues tokens, and the body of the request. */
export interface Login {
  readonly operation: OperationObject
  readonly body: RequestExample | undefined
}

/** How somebody logs in for a security scheme; `undefined` if no example shows that with success. */
export const loginOf = (contract: Contract, scheme: string, name: string): Login | undefined => {
  const operation = tokenOperation(contract, scheme)
  const pair = operation && pairingOf(contract, operation).pairs.find(one => one.name === name)
  if (!operation || pair?.answer.status.startsWith('2') !== true) return undefined
  return { operation, body: pair.requests.find(({ part }) => part.in === 'body') }
}

/** The request of a login with a form in place of the example's. */
export const loginRequest = (
  contract: Contract,
  operation: OperationObject,
  body: RequestExample,
  form: unknown
): Sent => requestOf(contract, operation, { parameters: {}, body: { mediaType: body.part.name, value: form } })

/** The token and the scopes in the answer to a login (RFC 6749 §5.1), as far as it says them. */
export const tokenOf = ({ json }: Answer): { readonly token?: string; readonly scopes: readonly string[] } => {
  const { access_token: token, scope } = isRecord(json) ? json : {}
  return { ...(typeof token === 'string' && { token }), scopes: typeof scope === 'string' ? scope.split(' ') : [] }
}

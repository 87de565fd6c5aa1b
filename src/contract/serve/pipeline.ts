import type { Context } from 'openapi-backend'
import { ContractRequest } from './request.js'
import type { Refusal, SecurityHandler } from './security.js'

/** The request of a context, which openapi-backend has from us. */
export const requestOf = ({ request }: Context): ContractRequest => {
  if (request instanceof ContractRequest) return request
  throw new TypeError('The pipeline takes a ContractRequest')
}

interface SecurityResult {
  readonly granted?: { readonly user: unknown }
  readonly error?: Refusal
}

const resultOf = ({ security }: Context, scheme: string): SecurityResult | undefined =>
  security[scheme] as SecurityResult | undefined

/** A security handler in the form that openapi-backend takes: `error` for a refusal, anything else for consent. */
export const securityResult = async <Services>(
  handler: SecurityHandler<Services, unknown>,
  context: Context,
  services: Services
): Promise<SecurityResult | undefined> => {
  const request = requestOf(context)
  try {
    const outcome = await handler.authenticate(request.message.headers, services, request.message.url ?? '/')
    return 'refusal' in outcome ? { error: outcome.refusal } : { granted: outcome }
  } catch (cause) {
    request.fault = { cause } // thrown here it would be a 401: openapi-backend takes it for a refusal
    return undefined
  }
}

/** Whether the security handlers let a request in, or the operation asks for none. */
export const isLetIn = ({ operation, security }: Context): boolean =>
  security['authorized'] === true || operation.security?.length === 0

/** The first security scheme that turned a request away, by its pointer, and why. */
export const refusalOf = (context: Context): { readonly scheme: string; readonly refusal: Refusal } | undefined => {
  for (const scheme of (context.operation.security ?? []).flatMap(one => Object.keys(one))) {
    const refusal = resultOf(context, scheme)?.error
    if (refusal) return { scheme, refusal }
  }
  return undefined
}

// The user of the first alternative that is satisfied; none where an operation asks for nobody.
const userOf = (context: Context): unknown => {
  for (const alternative of context.operation.security ?? []) {
    if (Object.keys(alternative).length === 0) continue // anybody will do: but one who is known goes before
    const results = Object.keys(alternative).map(scheme => resultOf(context, scheme)?.granted)
    if (results.every(granted => granted !== undefined)) return results[0]?.user
  }
  return undefined
}

/** What the handler of an operation gets: see `OperationRequest`. */
export const operationRequest = (context: Context): object => {
  const { input } = requestOf(context)
  if (context.operation.security?.length !== 0) input.user = userOf(context)
  return input
}

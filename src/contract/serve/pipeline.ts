import type { Context } from 'openapi-backend'
import type { RequiredScheme } from '../openapi/security-requirement.js'
import type { Problem } from '../problems.js'
import { type AddressOf, Client } from './client.js'
import type { RefusedBodyError } from './refused-body-error.js'
import { ContractRequest } from './request.js'
import type { ScopeCheck } from './scopes.js'
import type { Authenticated, Refusal, SecurityHandler, SecurityOutcome } from './security.js'

/** The request of a context, which openapi-backend has from us. */
export const requestOf = ({ request }: Context): ContractRequest => {
  if (request instanceof ContractRequest) return request
  throw new TypeError('The pipeline takes a ContractRequest')
}

interface SecurityResult {
  readonly letIn?: Authenticated<unknown> & { readonly granted: readonly string[] }
  readonly error?: Refusal
  /** Whether somebody is known who lacks a scope. */
  readonly isKnown?: boolean
}

const resultOf = ({ security }: Context, key: string): SecurityResult | undefined =>
  security[key] as SecurityResult | undefined

/** A security handler, and what is asked of it. */
export interface SecurityStep<Services> {
  readonly required: RequiredScheme
  readonly handler: SecurityHandler<Services, unknown>
  readonly services: Services
  readonly scopes: ScopeCheck
}

/** A security handler in the form that openapi-backend takes: `error` for a refusal, anything else for consent. */
export const securityResult = async <Services>(
  step: SecurityStep<Services>,
  context: Context
): Promise<SecurityResult | undefined> => {
  const request = requestOf(context)
  try {
    const outcome = await authenticated(step, request, (context.operation.security?.length ?? 0) > 1)
    if ('refusal' in outcome) return { error: outcome.refusal }
    const granted = step.scopes.granted(outcome.granted)
    const error = step.scopes.refusal(granted)
    return error ? { error, isKnown: true } : { letIn: { user: outcome.user, granted } }
  } catch (cause) {
    request.fault = { cause } // thrown here it would be a 401: openapi-backend takes it for a refusal
    return undefined
  }
}

// A scheme that is asked for with other scopes in another alternative is asked once.
const authenticated = <Services>(
  { required, handler, services }: SecurityStep<Services>,
  request: ContractRequest,
  isShared: boolean
): Promise<SecurityOutcome<unknown>> => {
  const { headers, url = '/' } = request.message
  if (!isShared) return handler.authenticate(headers, services, url)
  const known = request.outcomes.get(required.scheme)
  const outcome = known ?? handler.authenticate(headers, services, url)
  request.outcomes.set(required.scheme, outcome)
  return outcome
}

/** Whether the security handlers let a request in, or the operation asks for none. */
export const isLetIn = ({ operation, security }: Context): boolean =>
  security['authorized'] === true || operation.security?.length === 0

/**
 * Why a request is turned away, and for which requirement: who is known and lacks a scope is told so, else what the
 * first scheme says.
 */
export const refusalOf = (context: Context): { readonly key: string; readonly refusal: Refusal } | undefined => {
  const first = (context.operation.security ?? []).flatMap(alternative => {
    const refused = Object.keys(alternative).flatMap(key => {
      const { error, isKnown = false } = resultOf(context, key) ?? {}
      return error ? [{ key, refusal: error, isKnown }] : []
    })
    return refused.find(one => !one.isKnown) ?? refused[0] ?? []
  })
  return first.find(one => one.isKnown) ?? first[0]
}

// Of the first alternative that is satisfied; none where an operation asks for nobody.
const letIn = (context: Context): NonNullable<SecurityResult['letIn']> | undefined => {
  for (const alternative of context.operation.security ?? []) {
    const keys = Object.keys(alternative)
    if (keys.length === 0) continue // anybody will do: but one who is known goes before
    const all = keys.map(key => resultOf(context, key)?.letIn).filter(one => one !== undefined)
    const [first] = all
    if (all.length < keys.length || !first) continue
    return { user: first.user, granted: all.length === 1 ? first.granted : all.flatMap(one => one.granted) }
  }
  return undefined
}

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
  const { input, message } = requestOf(context)
  input.client = new Client(message, addressOf)
  if (context.operation.security?.length !== 0) {
    const one = letIn(context)
    input.user = one?.user
    input.granted = one?.granted ?? []
  }
  return input
}

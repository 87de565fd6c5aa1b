import { challengeOf } from '../openapi/challenge.js'
import type { Contract } from '../openapi/contract.js'
import type { OperationObject } from '../openapi/operation-object.js'
import { responseOf } from '../openapi/response.js'
import { type RequiredScheme, securityOf } from '../openapi/security-requirement.js'
import type { AddressOf } from './client.js'
import { credentialsReader } from './credentials.js'
import type { ContractRequest, LetIn, Refused } from './request.js'
import { SchemeInput } from './scheme-input.js'
import { type ScopeCheck, scopeCheck } from './scopes.js'
import type { Refusal, SecurityHandler, SecurityOutcome } from './security.js'

/** The handlers of security schemes, and what they get. */
export interface SecuritySide<Services> {
  readonly handlers: Readonly<Record<string, SecurityHandler<Services, unknown>>>
  readonly services: Services
  readonly addressOf: AddressOf
}

/** Decides whether a request is let in, and notes on it for whom, or why not, or what failed. */
export type Authorizer = (request: ContractRequest) => Promise<boolean>

/**
 * Makes what decides who is let in to an operation (OpenAPI 3.1 §4.8.30): its alternatives are tried in the order of the
 * contract, until one lets in. Of an alternative all schemes have to, in their order; the first one's user is the user.
 * A scheme is asked once for each request. Who is known goes before anybody, where anybody is let in.
 */
export const authorizer = <Services>(
  contract: Contract,
  operation: OperationObject,
  side: SecuritySide<Services>
): Authorizer => {
  const { alternatives, isOpen, schemes } = securityOf(contract, operation)
  const all = alternatives.flat()
  const scopesOf = (name: string): string[] => [
    ...new Set(all.filter(one => one.scheme === name).flatMap(({ scopes }) => scopes))
  ]
  const ways = alternatives
    .filter(one => one.length > 0)
    .map(one => one.map(required => stepOf(contract, required, scopesOf(required.scheme), side)))
  const isShared = all.length > schemes.length
  let unknown: Refusal | undefined
  const nobody = (): Refusal => (unknown ??= refusalOfNobody(contract, operation, schemes))
  return async request => {
    try {
      const outcomes: Outcomes | undefined = isShared ? new Map() : undefined
      let refused: Refused | undefined
      for (const steps of ways) {
        let result: LetIn | Refused | undefined
        for (const step of steps) {
          const { scheme } = step.required
          const outcome = outcomes?.has(scheme) === true ? outcomes.get(scheme) : await step.ask(request)
          outcomes?.set(scheme, outcome)
          result = both(result, resultOf(step, outcome, nobody))
          if ('refusal' in result && !result.isKnown) break
        }
        if (!result) continue
        if ('user' in result) {
          request.letIn = result
          return true
        }
        if (!refused || (result.isKnown && !refused.isKnown)) refused = result
      }
      request.refused = refused
      return isOpen
    } catch (cause) {
      request.fault = { cause } // thrown here it would be a 401: openapi-backend takes it for a refusal
      return false
    }
  }
}

type Outcome = SecurityOutcome<unknown> | undefined
type Outcomes = Map<string, Outcome>

/** A scheme of an alternative: what is asked for, and who answers. */
interface Step {
  readonly required: RequiredScheme
  readonly scopes: ScopeCheck
  readonly ask: (request: ContractRequest) => Promise<Outcome>
}

const stepOf = <Services>(
  contract: Contract,
  required: RequiredScheme,
  scopes: readonly string[],
  { handlers, services, addressOf }: SecuritySide<Services>
): Step => {
  const { scheme } = required
  const handler = Object.hasOwn(handlers, scheme) ? handlers[scheme] : undefined
  const step = { required, scopes: scopeCheck(contract, required) }
  if (!handler) return { ...step, ask: () => Promise.resolve(undefined) }
  const read = credentialsReader(contract, scheme, handler)
  const known = { read, scopes, challenge: challengeOf(contract, scheme), addressOf }
  return { ...step, ask: request => handler.authenticate(new SchemeInput(request, known), services) }
}

const resultOf = ({ required, scopes }: Step, outcome: Outcome, nobody: () => Refusal): LetIn | Refused => {
  const { pointer } = required
  if (!outcome || 'refusal' in outcome) return { pointer, refusal: outcome?.refusal ?? nobody(), isKnown: false }
  const granted = scopes.granted(outcome.granted)
  const refusal = scopes.refusal(granted)
  return refusal ? { pointer, refusal, isKnown: true } : { user: outcome.user, granted }
}

// What comes of two schemes that are both needed.
const both = (first: LetIn | Refused | undefined, second: LetIn | Refused): LetIn | Refused => {
  if (!first) return second
  if ('refusal' in second) return second.isKnown && 'refusal' in first ? first : second
  return 'refusal' in first ? first : { user: first.user, granted: [...first.granted, ...second.granted] }
}

/** The 401 where no handler says another: its challenge is the contract's, or that of all schemes (RFC 9110 §11.6.1). */
const refusalOfNobody = (contract: Contract, operation: OperationObject, schemes: readonly string[]): Refusal => {
  const declared = responseOf(contract, operation.pointer, 401)
  const preset = [...(declared?.openHeaders ?? [])]
    .filter(([, one]) => one.required && one.preset)
    .map(([name]) => name)
  const names = [...(declared?.constantHeaders ?? []), ...preset]
  const isDeclared = names.some(name => name.toLowerCase() === 'www-authenticate')
  const challenges = [...new Set(schemes.flatMap(scheme => challengeOf(contract, scheme) ?? []))]
  const hasOwn = !isDeclared && challenges.length > 0
  return {
    status: 401,
    detail: 'Not authenticated',
    ...(hasOwn && { headers: { 'WWW-Authenticate': challenges.join(', ') } })
  }
}

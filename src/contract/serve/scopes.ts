import type { Contract } from '../openapi/contract.js'
import { declaredScopes, type RequiredScheme, securityScheme } from '../openapi/security-requirement.js'
import type { Refusal } from './security.js'

/** Tells whether what a scheme granted is enough for what an operation asks of it there. */
export interface ScopeCheck {
  /** What was granted, in full. */
  granted(scopes: readonly string[] | 'all' | undefined): readonly string[]
  /** Why a request is turned away that has been granted these scopes; `undefined` if they are enough. */
  refusal(granted: readonly string[]): Refusal | undefined
}

/** The scopes that an operation asks a scheme for, compared with those that were granted (RFC 6750 §3.1). */
export const scopeCheck = (contract: Contract, { scheme, scopes }: RequiredScheme): ScopeCheck => {
  const all = [...new Set([...declaredScopes(contract, scheme), ...scopes])]
  const refusal: Refusal = {
    status: 403,
    detail: 'Insufficient scope',
    ...(isBearer(securityScheme(contract, scheme)) && {
      headers: { 'WWW-Authenticate': `Bearer error="insufficient_scope", scope="${scopes.join(' ')}"` }
    })
  }
  return {
    granted: given => (given === 'all' ? all : (given ?? [])),
    refusal: granted => (scopes.every(scope => granted.includes(scope)) ? undefined : refusal)
  }
}

const isBearer = ({ type, scheme }: Readonly<Record<string, unknown>> = {}): boolean =>
  type === 'oauth2' || type === 'openIdConnect' || (typeof scheme === 'string' && scheme.toLowerCase() === 'bearer')

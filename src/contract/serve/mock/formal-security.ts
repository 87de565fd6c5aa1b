import type { Contract } from '../../openapi/contract.js'
import { securityKind } from '../../openapi/security-kind.js'
import { securityScheme, securitySchemeNames } from '../../openapi/security-requirement.js'
import type { SecurityHandler } from '../security.js'

type FormalHandler = SecurityHandler<unknown, undefined>

/**
 * Security handlers for all schemes of a contract, which look at the form of what is sent, and know nobody: a key where
 * one belongs, an `Authorization` of the right scheme. For mocks only.
 */
export const formalSecurity = (contract: Contract): Readonly<Record<string, FormalHandler>> =>
  Object.fromEntries(securitySchemeNames(contract).map(name => [name, handlerOf(contract, name)]))

const anybody = { user: undefined, granted: 'all' } as const

const handlerOf = (contract: Contract, name: string): FormalHandler => {
  const kind = securityKind(contract, name)
  // What is below HTTP isn't seen here.
  if (kind === 'mutualTLS')
    return { kind, refusals: [], certificate: () => '', authenticate: () => Promise.resolve(anybody) }
  const { detail, challenge } = wordsOf(kind, securityScheme(contract, name) ?? {})
  const refusal = { status: 401, detail, headers: { 'WWW-Authenticate': `${challenge} realm="mock"` } } as const
  return {
    kind,
    refusals: [401],
    authenticate: ({ credentials = '' }) => Promise.resolve(credentials === '' ? { refusal } : anybody)
  }
}

interface Words {
  /** What to send. */
  readonly detail: string
  /** The authentication scheme of the challenge that a 401 has to have (RFC 9110 §11.6.1). */
  readonly challenge: string
}

/** What is said of a Security Scheme Object (OpenAPI 3.1 §4.8.27) to those who send nothing for it. */
const wordsOf = (kind: string, { in: location, name, scheme = 'Bearer' }: Readonly<Record<string, unknown>>): Words => {
  if (kind === 'apiKey') {
    const place = location === 'header' ? 'header' : `${String(location)} parameter`
    // The challenge is registered nowhere: for a key there is no scheme.
    return { detail: `Send a key as the ${place} ${String(name)}.`, challenge: 'ApiKey' }
  }
  return {
    detail: `Send the header Authorization with the scheme ${String(scheme)}.`,
    challenge: kind.replace(/^./, first => first.toUpperCase())
  }
}

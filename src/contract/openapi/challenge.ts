import type { Contract } from './contract.js'
import { securityKind } from './security-kind.js'
import { securityScheme } from './security-requirement.js'

/**
 * The `WWW-Authenticate` that asks for a security scheme (RFC 9110 §11.6.1). For keys and certificates there is none.
 *
 * @example challengeOf(contract, 'Staff') // Basic realm="Staff", charset="UTF-8"
 */
export const challengeOf = (contract: Contract, scheme: string): string | undefined => {
  const kind = securityKind(contract, scheme)
  if (kind === 'apiKey' || kind === 'mutualTLS') return undefined
  if (kind === 'bearer') return 'Bearer'
  // Component names are made of letters, digits, `.`, `-` and `_`.
  if (kind === 'basic') return `Basic realm="${scheme.replaceAll(/[^\w.-]/g, '_')}", charset="UTF-8"`
  return String(securityScheme(contract, scheme)?.['scheme'])
}

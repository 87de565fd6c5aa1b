import type { Contract } from './contract.js'
import { securityScheme } from './security-requirement.js'

/**
 * The kind of a security scheme (OpenAPI 3.1 §4.8.27): how what is sent for it is read. `apiKey`; `basic`, `bearer` or
 * whatever else an `http` scheme is called, in lower case; `bearer`, too, for `oauth2` and `openIdConnect`, whose tokens
 * are sent like that; `mutualTLS`. Empty if the contract has no scheme of that name.
 */
export const securityKind = (contract: Contract, name: string): string => {
  const { type = '', scheme = '' } = securityScheme(contract, name) ?? {}
  if (type === 'oauth2' || type === 'openIdConnect') return 'bearer'
  return type === 'http' ? String(scheme).toLowerCase() : String(type)
}

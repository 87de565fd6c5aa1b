import { pointer } from '../document/pointer.js'
import type { Contract } from './contract.js'
import { type OperationObject, operationsOf } from './operation-object.js'
import { securityOf, securitySchemeNames } from './security-requirement.js'
import { basePathsOf, baseUrlOf, fullPath } from './server.js'

/** The `tokenUrl` of a scheme with the password flow, as far as it leads to this server. */
export interface TokenUrl {
  readonly scheme: string
  readonly pointer: string
  /** The whole path, with that of the server. */
  readonly path: string
  /** The operation that issues the tokens; `undefined` if the URL leads to none. */
  readonly operation: OperationObject | undefined
}

/** The token URLs of all security schemes of a contract that lead to this server. */
export const tokenUrlsOf = (contract: Contract): TokenUrl[] =>
  securitySchemeNames(contract).flatMap(scheme => {
    const at = pointer('components', 'securitySchemes', scheme, 'flows', 'password', 'tokenUrl')
    const { pointer: resolved, value: url } = contract.resolve(at)
    const path = typeof url === 'string' ? ownPathOf(contract, url) : undefined
    if (path === undefined) return []
    const operation = operationsOf(contract).find(
      one => one.method === 'post' && basePathsOf(contract, one).some(base => fullPath(base, one.path) === path)
    )
    return [{ scheme, pointer: resolved, path, operation }]
  })

// Relative to the first server (OpenAPI 3.1 §4.6.1). A full URL may lead anywhere.
const ownPathOf = (contract: Contract, url: string): string | undefined => {
  const base = baseUrlOf(contract)
  return URL.canParse(url) || !URL.canParse(url, base) ? undefined : new URL(url, base).pathname
}

/** The operation at the `tokenUrl` of a security scheme with the password flow, if the contract has it. */
export const tokenOperation = (contract: Contract, scheme: string): OperationObject | undefined =>
  tokenUrlsOf(contract).find(one => one.scheme === scheme)?.operation

/** The operations that issue the tokens with which others are asked. */
export const tokenOperations = (contract: Contract): ReadonlySet<OperationObject> =>
  new Set(
    operationsOf(contract)
      .flatMap(object => securityOf(contract, object).schemes)
      .flatMap(scheme => tokenOperation(contract, scheme) ?? [])
  )

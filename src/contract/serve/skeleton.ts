import type { Document } from 'openapi-backend'
import type { Contract } from '../openapi/contract.js'
import type { OperationObject } from '../openapi/operation-object.js'
import { schemePointer, securityOf, securityScheme, securitySchemeNames } from '../openapi/security-requirement.js'

/** An operation, and the paths at which it is served. */
export interface Route {
  readonly operation: OperationObject
  readonly paths: readonly string[]
}

/**
 * What openapi-backend needs of a contract, and no more: paths, methods, and who is let in. It dereferences what it is
 * given, examples included, and has names of its own for handlers and for what came of security: so operations and
 * security schemes are named by their pointers here.
 */
export const skeletonOf = (contract: Contract, routes: readonly Route[]): Document => {
  const paths: Record<string, Record<string, object>> = {}
  for (const { operation, paths: templates } of routes) {
    const { alternatives } = securityOf(contract, operation)
    const security = alternatives.map(schemes =>
      Object.fromEntries(schemes.map(one => [schemePointer(one.scheme), [...one.scopes]]))
    )
    for (const path of templates) {
      ;(paths[path] ??= {})[operation.method] = { operationId: operation.pointer, security, responses: {} }
    }
  }
  const schemes = securitySchemeNames(contract).map(name => [
    schemePointer(name),
    { ...securityScheme(contract, name) }
  ])
  const components = { securitySchemes: Object.fromEntries(schemes) as Record<string, never> }
  return { openapi: '3.1.0', info: { title: '', version: '' }, paths, components }
}

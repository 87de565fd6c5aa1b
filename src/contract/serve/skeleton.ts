import type { Document } from 'openapi-backend'
import type { Contract } from '../openapi/contract.js'
import type { OperationObject } from '../openapi/operation-object.js'
import { securityOf } from '../openapi/security-requirement.js'

/** An operation, and the paths at which it is served. */
export interface Route {
  readonly operation: OperationObject
  readonly paths: readonly string[]
}

/** The operations that say who is let in. */
export const guardedOperations = (contract: Contract, routes: readonly Route[]): OperationObject[] =>
  routes.map(({ operation }) => operation).filter(one => securityOf(contract, one).alternatives.length > 0)

/**
 * What openapi-backend needs of a contract, and no more: paths, methods, and that somebody decides who is let in. It
 * dereferences what it is given, examples included, and has names of its own for handlers: so operations are named by
 * their pointers here. It asks all schemes at once; so each operation has one, of its own name, which asks in order.
 */
export const skeletonOf = (contract: Contract, routes: readonly Route[]): Document => {
  const guarded = new Set(guardedOperations(contract, routes))
  const paths: Record<string, Record<string, object>> = {}
  for (const { operation, paths: templates } of routes) {
    const { method, pointer } = operation
    const security = guarded.has(operation) ? [{ [pointer]: [] }] : []
    for (const path of templates) (paths[path] ??= {})[method] = { operationId: pointer, security, responses: {} }
  }
  const schemes = [...guarded].map(({ pointer }) => [pointer, {}] as const)
  const components = { securitySchemes: Object.fromEntries(schemes) as Record<string, never> }
  return { openapi: '3.1.0', info: { title: '', version: '' }, paths, components }
}

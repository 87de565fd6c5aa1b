import type { Document } from 'openapi-backend'
import type { Contract } from '../openapi/contract.js'
import type { OperationObject } from '../openapi/operation-object.js'
import { type RequiredScheme, schemePointer, securityOf, securityScheme } from '../openapi/security-requirement.js'

/** An operation, and the paths at which it is served. */
export interface Route {
  readonly operation: OperationObject
  readonly paths: readonly string[]
}

/** The name of a scheme with the scopes that are asked of it: openapi-backend has one result for each name. */
export const requirementKey = ({ scheme, scopes }: RequiredScheme): string =>
  [schemePointer(scheme), ...scopes].join(' ')

/** All schemes that operations ask for, once with each list of scopes, by `requirementKey`. */
export const requirementsOf = (contract: Contract, routes: readonly Route[]): ReadonlyMap<string, RequiredScheme> =>
  new Map(
    routes
      .flatMap(({ operation }) => securityOf(contract, operation).alternatives.flat())
      .map(one => [requirementKey(one), one])
  )

/**
 * What openapi-backend needs of a contract, and no more: paths, methods, and who is let in. It dereferences what it is
 * given, examples included, and has names of its own for handlers and for what came of security: so operations are
 * named by their pointers here, and so are security schemes, with their scopes.
 */
export const skeletonOf = (contract: Contract, routes: readonly Route[]): Document => {
  const paths: Record<string, Record<string, object>> = {}
  for (const { operation, paths: templates } of routes) {
    const { alternatives } = securityOf(contract, operation)
    const security = alternatives.map(schemes => Object.fromEntries(schemes.map(one => [requirementKey(one), []])))
    for (const path of templates) {
      ;(paths[path] ??= {})[operation.method] = { operationId: operation.pointer, security, responses: {} }
    }
  }
  const schemes = [...requirementsOf(contract, routes)].map(([key, { scheme }]) => [
    key,
    { ...securityScheme(contract, scheme) }
  ])
  const components = { securitySchemes: Object.fromEntries(schemes) as Record<string, never> }
  return { openapi: '3.1.0', info: { title: '', version: '' }, paths, components }
}

import type { OpenAPIV3_1 } from 'openapi-types'
import { pointer } from '../document/pointer.js'
import type { Contract } from './contract.js'

/** An Operation Object of a contract (OpenAPI 3.1 §4.8.10), and where it stands. */
export interface OperationObject {
  readonly operationId: string | undefined
  /** Lower-case, as in the contract. */
  readonly method: string
  /** The path template. */
  readonly path: string
  readonly pointer: string
  readonly operation: OpenAPIV3_1.OperationObject
}

/** The methods that a Path Item can have (OpenAPI 3.1 §4.8.9). */
export const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const

const known = new WeakMap<object, readonly OperationObject[]>()

/** All Operation Objects of a contract, in its order. */
export const operationsOf = (contract: Contract): readonly OperationObject[] => {
  const found = known.get(contract.document) ?? collect(contract)
  known.set(contract.document, found) // asked for by each part that is made of a contract, which never changes
  return found
}

const collect = ({ document, resolve }: Contract): OperationObject[] =>
  Object.keys(document.paths ?? {}).flatMap(path => {
    const item = resolve(pointer('paths', path))
    const operations = (item.value ?? {}) as OpenAPIV3_1.PathItemObject
    return methods.flatMap(method => {
      const operation = operations[method]
      const at = item.pointer + pointer(method)
      return operation ? [{ operationId: operation.operationId, method, path, pointer: at, operation }] : []
    })
  })

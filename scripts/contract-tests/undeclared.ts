import { isRecord, type Node, pointer } from '../../src/contract/index.js'
import { childrenOf, type Fits, viewFor } from './schema-of-value.js'

/** A field of a value that its schema doesn't declare: where in the value, and the schema that would have to. */
export interface Undeclared {
  readonly path: string
  readonly pointer: string
}

/**
 * The fields of a value that no schema declares, however deep: JSON Schema lets them pass, but nobody who reads the
 * contract expects them.
 */
export const undeclaredIn = (schemas: readonly Node[], value: unknown, fits: Fits, path = ''): Undeclared[] => {
  const view = viewFor(schemas, value, fits)
  const owner = view.parts.find(({ value: schema }) => isRecord(schema) && !('$ref' in schema)) ?? view.parts[0]
  return childrenOf(view, value).flatMap(([token, child, declared]) => {
    const at = path + pointer(token)
    if (declared === undefined) return [{ path: at, pointer: owner?.pointer ?? '' }]
    return declared.length === 0 ? [] : undeclaredIn(declared, child, fits, at)
  })
}

import { isDeepStrictEqual } from 'node:util'
import { childOf, isRecord, type Node, pointer } from '../../src/contract/index.js'
import { isReadOnly } from './rules.js'
import { childrenOf, type Fits, viewFor } from './schema-of-value.js'

/**
 * Where a value is another than an example, as a JSON Pointer into both; `undefined` if nowhere. What the server decides
 * (`readOnly`) may be another, or be in only one of them: its schema says what is right.
 */
export const differenceFrom = (
  example: unknown,
  value: unknown,
  schemas: readonly Node[],
  fits: Fits,
  path = ''
): string | undefined => {
  const view = viewFor(schemas, value ?? example, fits)
  if (isReadOnly(view)) return undefined
  const areLists = Array.isArray(example) && Array.isArray(value) && example.length === value.length
  const areRecords = isRecord(example) && isRecord(value)
  if (!areLists && !areRecords) return isDeepStrictEqual(example, value) ? undefined : path
  for (const [token, , declared] of childrenOf(view, areRecords ? { ...example, ...value } : value)) {
    const [one, other] = [childOf(example, String(token)), childOf(value, String(token))]
    const found = differenceFrom(one, other, declared ?? [], fits, path + pointer(token))
    if (found !== undefined) return found
  }
  return undefined
}

import { isDeepStrictEqual } from 'node:util'
import { childOf, isRecord, type Node, pointer } from '../../src/contract/index.js'
import { viewOf } from '../contract-diff/schema-view.js'
import { isReadOnly, isWriteOnly } from './rules.js'
import { childrenOf, type Fits, viewFor } from './schema-of-value.js'

/**
 * Where a value is another than an example, as a JSON Pointer into both; `undefined` if nowhere. What the server decides
 * (`readOnly`) may be another, or be in only one of them: its schema says what is right. What no answer has (`writeOnly`,
 * and what no schema declares) may be in the example.
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
    const isNeverSent = declared === undefined || isWriteOnly(viewOf(declared))
    if (isNeverSent && childOf(value, String(token)) === undefined) continue // though the example shows it
    const [one, other] = [childOf(example, String(token)), childOf(value, String(token))]
    const found = differenceFrom(one, other, declared ?? [], fits, path + pointer(token))
    if (found !== undefined) return found
  }
  return undefined
}

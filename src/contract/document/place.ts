import { type Document, isMap, isScalar, isSeq, type LineCounter, type Node, type Pair } from 'yaml'
import { tokensOf } from './pointer.js'

/** A line and a column in a file, both counted from 1. */
export interface Place {
  readonly line: number
  readonly column: number
}

const keyOf = (pair: Pair): string => (isScalar(pair.key) ? String(pair.key.value) : String(pair.key))

/**
 * Where in a YAML document the thing stands that a JSON Pointer points to: a scalar at its value, a collection at its
 * key, because that is where its author would look. What doesn't exist stands where its nearest ancestor does.
 *
 * @param part `key` to get the place of the key for a scalar, too
 */
export const placeOf = (
  document: Document,
  lines: LineCounter,
  path: string,
  part: 'key' | 'value' = 'value'
): Place => {
  let node: unknown = document.contents
  let offset = 0
  for (const token of tokensOf(path)) {
    let key: unknown
    let value: unknown
    if (isMap(node)) {
      const pair = node.items.find(item => keyOf(item) === token)
      key = pair?.key
      value = pair?.value
    } else if (isSeq(node)) {
      key = value = node.items[Number(token)]
    }
    const start = (at: unknown): number | undefined => (at as Node | null | undefined)?.range?.[0]
    const found = part === 'value' && isScalar(value) ? start(value) : start(key)
    if (found === undefined) break
    offset = found
    node = value
  }
  const { line, col } = lines.linePos(offset)
  return { line, column: col }
}

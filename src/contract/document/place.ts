import { type Document, isAlias, isMap, isNode, isScalar, isSeq, type LineCounter, type Pair } from 'yaml'
import { tokensOf } from './pointer.js'

/** A line and a column in a file, both counted from 1. */
export interface Place {
  readonly line: number
  readonly column: number
}

/**
 * Where in a YAML document the thing stands that a JSON Pointer points to: a scalar at its value, a collection at its
 * key, because that is where its author would look. What comes by an alias or a merge key (`<<`) stands where it is
 * written. What doesn't exist stands where its nearest ancestor does.
 *
 * @param part `key` to get the place of the key for a scalar, too
 */
export const placeOf = (
  document: Document,
  lines: LineCounter,
  path: string,
  part: 'key' | 'value' = 'value'
): Place => {
  let node = followed(document, document.contents)
  let offset = 0
  for (const token of tokensOf(path)) {
    const entry = entryOf(document, node, token)
    if (!entry) break
    node = followed(document, entry.value)
    const start = startOf(part === 'value' && isScalar(node) ? entry.value : entry.key)
    if (start === undefined) break
    offset = start
  }
  const { line, col } = lines.linePos(offset)
  return { line, column: col }
}

const followed = (document: Document, node: unknown): unknown => (isAlias(node) ? node.resolve(document) : node)

const startOf = (node: unknown): number | undefined => (isNode(node) ? node.range?.[0] : undefined)

const keyOf = ({ key }: Pair): string => (isScalar(key) ? String(key.value) : String(key))

const isMerge = ({ key }: Pair): boolean => isScalar(key) && typeof key.value === 'symbol'

interface Entry {
  readonly key: unknown
  readonly value: unknown
}

// Of several merged maps that have a key the first one gives it, and what stands in the map itself comes before them.
const entryOf = (document: Document, node: unknown, token: string): Entry | undefined => {
  if (isSeq(node)) {
    const item = node.items[Number(token)]
    return item === undefined ? undefined : { key: item, value: item }
  }
  if (!isMap(node)) return undefined
  const own = node.items.find(pair => !isMerge(pair) && keyOf(pair) === token)
  if (own) return own
  for (const { value } of node.items.filter(isMerge)) {
    const source = followed(document, value)
    for (const map of isSeq(source) ? source.items : [source]) {
      const merged = entryOf(document, followed(document, map), token)
      if (merged) return merged
    }
  }
  return undefined
}

/** `NAME:LINE:COLUMN` of an offset in a text, for messages. */
export const linePlace = (text: string, name: string, offset: number): string => {
  const before = text.slice(0, offset)
  const line = before.split('\n').length
  return `${name}:${line}:${offset - before.lastIndexOf('\n')}`
}

import { isMap, isNode, isScalar, type Pair, type YAMLMap } from 'yaml'
import type { Splice } from './edit.js'

/*
 * Edits of a YAML text in place, so that what isn't edited keeps its look and its line: what is removed leaves blank
 * lines, and what is replaced is written as JSON, which is YAML, on the first of its lines.
 */

/** The key of a pair, as text. */
export const keyOf = ({ key }: Pair): string => (isScalar(key) ? String(key.value) : String(key))

/** The pair of a mapping with this key. */
export const pairOf = (map: YAMLMap, key: string): Pair | undefined => map.items.find(pair => keyOf(pair) === key)

/** The value of a node as JSON has it. */
export const valueOf = (node: unknown): unknown => (isNode(node) ? (JSON.parse(JSON.stringify(node)) as unknown) : node)

/** The same object without one of its keys. */
export const without = (object: object, key: string): object =>
  Object.fromEntries(Object.entries(object).filter(([name]) => name !== key))

/** Where a node begins and ends. A block ends before the next one begins, blank lines and all. */
export const rangeOf = (text: string, node: unknown): readonly [start: number, end: number] => {
  if (!isNode(node) || !node.range) throw new TypeError('This node was not read from a text')
  const [start, end] = node.range
  return [start, start + text.slice(start, end).trimEnd().length]
}

const newlines = (text: string, start: number, end: number): string => text.slice(start, end).replaceAll(/[^\n]/g, '')

/** Puts another value in the place of a node. */
export const replaced = (text: string, node: unknown, value: unknown): Splice => {
  const [start, end] = rangeOf(text, node)
  return { start, end, text: JSON.stringify(value) + newlines(text, start, end) }
}

/** Removes a pair of a mapping. */
export const removed = (text: string, map: YAMLMap, pair: Pair): Splice => {
  if (map.flow === true || map.items.length === 1) {
    return replaced(text, map, without(Object(valueOf(map)) as object, keyOf(pair)))
  }
  const [start] = rangeOf(text, pair.key)
  const [, end] = rangeOf(text, isNode(pair.value) ? pair.value : pair.key)
  return { start, end, text: newlines(text, start, end) }
}

/** Adds a pair to a mapping, which is then all on one line. */
export const added = (text: string, map: YAMLMap, key: string, value: unknown): Splice =>
  replaced(text, map, { ...Object(valueOf(map)), [key]: value })

/** The mapping at the end of a path of keys and indexes, if one stands there. */
export const mapAt = (root: YAMLMap, path: readonly string[]): YAMLMap | undefined => {
  const node = path.length === 0 ? root : root.getIn(path, true)
  return isMap(node) ? node : undefined
}

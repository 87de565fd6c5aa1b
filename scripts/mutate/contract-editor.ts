import { isMap, isNode, isScalar, isSeq, type Pair, type YAMLMap, type YAMLSeq } from 'yaml'
import type { Splice } from './edit.js'

/** An edit of the contract that can be made. */
export interface Proposal {
  readonly kind: string
  readonly what: string
  /** Where the thing stands that it edits: an offset in the text. */
  readonly at: number
  readonly splice: Splice
}

/** The key of a pair, as text. */
export const keyOf = ({ key }: Pair): string => (isScalar(key) ? String(key.value) : String(key))

/** The pair of a mapping with this key. */
export const pairOf = (map: YAMLMap, key: string): Pair | undefined => map.items.find(pair => keyOf(pair) === key)

/** The mapping that stands under a key, if one does. */
export const mapOf = (map: YAMLMap, key: string): YAMLMap | undefined => {
  const value = pairOf(map, key)?.value
  return isMap(value) ? value : undefined
}

/** The value of a node as JSON has it. */
export const valueOf = (node: unknown): unknown => (isNode(node) ? (JSON.parse(JSON.stringify(node)) as unknown) : node)

const rangeOf = (node: unknown): readonly [start: number, end: number] => {
  if (!isNode(node) || !node.range) throw new TypeError('This node was not read from a text')
  return [node.range[0], node.range[1]]
}

/**
 * Proposes edits of a YAML text. They are made in place, so that what isn't edited keeps its look and its line: what is
 * removed leaves blank lines, and what is replaced is written as JSON, which is YAML, on the first of its lines.
 */
export class ContractEditor {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  /** Removes a pair of a mapping; nothing if it has no such key. */
  remove(kind: string, map: YAMLMap, key: string): Proposal[] {
    const index = map.items.findIndex(pair => keyOf(pair) === key)
    const pair = map.items[index]
    if (!pair) return []
    const spans = map.items.map(one => this.#spanOf(one))
    const splice = this.#removal(spans, index, map.flow === true, '{}')
    return [{ kind, what: `remove \`${key}\``, at: rangeOf(pair.key)[0], splice }]
  }

  /** Removes an item of a sequence. */
  removeItem(kind: string, seq: YAMLSeq, index: number, what: string): Proposal {
    const flow = seq.flow === true
    const spans = seq.items.map((item): readonly [number, number] => {
      const [start, end] = this.#trimmed(rangeOf(item))
      return [flow ? start : this.#text.lastIndexOf('-', start), end]
    })
    return { kind, what, at: rangeOf(seq.items[index])[0], splice: this.#removal(spans, index, flow, '[]') }
  }

  /** Gives a key another value. */
  change(kind: string, pair: Pair, value: unknown, what?: string): Proposal {
    const said = what ?? `change \`${keyOf(pair)}\` to ${JSON.stringify(value)}`
    return { kind, what: said, at: rangeOf(pair.key)[0], splice: this.#replacement(pair.value, value) }
  }

  /** Puts another value in the place of a node. */
  replace(kind: string, node: unknown, value: unknown, what: string): Proposal {
    return { kind, what, at: rangeOf(node)[0], splice: this.#replacement(node, value) }
  }

  /** Gives a value another key; nothing if the mapping has it already. */
  rename(kind: string, map: YAMLMap, pair: Pair, key: string): Proposal[] {
    if (pairOf(map, key)) return []
    const what = `rename \`${keyOf(pair)}\` to \`${key}\``
    return [{ kind, what, at: rangeOf(pair.key)[0], splice: this.#replacement(pair.key, key) }]
  }

  /** Adds a pair to a mapping; nothing if it has the key already. */
  add(kind: string, map: YAMLMap, key: string, value: unknown): Proposal[] {
    if (pairOf(map, key)) return []
    const pair = `${JSON.stringify(key)}: ${JSON.stringify(value)}`
    const what = `add \`${key}: ${JSON.stringify(value)}\``
    return [{ kind, what, at: rangeOf(map)[0], splice: this.#addition(map, pair, { [key]: value }) }]
  }

  #addition(map: YAMLMap, pair: string, added: object): Splice {
    const last = map.items.at(-1)
    const end = last ? this.#spanOf(last)[1] : rangeOf(map)[0] + 1
    if (map.flow === true) return { start: end, end, text: last ? `, ${pair}` : ` ${pair} ` }
    // In block style each pair has a line of its own: a blank one below, or none.
    const blank = /^\n[ \t]*(?=\n)/.exec(this.#text.slice(end))
    const first = rangeOf(map)[0]
    const indent = ' '.repeat(first - this.#text.lastIndexOf('\n', first - 1) - 1)
    if (blank) return { start: end, end: end + blank[0].length, text: `\n${indent}${pair}` }
    return this.#replacement(map, { ...Object(valueOf(map)), ...added })
  }

  #replacement(node: unknown, value: unknown): Splice {
    const [start, end] = this.#trimmed(rangeOf(node))
    return { start, end, text: JSON.stringify(value) + this.#newlines(start, end) }
  }

  #removal(spans: readonly (readonly [number, number])[], index: number, flow: boolean, empty: string): Splice {
    const [start, end] = spans[index] ?? [0, 0]
    const [before, after] = [spans[index - 1], spans[index + 1]]
    if (!flow) return { start, end, text: (spans.length === 1 ? empty : '') + this.#newlines(start, end) }
    if (after) return { start, end: after[0], text: this.#newlines(start, after[0]) }
    return { start: before ? before[1] : start, end, text: this.#newlines(before ? before[1] : start, end) }
  }

  #spanOf({ key, value }: Pair): readonly [number, number] {
    return this.#trimmed([rangeOf(key)[0], rangeOf(isNode(value) ? value : key)[1]])
  }

  // A block ends before the next one begins, blank lines and all.
  #trimmed([start, end]: readonly [number, number]): readonly [number, number] {
    return [start, start + this.#text.slice(start, end).trimEnd().length]
  }

  #newlines(start: number, end: number): string {
    return this.#text.slice(start, end).replaceAll(/[^\n]/g, '')
  }
}

/** The nodes of a sequence, or none if it isn't one. */
export const itemsOf = (node: unknown): readonly unknown[] => (isSeq(node) ? node.items : [])

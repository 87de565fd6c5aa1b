import { shapeOf, withUpperCaseHex } from '../openapi/path-template.js'

/** What stands at a path, and what its template captured, in the order of its parameters, percent-encoded as sent. */
export interface PathMatch<T> {
  readonly value: T
  readonly values: readonly string[]
}

interface Templated<T> {
  /** The literal texts before, between and after the parameters of a segment. */
  readonly literals: readonly string[]
  readonly node: Node<T>
}

interface Node<T> {
  readonly concrete: Map<string, Node<T>>
  /** Those with more literal text first: `{name}.json` goes before `{name}`. */
  readonly templated: Templated<T>[]
  value: T | undefined
}

const createNode = <T>(): Node<T> => ({ concrete: new Map(), templated: [], value: undefined })
const noValues: readonly string[] = Object.freeze([])

/**
 * The path templates of a contract, compiled for look-up: concrete paths by a map, templated ones by a tree of their
 * segments, in which a concrete segment goes before a templated one (OpenAPI 3.1 §4.8.8.2). A look-up costs the same
 * for two paths and for five thousand, and time in proportion to the length of the path whatever the template.
 *
 * Paths are compared as sent, but for the case of hexadecimal digits in percent-encodings.
 */
export class PathTree<T> {
  readonly #concrete = new Map<string, T>()
  readonly #root = createNode<T>()

  /** Adds a path template, or replaces it. Templates that differ in nothing but names are the same one. */
  add(template: string, value: T): void {
    const shape = shapeOf(template)
    if (!shape.includes('{')) {
      this.#concrete.set(shape, value)
      return
    }
    let node = this.#root
    for (const segment of shape.slice(1).split('/')) node = descend(node, segment)
    node.value = value
  }

  find(path: string): PathMatch<T> | undefined {
    const value = this.#concrete.get(path)
    if (value !== undefined) return { value, values: noValues }
    const compared = withUpperCaseHex(path)
    if (compared !== path) {
      const same = this.#concrete.get(compared)
      if (same !== undefined) return { value: same, values: noValues }
    }
    const values: string[] = []
    const found = search(this.#root, { sent: path, compared }, 1, values)
    return found === undefined ? undefined : { value: found, values }
  }
}

const descend = <T>(node: Node<T>, segment: string): Node<T> => {
  if (!segment.includes('{')) {
    const next = node.concrete.get(segment) ?? createNode<T>()
    node.concrete.set(segment, next)
    return next
  }
  const literals = segment.split('{}')
  const known = node.templated.find(one => one.literals.join('{}') === segment)
  if (known) return known.node
  const templated = { literals, node: createNode<T>() }
  node.templated.push(templated)
  node.templated.sort((a, b) => b.literals.join('').length - a.literals.join('').length)
  return templated.node
}

/** A path as it was sent, and in the form in which it is compared. Both have the same length. */
interface Path {
  readonly sent: string
  readonly compared: string
}

// Each node of the tree is met at most once: there is one way to it.
const search = <T>(node: Node<T>, path: Path, start: number, values: string[]): T | undefined => {
  if (start > path.sent.length) return node.value
  const slash = path.compared.indexOf('/', start)
  const end = slash < 0 ? path.sent.length : slash
  const concrete = node.concrete.get(path.compared.slice(start, end))
  const found = concrete && search(concrete, path, end + 1, values)
  if (found !== undefined) return found
  for (const { literals, node: next } of node.templated) {
    const before = values.length
    if (!capture(literals, path, start, end, values)) continue
    const deeper = search(next, path, end + 1, values)
    if (deeper !== undefined) return deeper
    values.length = before
  }
  return undefined
}

// The first place of each literal will do: it leaves the most to those after it. A parameter has one character at least.
const capture = (
  literals: readonly string[],
  { sent, compared }: Path,
  start: number,
  end: number,
  values: string[]
): boolean => {
  const first = literals[0] ?? ''
  const last = literals.at(-1) ?? ''
  const until = end - last.length
  let from = start + first.length
  if (from >= until || !compared.startsWith(first, start) || !compared.startsWith(last, until)) return false
  const before = values.length
  for (let index = 1; index < literals.length - 1; index++) {
    const literal = literals[index] ?? ''
    const at = compared.indexOf(literal, from + 1)
    if (at < 0 || at + literal.length >= until) {
      values.length = before
      return false
    }
    values.push(sent.slice(from, at))
    from = at + literal.length
  }
  values.push(sent.slice(from, until))
  return true
}

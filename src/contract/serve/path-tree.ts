/** What a path template captured, decoded, by the names of its parameters. */
export type PathParameters = Readonly<Record<string, string>>

interface Matcher<T> {
  readonly pattern: RegExp
  readonly names: readonly string[]
  readonly node: Node<T>
}

interface Node<T> {
  readonly concrete: Map<string, Node<T>>
  /** Those with more literal text first: `{name}.json` goes before `{name}`. */
  readonly templated: Matcher<T>[]
  value: T | undefined
}

const createNode = <T>(): Node<T> => ({ concrete: new Map(), templated: [], value: undefined })
const noParameters: PathParameters = Object.freeze({})

/**
 * The path templates of a contract, compiled for look-up: concrete paths by a map, templated ones by a tree of their
 * segments, in which a concrete segment goes before a templated one (OpenAPI 3.1 §4.8.8.2). A look-up costs the same
 * for two paths and for five thousand.
 */
export class PathTree<T> {
  readonly #concrete = new Map<string, T>()
  readonly #root = createNode<T>()

  /** Adds a path template, or replaces it. Templates that differ in nothing but names are the same one. */
  add(template: string, value: T): void {
    if (!template.includes('{')) {
      this.#concrete.set(template, value)
      return
    }
    let node = this.#root
    for (const segment of segmentsOf(template)) node = descend(node, segment)
    node.value = value
  }

  /** What stands at a path, and the parameters that its template captured. Paths are compared as sent. */
  find(path: string): { readonly value: T; readonly params: PathParameters } | undefined {
    const value = this.#concrete.get(path)
    if (value !== undefined) return { value, params: noParameters }
    const params: [string, string][] = []
    const node = search(this.#root, segmentsOf(path), 0, params)
    return node?.value === undefined ? undefined : { value: node.value, params: Object.fromEntries(params) }
  }
}

const segmentsOf = (path: string): string[] => path.slice(1).split('/')

const descend = <T>(node: Node<T>, segment: string): Node<T> => {
  if (!segment.includes('{')) {
    const next = node.concrete.get(segment) ?? createNode<T>()
    node.concrete.set(segment, next)
    return next
  }
  const names = [...segment.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name ?? '')
  const literals = segment.split(/\{[^}]+\}/).map(literal => literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  const pattern = `^${literals.join('(.+?)')}$`
  const known = node.templated.find(one => one.pattern.source === pattern)
  if (known) return known.node
  const matcher = { pattern: new RegExp(pattern), names, node: createNode<T>() }
  node.templated.push(matcher)
  node.templated.sort((a, b) => b.pattern.source.length - a.pattern.source.length)
  return matcher.node
}

const search = <T>(
  node: Node<T>,
  segments: string[],
  depth: number,
  params: [string, string][]
): Node<T> | undefined => {
  const segment = segments[depth]
  if (segment === undefined) return node.value === undefined ? undefined : node
  const concrete = node.concrete.get(segment)
  const found = concrete && search(concrete, segments, depth + 1, params)
  if (found) return found
  for (const { pattern, names, node: next } of node.templated) {
    const captured = pattern.exec(segment)
    if (!captured) continue
    const before = params.length
    names.forEach((name, index) => params.push([name, decode(captured[index + 1] ?? '')]))
    const deeper = search(next, segments, depth + 1, params)
    if (deeper) return deeper
    params.length = before
  }
  return undefined
}

const decode = (value: string): string => {
  try {
    return decodeURIComponent(value)
  } catch {
    return value // malformed percent-encoding names nothing that exists: let the handler see it as it was sent
  }
}

import { pointer, pointerOfFragment, tokensOf } from '../document/pointer.js'
import { isRecord } from '../document/record.js'
import type { Contract } from './contract.js'

/** A value of a contract as it is written, and where. Nothing is followed: it may be a Reference Object. */
export interface Node {
  readonly contract: Contract
  readonly pointer: string
  readonly value: unknown
}

/** The whole document. */
export const rootOf = (contract: Contract): Node => ({ contract, pointer: '', value: contract.document })

/** What a node refers to, every `$ref` followed; the node itself if it is no reference. */
export const follow = (node: Node): Node =>
  isRecord(node.value) && typeof node.value['$ref'] === 'string'
    ? { contract: node.contract, ...node.contract.resolve(node.pointer) }
    : node

/** What stands in a node under a key or an index, if there is anything. The node itself is not followed. */
export const within = (node: Node, token: string | number): Node | undefined => {
  const { value } = node
  const child: unknown = Array.isArray(value)
    ? value[Number(token)]
    : isRecord(value) && Object.hasOwn(value, token)
      ? value[token]
      : undefined
  return child === undefined
    ? undefined
    : { contract: node.contract, pointer: node.pointer + pointer(token), value: child }
}

/** What stands at the end of a path of keys from a node, if there is anything. All but the last are followed. */
export const find = (node: Node | undefined, ...tokens: readonly (string | number)[]): Node | undefined =>
  tokens.reduce<Node | undefined>((at, token) => at && within(follow(at), token), node)

/** What a `$ref` of this node refers to, which may be a reference with siblings of its own (JSON Schema 2020-12 §8.2.3). */
export const referred = (node: Node): Node | undefined => {
  const ref = isRecord(node.value) ? node.value['$ref'] : undefined
  if (typeof ref !== 'string') return undefined
  const path = pointerOfFragment(ref)
  const token = tokensOf(path).at(-1)
  const parent = { contract: node.contract, ...node.contract.resolve(path.slice(0, path.lastIndexOf('/'))) }
  return token === undefined ? undefined : within(parent, token)
}

/** The entries of a node that is a map or a list, in its order. The node is followed, the entries are not. */
export const entriesOf = (node: Node | undefined): [key: string, entry: Node][] => {
  if (node === undefined) return []
  const target = follow(node)
  const keys = isRecord(target.value) || Array.isArray(target.value) ? Object.keys(target.value) : []
  return keys.flatMap((key): [string, Node][] => {
    const entry = within(target, key)
    return entry ? [[key, entry]] : []
  })
}

/** Where a node stands, for messages: `openapi.yaml:LINE:COLUMN`. */
export const placeOf = (node: Node, part?: 'key' | 'value'): string => node.contract.place(node.pointer, part)

import { entriesOf, find, methods, type Node, rootOf, type Contract } from '../../src/contract/index.js'
import type { Sender } from './difference.js'

/** An operation of the API, of a webhook or of a callback. */
export interface Operation {
  /** `GET /users/me`. */
  readonly name: string
  readonly path: string
  /** Its Path Item Object. */
  readonly item: Node
  /** Its Operation Object. */
  readonly node: Node
  /** Who sends its requests; the answers come from the other. */
  readonly sender: Sender
}

/** Operations by what makes them the same in two contracts. */
export type Operations = readonly (readonly [key: string, operation: Operation])[]

/** The operations that a server offers; what a path calls its parameters doesn't matter. */
export const operationsOf = (contract: Contract): Operations =>
  operationsIn(entriesOf(find(rootOf(contract), 'paths')), 'client', (method, path) => `${method} ${path}`).map(
    ([key, operation]) => [key.replaceAll(/\{[^}]*\}/g, '{}'), operation]
  )

/** The requests that a server sends to those who have told it where. */
export const webhooksOf = (contract: Contract): Operations =>
  operationsIn(
    entriesOf(find(rootOf(contract), 'webhooks')),
    'server',
    (method, name) => `${method} webhook \`${name}\``
  )

/** The requests that a server sends because of one of its operations. What a callback calls back is left out. */
export const callbacksOf = ({ name: of, node, sender }: Operation): Operations =>
  operationsIn(
    entriesOf(sender === 'client' ? find(node, 'callbacks') : undefined).flatMap(([name, callback]) =>
      entriesOf(callback).map(([url, item]): [string, Node] => [`${name} ${url}`, item])
    ),
    'server',
    (method, name) => `${method} callback \`${name}\` of ${of}`
  )

const operationsIn = (
  items: readonly (readonly [path: string, item: Node])[],
  sender: Sender,
  nameOf: (method: string, path: string) => string
): Operations =>
  items.flatMap(([path, item]) =>
    methods.flatMap(method => {
      const node = find(item, method)
      const name = nameOf(method.toUpperCase(), path)
      return node ? [[`${method} ${path}`, { name, path, item, node, sender }] as const] : []
    })
  )

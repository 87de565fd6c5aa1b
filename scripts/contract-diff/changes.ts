/**
 * Tells what changed from one contract to another, and whether it can break a client, by the rules for what a contract of
 * this server can have (OpenAPI 3.1, forms and JSON, JSON Schema 2020-12). No library does it in plain JavaScript and
 * offline: openapi-diff refuses OpenAPI 3.1, api-smart-diff finds it harmless that a field of an answer may be null, and
 * oasdiff is a program for each platform.
 */
import { type Contract, entriesOf, find, type Node, rootOf } from '../../src/contract/index.js'
import { addedAndRemoved, type Change, inWords } from './change.js'
import { match } from './match.js'
import { callbacksOf, type Operations, operationsOf, webhooksOf } from './operation.js'
import { operationChanges } from './operation-changes.js'
import { securitySchemeChanges } from './security-changes.js'

export { type Change, formatChanges } from './change.js'

/**
 * The changes from one contract to another, in the order of the operations in the new one. Descriptions, examples, tags
 * and the order of things are no changes.
 */
export const changesBetween = (before: Contract, after: Contract): Change[] => [
  ...serverChanges(rootOf(before), rootOf(after)),
  ...changesOf(operationsOf(before), operationsOf(after)),
  ...changesOf(webhooksOf(before), webhooksOf(after)),
  ...securitySchemeChanges(rootOf(before), rootOf(after))
]

const changesOf = (before: Operations, after: Operations): Change[] => {
  const { added, removed, kept } = match(before, after)
  const named = (operations: Operations): [string, Node][] => operations.map(([, { name, node }]) => [name, node])
  return [
    ...kept.flatMap(([, old, now]) => [
      ...inWords(operationChanges(old, now), now.name),
      ...changesOf(callbacksOf(old), callbacksOf(now))
    ]),
    ...inWords(addedAndRemoved({ added: named(added), removed: named(removed) }, name => name))
  ]
}

/** Servers by their URLs; a contract without any has one at `/` (OpenAPI 3.1 §4.8.1). */
const serverChanges = (before: Node, after: Node): Change[] => {
  const servers = (root: Node): [string, Node][] => {
    const urls = entriesOf(find(root, 'servers')).flatMap(([, server]) => find(server, 'url') ?? [])
    return urls.length > 0 ? urls.map(url => [String(url.value), url]) : [['/', root]]
  }
  return inWords(addedAndRemoved(match(servers(before), servers(after)), url => `The server \`${url}\``))
}

/**
 * Tells what changed from one contract to another, and whether it can break a client. It knows the rules for what a
 * contract of this server can have (OpenAPI 3.1, bodies as forms or JSON, JSON Schema 2020-12), and no others.
 *
 * It is written here because no library does it in plain JavaScript and offline: openapi-diff refuses OpenAPI 3.1,
 * api-smart-diff finds it harmless that a field of an answer may be null, and oasdiff comes as a program for each
 * platform. None of them tells where in the file a change was made.
 */
import { type Contract, entriesOf, find, type Node, placeOf, rootOf } from '../../src/contract/index.js'
import { answerChanges } from './answer-changes.js'
import { type Change, type Detail, inWords, sentence } from './change.js'
import { addedAndRemoved, match } from './match.js'
import { callbacksOf, type Operation, type Operations, operationsOf, webhooksOf } from './operation.js'
import { requestChanges } from './request-changes.js'
import { securityChanges, securitySchemeChanges } from './security-changes.js'

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
      ...inWords(now.name, operationChanges(old, now)),
      ...changesOf(callbacksOf(old), callbacksOf(now))
    ]),
    ...addedAndRemoved({ added: named(added), removed: named(removed) }, name => name).map(sentence)
  ]
}

const operationChanges = (before: Operation, after: Operation): Detail[] => [
  ...operationIdChange(before.node, after.node),
  ...deprecation(before.node, after.node),
  ...securityChanges(before, after),
  ...requestChanges(before, after),
  ...answerChanges(before, after)
]

// Of the messages between client and server it changes nothing, but generated clients call their functions by it.
const operationIdChange = (before: Node, after: Node): Detail[] => {
  const [old, now] = [find(before, 'operationId'), find(after, 'operationId')]
  if (old === undefined || now === undefined || old.value === now.value) return []
  const clause = `the operationId is now \`${String(now.value)}\` instead of \`${String(old.value)}\``
  return [{ place: placeOf(now), clause, breaking: false }]
}

const deprecation = (before: Node, after: Node): Detail[] => {
  const [old, now] = [find(before, 'deprecated'), find(after, 'deprecated')]
  const node = now ?? old
  if (node === undefined || (old?.value === true) === (now?.value === true)) return []
  const clause = `the operation is ${now?.value === true ? 'now' : 'no longer'} deprecated`
  return [{ place: placeOf(node), clause, breaking: false }]
}

/** Servers by their URLs; a contract without any has one at `/` (OpenAPI 3.1 §4.8.1). */
const serverChanges = (before: Node, after: Node): Change[] => {
  const servers = (root: Node): [string, Node][] => {
    const urls = entriesOf(find(root, 'servers')).flatMap(([, server]) => find(server, 'url') ?? [])
    return urls.length > 0 ? urls.map(url => [String(url.value), url]) : [['/', root]]
  }
  return addedAndRemoved(match(servers(before), servers(after)), url => `The server \`${url}\``).map(sentence)
}

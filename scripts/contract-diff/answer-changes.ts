import { entriesOf, find, type Node, tokensOf } from '../../src/contract/index.js'
import type { Detail } from './change.js'
import { contentChanges } from './content-changes.js'
import type { Sender } from './difference.js'
import { addedAndRemoved, match } from './match.js'
import type { Operation } from './operation.js'
import { fieldChanges } from './part-changes.js'

/**
 * What the answers of an operation are otherwise than before. A new status breaks nobody: a client has to reckon with
 * each status of a class that it knows (RFC 9110 §15).
 */
export const answerChanges = (before: Operation, after: Operation): Detail[] => {
  const statuses = match(entriesOf(find(before.node, 'responses')), entriesOf(find(after.node, 'responses')))
  const sender: Sender = after.sender === 'client' ? 'server' : 'client'
  return [
    ...addedAndRemoved(statuses, status => `the answer ${status}`),
    ...statuses.kept.flatMap(([status, old, now]) =>
      [
        ...fieldChanges(match(headersOf(old), headersOf(now)), sender, ({ pointer }) => [
          'the header',
          tokensOf(pointer).at(-1) ?? ''
        ]),
        ...contentChanges(old, now, 'answer', sender)
      ].map(detail => ({ ...detail, status }))
    )
  ]
}

/** The headers of an answer; of `Content-Type` goes what `content` says (OpenAPI 3.1 §4.8.17). */
const headersOf = (answer: Node): [string, Node][] =>
  entriesOf(find(answer, 'headers'))
    .map(([name, header]): [string, Node] => [name.toLowerCase(), header])
    .filter(([name]) => name !== 'content-type')

import { entriesOf, find, follow, type Node, tokensOf } from '../../src/contract/index.js'
import { addedAndRemoved, type Detail, valueChange } from './change.js'
import { detailsOf, presenceDifferences, type Sender } from './difference.js'
import { match } from './match.js'
import { contentChanges, fieldChanges, fieldsOf, headersOf } from './message-changes.js'
import type { Operation } from './operation.js'
import { securityChanges } from './security-changes.js'

/** What an operation is otherwise than before. */
export const operationChanges = (before: Operation, after: Operation): Detail[] => [
  // No message is another by these, but generated clients call their functions by `operationId`.
  ...['operationId', 'deprecated'].flatMap(name =>
    valueChange(name, find(before.node, name), find(after.node, name), false)
  ),
  ...securityChanges(before, after),
  ...parameterChanges(before, after),
  ...bodyChanges(before, after),
  ...answerChanges(before, after)
]

const parameterChanges = (before: Operation, after: Operation): Detail[] => {
  const [old, now] = [fieldsOf(parametersOf(before)), fieldsOf(parametersOf(after))]
  return fieldChanges(old, now, after.sender, parameter => [
    `${textOf(parameter, 'in')} parameter`,
    textOf(parameter, 'name')
  ])
}

const textOf = (parameter: Node, name: string): string => String(find(parameter, name)?.value)

/**
 * The parameters of an operation, of which its own override those of its path (OpenAPI 3.1 §4.8.10.1), by what tells
 * them apart: one in the path is told by its position there, not its name.
 */
const parametersOf = ({ path, item, node }: Operation): [key: string, parameter: Node][] => {
  const names = [...path.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name)
  return [item, node]
    .flatMap(owner => entriesOf(find(owner, 'parameters')))
    .map(([, entry]) => {
      const parameter = follow(entry)
      const [place, name] = [textOf(parameter, 'in'), textOf(parameter, 'name')]
      const key = place === 'path' ? names.indexOf(name) : place === 'header' ? name.toLowerCase() : name
      return [`${place} ${key}`, parameter]
    })
}

const bodyChanges = (before: Operation, after: Operation): Detail[] => {
  const [old, now] = [find(before.node, 'requestBody'), find(after.node, 'requestBody')]
  // Who sends a body where none is declared is refused, unlike who sends a parameter that isn't declared.
  const [was, is] = [old, now].map(body => fieldsOf(body ? [['', body]] : [], true))
  return [
    ...(was && is ? detailsOf(presenceDifferences(was, is), after.sender, () => 'the request body') : []),
    ...(old && now ? contentChanges(old, now, 'request', after.sender) : [])
  ]
}

/** A new status breaks nobody: a client has to reckon with each of a class that it knows (RFC 9110 §15). */
const answerChanges = (before: Operation, after: Operation): Detail[] => {
  const statuses = match(entriesOf(find(before.node, 'responses')), entriesOf(find(after.node, 'responses')))
  const sender: Sender = after.sender === 'client' ? 'server' : 'client'
  return [
    ...addedAndRemoved(statuses, status => `the answer ${status}`),
    ...statuses.kept.flatMap(([status, old, now]) => {
      const headers = [fieldsOf(headersOf(old)), fieldsOf(headersOf(now))] as const
      const details = [
        ...fieldChanges(...headers, sender, ({ pointer }) => ['header', tokensOf(pointer).at(-1) ?? '']),
        ...contentChanges(old, now, 'answer', sender)
      ]
      return details.map(detail => ({ ...detail, status }))
    })
  ]
}

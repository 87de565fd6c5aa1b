import { entriesOf, find, follow, type Node } from '../../src/contract/index.js'
import type { Detail } from './change.js'
import { contentChanges } from './content-changes.js'
import { match } from './match.js'
import type { Operation } from './operation.js'
import { fieldChanges, partChanges } from './part-changes.js'

/** What the parameters and the body of an operation's requests are otherwise than before. */
export const requestChanges = (before: Operation, after: Operation): Detail[] => [
  ...fieldChanges(match(parametersOf(before), parametersOf(after)), after.sender, parameter => [
    `the ${textOf(parameter, 'in')} parameter`,
    textOf(parameter, 'name')
  ]),
  ...partChanges(
    match(bodyOf(before), bodyOf(after)),
    after.sender,
    () => 'the request body',
    (old, now) => contentChanges(old, now, 'request', after.sender),
    true
  )
]

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

const bodyOf = ({ node }: Operation): [string, Node][] => {
  const body = find(node, 'requestBody')
  return body ? [['', body]] : []
}

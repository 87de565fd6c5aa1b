import { entriesOf, find, type Node, placeOf } from '../../src/contract/index.js'
import { type Detail, detail } from './change.js'
import type { Sender } from './difference.js'
import { addedAndRemoved, type Matched } from './match.js'
import { joined, schemaChanges } from './schema-changes.js'
import { defaultStyleOf, isRepeated, serializationChange } from './serialization-change.js'

const isRequired = (node: Node): boolean => find(node, 'required')?.value === true

/**
 * The changes of parts of a message that can be required: parameters, headers, a body. A client may leave out what isn't
 * asked for, and send what nobody asks for any more; what it receives it relies on.
 *
 * @param inside the changes inside a part that is still there
 */
export const partChanges = (
  { added, removed, kept }: Matched<Node>,
  sender: Sender,
  noun: (node: Node) => string,
  inside: (old: Node, now: Node) => Detail[],
  removingBreaks = sender === 'server'
): Detail[] => [
  ...added.map(([, node]) => {
    const breaks = sender === 'client' && isRequired(node)
    return detail(node, `${noun(node)} was added${breaks ? ', and is required' : ''}`, breaks)
  }),
  ...addedAndRemoved({ added: [], removed }, (_, node) => noun(node), { removed: removingBreaks }),
  ...kept.flatMap(([, old, now]) => [...requiredChange(old, now, sender, noun(now)), ...inside(old, now)])
]

const requiredChange = (before: Node, after: Node, sender: Sender, noun: string): Detail[] => {
  const [was, is] = [isRequired(before), isRequired(after)]
  if (was === is) return []
  const place = placeOf(find(after, 'required') ?? find(before, 'required') ?? after)
  const words =
    sender === 'client' ? ['is now required', 'is no longer required'] : ['is now always there', 'can now be missing']
  return [{ place, clause: `${noun} ${words[is ? 0 : 1] ?? ''}`, breaking: sender === 'client' ? is : was }]
}

/** The schema of a parameter or a header, be it under `schema` or in its one media type (OpenAPI 3.1 §4.8.12.2). */
const schemaOf = (node: Node): Node | undefined =>
  find(node, 'schema') ?? find(entriesOf(find(node, 'content'))[0]?.[1], 'schema')

/** The changes of parts that have one value each, parameters or headers, by what they are called: `the header`, `X-Id`. */
export const fieldChanges = (
  matched: Matched<Node>,
  sender: Sender,
  nameOf: (node: Node) => readonly [kind: string, name: string]
): Detail[] => {
  const noun = (node: Node, path = ''): string => {
    const [kind, name] = nameOf(node)
    return `${kind} \`${joined(name, path)}\``
  }
  return partChanges(matched, sender, noun, (old, now) => {
    const style = defaultStyleOf(now)
    return [
      ...serializationChange(old, now, style, noun(now)),
      ...schemaChanges(
        schemaOf(old),
        schemaOf(now),
        sender,
        path => noun(now, path),
        field => field === '' && isRepeated(now, style)
      )
    ]
  })
}

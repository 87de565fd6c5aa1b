import { entriesOf, find, type Node } from '../../src/contract/index.js'
import type { Detail } from './change.js'
import type { Sender } from './difference.js'
import { addedAndRemoved, match } from './match.js'
import { schemaChanges } from './schema-changes.js'
import { isRepeated, serializationChange } from './serialization-change.js'

/**
 * The changes of bodies, by what two nodes have under `content`. The media type is the choice of the client, who sends
 * requests in what it can write and asks for answers in what it can read. It is the server's only where it sends the
 * request itself.
 */
export const contentChanges = (before: Node, after: Node, part: 'request' | 'answer', sender: Sender): Detail[] => {
  const matched = match(entriesOf(find(before, 'content')), entriesOf(find(after, 'content')))
  const isServersChoice = part === 'request' && sender === 'server'
  const breaking = { added: isServersChoice, removed: !isServersChoice }
  return [
    ...addedAndRemoved(matched, type => `the media type \`${type}\``, breaking),
    ...matched.kept.flatMap(([type, old, now]) => {
      const isForm = type === 'application/x-www-form-urlencoded' || type === 'multipart/form-data'
      const word = isForm ? 'form' : 'body'
      const field = part === 'request' ? `${word} field` : 'field'
      const noun = (path: string): string => (path === '' ? `the ${word}` : `the ${field} \`${path}\``)
      const encodings = [old, now].map(node => new Map(entriesOf(find(node, 'encoding'))))
      const [wereEncoded, areEncoded] = encodings
      const names = new Set(encodings.flatMap(map => [...map.keys()]))
      return [
        ...schemaChanges(
          find(old, 'schema'),
          find(now, 'schema'),
          sender,
          noun,
          name => isForm && isRepeated(areEncoded?.get(name), 'form')
        ),
        ...[...names].flatMap(name =>
          serializationChange(wereEncoded?.get(name), areEncoded?.get(name), 'form', noun(name))
        )
      ]
    })
  ]
}

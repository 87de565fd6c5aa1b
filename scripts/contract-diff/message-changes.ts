import { bodyKindOf, entriesOf, find, type Node, placeOf, tokensOf } from '../../src/contract/index.js'
import { addedAndRemoved, type Detail, quoted } from './change.js'
import { detailsOf, type Fields, presenceDifferences, type Sender } from './difference.js'
import { limitChange } from './limit-change.js'
import { match } from './match.js'
import { joined, schemaChanges } from './schema-changes.js'

/** Parts of a message that say of themselves whether they are `required`: parameters, headers, a body. */
export const fieldsOf = (entries: readonly (readonly [string, Node])[], closed = false): Fields => {
  const required = entries.flatMap(([name, node]) => {
    const says = find(node, 'required')
    return says?.value === true ? [[name, says] as const] : []
  })
  return { entries: new Map(entries), required: new Map(required), closed }
}

/** The changes of parts that have one value each, parameters or headers. `noun` is what comes before their names. */
export const fieldChanges = (
  before: Fields,
  after: Fields,
  sender: Sender,
  nounOf: (node: Node) => readonly [kind: string, name: string]
): Detail[] => {
  const noun = (node: Node | undefined, path = ''): string => {
    const [kind, name] = node ? nounOf(node) : ['', '']
    return `the ${kind} \`${joined(name, path)}\``
  }
  const inside = match(before.entries, after.entries).kept.flatMap(([, old, now]) => {
    const isForm = ['query', 'cookie'].some(place => place === find(now, 'in')?.value)
    const style = isForm ? 'form' : 'simple'
    const repeats = (name: string): boolean => name === '' && isRepeated(now, style)
    return [
      ...serializationChange(old, now, style, noun(now)),
      ...schemaChanges(schemaOf(old), schemaOf(now), sender, path => noun(now, path), repeats)
    ]
  })
  const presence = presenceDifferences(before, after)
  return [...detailsOf(presence, sender, name => noun(after.entries.get(name) ?? before.entries.get(name))), ...inside]
}

/** The schema of a parameter or a header, be it under `schema` or in its one media type (OpenAPI 3.1 §4.8.12.2). */
const schemaOf = (node: Node): Node | undefined =>
  find(node, 'schema') ?? find(entriesOf(find(node, 'content'))[0]?.[1], 'schema')

/**
 * The changes of bodies, by what two nodes have under `content`. Clients choose the media type of their requests, and of
 * the answers by asking for it. The server chooses it only where it sends the request.
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
      const repeats = (name: string): boolean => isForm && isRepeated(find(now, 'encoding', name), 'form')
      const isMultipart = part === 'request' && bodyKindOf(type) === 'multipart'
      const partHeaders = (name: string): Detail[] => {
        const [was, is] = [old, now].map(node => fieldsOf(headersOf(find(node, 'encoding', name))))
        const partNoun = ({ pointer }: Node) => [`part \`${name}\`'s header`, tokensOf(pointer).at(-1) ?? ''] as const
        return was && is ? fieldChanges(was, is, sender, partNoun) : []
      }
      const names = new Set([old, now].flatMap(node => entriesOf(find(node, 'encoding')).map(([name]) => name)))
      return [
        ...schemaChanges(find(old, 'schema'), find(now, 'schema'), sender, noun, repeats),
        ...(part === 'request' && sender === 'client' ? limitChange(type, old, now, noun('')) : []),
        ...[...names].flatMap(name => [
          ...serializationChange(find(old, 'encoding', name), find(now, 'encoding', name), 'form', noun(name)),
          ...(isMultipart ? partHeaders(name) : [])
        ])
      ]
    })
  ]
}

/** The headers of an answer or a part; of `Content-Type` goes what is said beside them (OpenAPI 3.1 §4.8.17, §4.8.15). */
export const headersOf = (owner: Node | undefined): [string, Node][] =>
  entriesOf(find(owner, 'headers'))
    .map(([name, header]): [string, Node] => [name.toLowerCase(), header])
    .filter(([name]) => name !== 'content-type')

/** How a parameter, a header or a field of a form is written (OpenAPI 3.1 §4.8.12.2, §4.8.15), if need be in a style. */
const serializationOf = (node: Node | undefined, defaultStyle: string): Readonly<Record<string, unknown>> => {
  const style = find(node, 'style')?.value ?? defaultStyle
  const explode = find(node, 'explode')?.value ?? style === 'form'
  return { style, explode, contentType: find(node, 'contentType')?.value ?? entriesOf(find(node, 'content'))[0]?.[0] }
}

/** Whether each item of a list is written by itself (`a=1&a=2`), so that a list of one is written as its item is. */
const isRepeated = (node: Node | undefined, defaultStyle: string): boolean => {
  const { style, explode, contentType } = serializationOf(node, defaultStyle)
  return style === 'form' && explode === true && contentType === undefined
}

const serializationChange = (
  before: Node | undefined,
  after: Node | undefined,
  defaultStyle: string,
  noun: string
): Detail[] => {
  const [old, now] = [serializationOf(before, defaultStyle), serializationOf(after, defaultStyle)]
  const keywords = Object.keys(now).filter(name => old[name] !== now[name])
  const [first] = [after, before].flatMap(node => keywords.flatMap(name => find(node, name) ?? []))
  const node = first ?? after ?? before
  if (keywords.length === 0 || node === undefined) return []
  return [
    { place: placeOf(node), clause: `${noun} is now written in another way (${quoted(keywords)})`, breaking: true }
  ]
}

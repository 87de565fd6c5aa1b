import { entriesOf, find, type Node, type OperationObject, parametersOf, placeOf } from '../../src/contract/index.js'
import type { Detail } from './change.js'
import { match } from './match.js'
import { type Noun, schemaChanges } from './schema-changes.js'

/** An operation, and its Operation Object as a node of its contract. */
export interface OperationNode extends OperationObject {
  readonly node: Node
}

/** What the parameters and the body of an operation's requests are otherwise than before. */
export const requestChanges = (before: OperationNode, after: OperationNode): Detail[] => [
  ...parameterChanges(before, after),
  ...bodyChanges(find(before.node, 'requestBody'), find(after.node, 'requestBody'))
]

const isTrue = (node: Node | undefined, name: string): boolean => find(node, name)?.value === true

/** The parameters of an operation by what tells them apart. One in the path is told by its position there, not its name. */
const parametersByKey = (operation: OperationNode): [key: string, parameter: Node][] => {
  const names = [...operation.path.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name)
  return parametersOf(operation.node.contract, operation).map(({ at, parameter }) => {
    const name = parameter.in === 'header' ? parameter.name.toLowerCase() : parameter.name
    const key = parameter.in === 'path' ? String(names.indexOf(parameter.name)) : name
    return [`${parameter.in} ${key}`, { contract: operation.node.contract, pointer: at, value: parameter }]
  })
}

const parameterNoun = (parameter: Node): Noun => {
  const [place, name] = [find(parameter, 'in')?.value, find(parameter, 'name')?.value]
  return path => `the ${String(place)} parameter \`${String(name)}${/^\[|^$/.test(path) ? '' : '.'}${path}\``
}

const parameterChanges = (before: OperationNode, after: OperationNode): Detail[] => {
  const { added, removed, kept } = match(parametersByKey(before), parametersByKey(after))
  return [
    ...added.map(([, parameter]) => {
      const required = isTrue(parameter, 'required')
      const clause = `${parameterNoun(parameter)('')} was added${required ? ', and is required' : ''}`
      return { place: placeOf(parameter), clause, breaking: required }
    }),
    // What no parameter describes any more is ignored, not refused.
    ...removed.map(([, parameter]) => {
      return { place: placeOf(parameter), clause: `${parameterNoun(parameter)('')} was removed`, breaking: false }
    }),
    ...kept.flatMap(([, old, now]) => [
      ...requiredChange(old, now, parameterNoun(now)('')),
      ...serializationChange(old, now, serializationOfParameter, parameterNoun(now)('')),
      ...schemaChanges(schemaOf(old), schemaOf(now), 'request', parameterNoun(now))
    ])
  ]
}

/** The schema of a parameter or a header, be it under `schema` or in its one media type (OpenAPI 3.1 §4.8.12.2). */
export const schemaOf = (node: Node): Node | undefined =>
  find(node, 'schema') ?? find(entriesOf(find(node, 'content'))[0]?.[1], 'schema')

const requiredChange = (before: Node, after: Node, noun: string): Detail[] => {
  const [was, is] = [isTrue(before, 'required'), isTrue(after, 'required')]
  if (was === is) return []
  const place = placeOf(find(after, 'required') ?? find(before, 'required') ?? after)
  return [{ place, clause: `${noun} is ${is ? 'now' : 'no longer'} required`, breaking: is }]
}

type Serialization = (node: Node | undefined) => Readonly<Record<string, unknown>>

const serializationOfParameter: Serialization = parameter => {
  const place = find(parameter, 'in')?.value
  const style = find(parameter, 'style')?.value ?? (place === 'query' || place === 'cookie' ? 'form' : 'simple')
  const contentType = entriesOf(find(parameter, 'content'))[0]?.[0]
  return { style, explode: find(parameter, 'explode')?.value ?? style === 'form', contentType }
}

const serializationOfField: Serialization = encoding => {
  const style = find(encoding, 'style')?.value ?? 'form'
  const explode = find(encoding, 'explode')?.value ?? style === 'form'
  return { style, explode, contentType: find(encoding, 'contentType')?.value }
}

const serializationChange = (
  before: Node | undefined,
  after: Node | undefined,
  serialization: Serialization,
  noun: string
): Detail[] => {
  const [old, now] = [serialization(before), serialization(after)]
  const keywords = Object.keys(now).filter(name => old[name] !== now[name])
  const [first] = [after, before].flatMap(node => keywords.flatMap(name => find(node, name) ?? []))
  const node = first ?? after ?? before
  if (keywords.length === 0 || node === undefined) return []
  const names = keywords.map(name => `\`${name}\``).join(', ')
  return [{ place: placeOf(node), clause: `${noun} is now written in another way (${names})`, breaking: true }]
}

const bodyChanges = (before: Node | undefined, after: Node | undefined): Detail[] => {
  if (before === undefined) {
    if (after === undefined) return []
    const required = isTrue(after, 'required')
    const clause = `a request body was added${required ? ', and is required' : ''}`
    return [{ place: placeOf(after, 'key'), clause, breaking: required }]
  }
  if (after === undefined)
    return [{ place: placeOf(before, 'key'), clause: 'the request body was removed', breaking: true }]
  const { added, removed, kept } = match(entriesOf(find(before, 'content')), entriesOf(find(after, 'content')))
  return [
    ...requiredChange(before, after, 'the request body'),
    ...added.map(([type, content]) => {
      return { place: placeOf(content, 'key'), clause: `the body can now be sent as \`${type}\``, breaking: false }
    }),
    ...removed.map(([type, content]) => {
      return { place: placeOf(content, 'key'), clause: `the body can no longer be sent as \`${type}\``, breaking: true }
    }),
    ...kept.flatMap(([type, old, now]) => contentChanges(type, old, now))
  ]
}

const contentChanges = (type: string, before: Node, after: Node): Detail[] => {
  const isForm = type === 'application/x-www-form-urlencoded' || type === 'multipart/form-data'
  const word = isForm ? 'form' : 'body'
  const noun: Noun = path => (path === '' ? `the ${word}` : `the ${word} field \`${path}\``)
  const encodings = match(entriesOf(find(before, 'encoding')), entriesOf(find(after, 'encoding')))
  const pairs = [
    ...encodings.kept,
    ...encodings.added.map(([name, now]) => [name, undefined, now] as const),
    ...encodings.removed.map(([name, old]) => [name, old, undefined] as const)
  ]
  return [
    ...schemaChanges(find(before, 'schema'), find(after, 'schema'), 'request', noun),
    ...pairs.flatMap(([name, old, now]) => serializationChange(old, now, serializationOfField, noun(name)))
  ]
}

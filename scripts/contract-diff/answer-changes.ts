import { entriesOf, find, type Node, placeOf, tokensOf } from '../../src/contract/index.js'
import type { Detail } from './change.js'
import { match } from './match.js'
import { schemaOf } from './request-changes.js'
import { schemaChanges } from './schema-changes.js'

/**
 * What the answers of an operation are otherwise than before. A new status breaks nobody: a client has to reckon with
 * each status of a class that it knows (RFC 9110 §15).
 */
export const answerChanges = (before: Node, after: Node): Detail[] => {
  const { added, removed, kept } = match(entriesOf(find(before, 'responses')), entriesOf(find(after, 'responses')))
  return [
    ...added.map(([status, answer]) => ({
      place: placeOf(answer, 'key'),
      clause: `the answer ${status} was added`,
      breaking: false
    })),
    ...removed.map(([status, answer]) => ({
      place: placeOf(answer, 'key'),
      clause: `the answer ${status} was removed`,
      breaking: true
    })),
    ...kept.flatMap(([status, old, now]) =>
      [...headerChanges(old, now), ...bodyChanges(old, now)].map(detail => ({ ...detail, status }))
    )
  ]
}

/** The headers of an answer; of `Content-Type` goes what `content` says (OpenAPI 3.1 §4.8.17). */
const headersOf = (answer: Node): [string, Node][] =>
  entriesOf(find(answer, 'headers'))
    .map(([name, header]): [string, Node] => [name.toLowerCase(), header])
    .filter(([name]) => name !== 'content-type')

const nameOf = ({ pointer }: Node): string => tokensOf(pointer).at(-1) ?? ''

const headerChanges = (before: Node, after: Node): Detail[] => {
  const { added, removed, kept } = match(headersOf(before), headersOf(after))
  return [
    ...added.map(([, header]) => ({
      place: placeOf(header, 'key'),
      clause: `the header \`${nameOf(header)}\` was added`,
      breaking: false
    })),
    ...removed.map(([, header]) => ({
      place: placeOf(header, 'key'),
      clause: `the header \`${nameOf(header)}\` was removed`,
      breaking: true
    })),
    ...kept.flatMap(([, old, now]) => [
      ...requiredChange(old, now),
      ...schemaChanges(schemaOf(old), schemaOf(now), 'answer', path => `the header \`${nameOf(now)}${path}\``)
    ])
  ]
}

const requiredChange = (before: Node, after: Node): Detail[] => {
  const [was, is] = [before, after].map(header => find(header, 'required')?.value === true)
  if (was === is) return []
  const place = placeOf(find(after, 'required') ?? find(before, 'required') ?? after)
  const clause = `the header \`${nameOf(after)}\` ${is === true ? 'is now always there' : 'can now be missing'}`
  return [{ place, clause, breaking: is !== true }]
}

const bodyChanges = (before: Node, after: Node): Detail[] => {
  const { added, removed, kept } = match(entriesOf(find(before, 'content')), entriesOf(find(after, 'content')))
  return [
    ...added.map(([type, content]) => ({
      place: placeOf(content, 'key'),
      clause: `the media type \`${type}\` was added`,
      breaking: false
    })),
    ...removed.map(([type, content]) => ({
      place: placeOf(content, 'key'),
      clause: `the media type \`${type}\` was removed`,
      breaking: true
    })),
    ...kept.flatMap(([, old, now]) =>
      schemaChanges(find(old, 'schema'), find(now, 'schema'), 'answer', path =>
        path === '' ? 'the body' : `the field \`${path}\``
      )
    )
  ]
}

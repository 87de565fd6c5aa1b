import type { Problem } from '../../problems.js'
import { essenceOf, isJson } from '../../openapi/media-type.js'
import { isJsonLines, replyKindOf } from '../../openapi/reply-kind.js'
import { entriesOf, find, type Node, placeOf, within } from '../../openapi/node.js'
import { evaluatorOf } from '../../openapi/evaluator-of.js'
import { separator } from '../json-lines.js'
import type { Choice } from './choice.js'
import { mockEvent } from './mock-event.js'
import { combinationsOf } from './combinations.js'
import { schemaValues } from './schema-values.js'
import { typesOf } from './types.js'
import { isXml, xmlOf } from './xml.js'

/** A body that was found or made, or why there is none. */
export type MockedBody = { readonly body: unknown } | { readonly problem: Problem }

/** How many values are made in the hope of a text. */
const kinds = 20

const unmockable = (detail: string): { readonly problem: Problem } => ({ problem: { status: 501, detail } })

/**
 * The body of a mock in one media type: an example if it is valid, else a value made from the schema.
 *
 * @param mediaType the Media Type Object (OpenAPI 3.1 §4.8.14)
 * @param wished the name of the example that is asked for
 */
export const mockBody = (name: string, mediaType: Node, wished: string | undefined, choice: Choice): MockedBody => {
  const schema = within(mediaType, 'schema')
  if (wished !== undefined) return namedExample(name, mediaType, wished, schema)

  const [example] = examplesOf(mediaType).flatMap(value => bodyOf(name, schema, value) ?? [])
  if (example && !choice.isRandom) return example
  if (!schema) return example ?? { body: isJson(name) ? {} : 'string' }
  let tried = 0
  for (const { value } of schemaValues(schema, choice)) {
    const made = bodyOf(name, schema, value)
    if (made) return made
    if (++tried === kinds) break
  }
  if (example) return example
  const why = isJson(name)
    ? 'No valid value was found for this schema'
    : `Nothing was found for this schema that could be written as ${name}`
  return unmockable(`${why}; give it a valid example: ${placeOf(schema, 'key')}.`)
}

/**
 * What is sent of a value, if it can be: of other media types than JSON a text. The schema of an XML or CSV document
 * speaks of what is in it; an example of it may be a text (OpenAPI 3.1 §4.8.14).
 */
const bodyOf = (
  mediaType: string,
  schema: Node | undefined,
  value: unknown
): { readonly body: unknown } | undefined => {
  const leaving = schema ? evaluatorOf(schema.contract).leaving(schema.pointer, value) : { value }
  const body = isJson(mediaType) ? leaving?.value : textOf(mediaType, schema, value, leaving?.value)
  return body === undefined ? undefined : { body }
}

const textOf = (mediaType: string, schema: Node | undefined, value: unknown, leaving: unknown): unknown => {
  if (typeof value === 'string' && leaving === undefined) return schema && isStructured(schema) ? value : undefined
  if (replyKindOf(mediaType) === 'events') return leaving === undefined ? undefined : mockEvent(schema, leaving)
  if (typeof leaving !== 'object') return leaving
  if (isXml(mediaType)) return schema && xmlOf(schema, leaving)
  if (!isJsonLines(mediaType)) return undefined
  return `${essenceOf(mediaType).endsWith('-seq') ? separator : ''}${JSON.stringify(leaving)}\n`
}

const isStructured = (schema: Node): boolean =>
  combinationsOf([schema]).some(combination => ['object', 'array'].includes(typesOf(combination, false)[0] ?? ''))

const namedExample = (name: string, mediaType: Node, wished: string, schema: Node | undefined): MockedBody => {
  const named = entriesOf(within(mediaType, 'examples'))
  const example = named.find(([name]) => name === wished)?.[1]
  if (!example) {
    const names = named.map(([name]) => name).join(', ')
    const detail = `There is no example ${JSON.stringify(wished)}. ${names === '' ? 'No example has a name' : `There are: ${names}`}.`
    return { problem: { status: 404, detail } }
  }
  const value = find(example, 'value')
  if (!value)
    return unmockable(`The example ${wished} has no \`value\` that could be sent: ${placeOf(example, 'key')}.`)
  const why = `The example ${wished} breaks its own schema: ${placeOf(value, 'key')}.`
  return bodyOf(name, schema, value.value) ?? unmockable(why)
}

const examplesOf = (mediaType: Node): unknown[] =>
  [
    within(mediaType, 'example'),
    ...entriesOf(within(mediaType, 'examples')).map(([, example]) => find(example, 'value'))
  ].flatMap(example => (example ? [example.value] : []))

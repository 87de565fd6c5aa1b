import type { Problem } from '../../problems.js'
import { isRecord } from '../../document/record.js'
import { isJson } from '../../openapi/media-type.js'
import { entriesOf, find, follow, type Node, placeOf, within } from '../../openapi/node.js'
import type { Choice } from './choice.js'
import { withoutHidden } from './hidden.js'
import { type IsValid, schemaValues } from './schema-values.js'

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
export const mockBody = (
  name: string,
  mediaType: Node,
  wished: string | undefined,
  isValid: IsValid,
  choice: Choice
): MockedBody => {
  const schema = within(mediaType, 'schema')
  const shown = (value: unknown): unknown => (schema ? withoutHidden([schema], value) : value)
  const fits = (value: unknown): boolean => isWritten(name, value) && (!schema || isSaid(name, schema, value, isValid))
  if (wished !== undefined) return namedExample(mediaType, wished, shown, fits)

  const fitting = examplesOf(mediaType).map(shown).filter(fits)
  if (fitting.length > 0 && !choice.isRandom) return { body: fitting[0] }
  if (!schema) return { body: fitting.length > 0 ? fitting[0] : isJson(name) ? {} : '' }
  let tried = 0
  for (const { value } of schemaValues(schema, isValid, choice)) {
    if (isWritten(name, value)) return { body: value }
    if (++tried === kinds) break
  }
  if (fitting.length > 0) return { body: fitting[0] }
  const why = isJson(name)
    ? 'No valid value was found for this schema'
    : `No text was found for this schema, and only texts can be written as ${name}`
  return unmockable(`${why}; give it a valid example: ${placeOf(schema, 'key')}.`)
}

// JSON writes all values; of other media types only texts are known, and what is one when it is written.
const isWritten = (mediaType: string, value: unknown): boolean =>
  isJson(mediaType) || ['string', 'number', 'boolean'].includes(typeof value)

// The schema of an XML or CSV document speaks of what is in it; an example of it is a text (OpenAPI 3.1 §4.8.14).
const isSaid = (mediaType: string, schema: Node, value: unknown, isValid: IsValid): boolean => {
  if (isValid(schema.pointer, value)) return true
  return !isJson(mediaType) && typeof value === 'string' && isStructured(schema)
}

const isStructured = (schema: Node): boolean => {
  const { value } = follow(schema)
  const types = isRecord(value) ? [value['type'] ?? (value['properties'] ? 'object' : 'string')].flat() : []
  return types.includes('object') || types.includes('array')
}

const namedExample = (
  mediaType: Node,
  wished: string,
  shown: (value: unknown) => unknown,
  fits: (value: unknown) => boolean
): MockedBody => {
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
  const body = shown(value.value)
  if (fits(body)) return { body }
  return unmockable(`The example ${wished} breaks its own schema: ${placeOf(value, 'key')}.`)
}

const examplesOf = (mediaType: Node): unknown[] =>
  [
    within(mediaType, 'example'),
    ...entriesOf(within(mediaType, 'examples')).map(([, example]) => find(example, 'value'))
  ].flatMap(example => (example ? [example.value] : []))

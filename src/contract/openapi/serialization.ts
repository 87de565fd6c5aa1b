import type { OpenAPIV3_1 } from 'openapi-types'
import { isRecord } from '../document/record.js'
import { isJson } from './media-type.js'
import type { ParameterLocation } from './parameter.js'

/** How a value of a parameter or of a field of a form is written (OpenAPI 3.1 §4.8.12.2). */
export interface Serialization {
  readonly style?: string | undefined
  readonly explode?: boolean | undefined
  readonly content?: Record<string, unknown> | undefined
}

type Decode = (value: unknown) => unknown

const delimiters: Readonly<Record<string, string>> = {
  form: ',',
  simple: ',',
  spaceDelimited: ' ',
  pipeDelimited: '|'
}

/** The styles that can be read. */
export const readableStyles: ReadonlySet<string> = new Set(Object.keys(delimiters))

/** What the items of a list are written with between them; `undefined` where each is a field of its own. */
export const delimiterOf = (
  { style, explode }: Serialization = {},
  location: ParameterLocation | 'body' = 'body'
): string | undefined => {
  if (location === 'path' || location === 'header') return delimiters[style ?? 'simple']
  const isForm = (style ?? 'form') === 'form'
  const isRepeated = explode ?? isForm
  return isRepeated ? undefined : delimiters[style ?? 'form']
}

const isList = (schema: unknown): boolean =>
  isRecord(schema) &&
  (schema['type'] === 'array' || (Array.isArray(schema['type']) && schema['type'].includes('array')))

const fromJson: Decode = value => {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value) as unknown
  } catch {
    return value // left as it is, so that its schema refuses it
  }
}

/**
 * What turns a value from text into what its schema describes: splits what is written with a delimiter, parses what is
 * declared as JSON. `undefined` where there is nothing to do.
 *
 * @param schema the schema, its references followed
 */
export const decoderOf = (
  serialization: Serialization,
  location: ParameterLocation | 'body',
  schema: unknown
): Decode | undefined => {
  if (serialization.content && Object.keys(serialization.content).some(isJson)) return fromJson
  const delimiter = delimiterOf(serialization, location)
  if (delimiter === undefined || !isList(schema)) return undefined
  return value => {
    if (typeof value === 'string') return value.split(delimiter).filter(part => part !== '')
    return { repeated: value } // its values belong into one text: what was sent is no list, and its schema says so
  }
}

/** The decoders of all fields that need one, by their names. */
export type Decoders = readonly (readonly [name: string, decode: Decode])[]

/** The decoders for the fields of a form, from the Encoding Objects of its media type (OpenAPI 3.1 §4.8.15). */
export const formDecoders = (
  encoding: Record<string, OpenAPIV3_1.EncodingObject> = {},
  schemaOf: (name: string) => unknown
): Decoders =>
  Object.entries(encoding).flatMap(([name, one]) => {
    // An encoding without `style` and `explode` speaks of media types, not of delimiters.
    const speaks = one.style !== undefined || one.explode !== undefined
    const decode = speaks ? decoderOf(one, 'body', schemaOf(name)) : undefined
    return decode ? [[name, decode] as const] : []
  })

/** Decodes, in place, the fields that need it. */
export const decodeFields = (fields: Record<string, unknown>, decoders: Decoders): Record<string, unknown> => {
  for (const [name, decode] of decoders) if (name in fields) fields[name] = decode(fields[name])
  return fields
}

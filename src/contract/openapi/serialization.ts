import type { OpenAPIV3_1 } from 'openapi-types'
import { isRecord } from '../document/record.js'

/** How a value of a form or a query is written (OpenAPI 3.1 §4.8.12.2), as far as it is not simply repeated. */
interface Serialization {
  readonly style?: string | undefined
  readonly explode?: boolean | undefined
  readonly content?: Record<string, unknown> | undefined
  /** The schema, its references followed. */
  readonly schema?: unknown
}

type Decode = (value: unknown) => unknown

const delimiters: Record<string, string> = { form: ',', simple: ',', spaceDelimited: ' ', pipeDelimited: '|' }

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
 * What turns a value from the text of a form or a query into what its schema describes: splits what is written with a
 * delimiter (`explode: false`), parses what is declared as JSON. `undefined` where there is nothing to do.
 */
export const decoderOf = ({ style = 'form', explode, content, schema }: Serialization): Decode | undefined => {
  if (content && Object.keys(content).some(mediaType => mediaType === 'application/json')) return fromJson
  const delimiter = delimiters[style]
  if (delimiter === undefined || !isList(schema) || (style !== 'simple' && (explode ?? style === 'form')))
    return undefined
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
    const decode =
      one.style === undefined && one.explode === undefined ? undefined : decoderOf({ ...one, schema: schemaOf(name) })
    return decode ? [[name, decode] as const] : []
  })

/** Decodes, in place, the fields that need it. */
export const decodeFields = (fields: Record<string, unknown>, decoders: Decoders): Record<string, unknown> => {
  for (const [name, decode] of decoders) if (name in fields) fields[name] = decode(fields[name])
  return fields
}

import { entriesOf, follow, type Node, within } from '../openapi/node.js'
import { isJson } from '../openapi/media-type.js'
import type { Serialization } from '../openapi/serialization.js'
import { type Alternative, alternativesOf, propertyNames, propertySchemas } from './effective-schema.js'
import { type Field, fieldReaders } from './field-readers.js'
import { setOwn } from './own-property.js'
import { decodedField, type RawFields } from './raw-fields.js'
import { textOf } from './text.js'
import { type Judge, satisfies, textDecoders, unreadable } from './text-value.js'

/** A form as an object. */
export interface ReadForm {
  readonly value: Record<string, unknown>
  /** The properties that aren't written as their Encoding Objects say. They have no value. */
  readonly unreadable: readonly string[]
}

/**
 * Makes the function that reads a form by its Media Type Object (OpenAPI 3.1 §4.8.14.4, §4.8.15). Fields that no schema
 * types stay text. Of several alternatives of its schema, the first whose object satisfies it wins.
 */
export const formReader = (mediaType: Node, judge: Judge): ((sent: RawFields) => ReadForm) => {
  const schema = within(follow(mediaType), 'schema')
  const schemas = schema ? [schema] : []
  const encoding = new Map(
    entriesOf(within(follow(mediaType), 'encoding')).map(([name, node]) => [name, serializationOf(node)])
  )
  const readers = alternativesOf(schemas).map(alternative => objectReader(alternative, encoding, judge))
  return sent => {
    let first: ReadForm | undefined
    for (const read of readers) {
      const form = read(sent)
      const isOnly = readers.length === 1
      if (isOnly || (form.unreadable.length === 0 && satisfies(schemas, judge, form.value))) return form
      first ??= form
    }
    return first ?? { value: {}, unreadable: [] }
  }
}

const objectReader = (
  alternative: Alternative,
  encoding: ReadonlyMap<string, Serialization | undefined>,
  judge: Judge
): ((sent: RawFields) => ReadForm) => {
  const schemasOf = (name: string): Node[] => propertySchemas(alternative, name, judge.matches)
  const names = new Set([...propertyNames(alternative).names, ...encoding.keys()])
  const fields = [...names].map((name): Field => ({
    name,
    schemas: schemasOf(name),
    serialization: encoding.get(name)
  }))
  const { readers, isRead } = fieldReaders(fields, 'body', judge)
  const decoderOf = textDecoders(judge, { jsonObjects: true })
  return sent => {
    const value: Record<string, unknown> = {}
    const unread: string[] = []
    for (const [name, read] of readers) {
      const property = read(sent)
      if (property === unreadable) unread.push(name)
      else if (property !== undefined) setOwn(value, name, property)
    }
    for (const [name, values] of sent) {
      if (isRead(name)) continue
      setOwn(value, name, decoderOf(schemasOf(name))(textOf(values, decodedField)))
    }
    return { value, unreadable: unread }
  }
}

// Without `style` and `explode`, an Encoding Object speaks of a media type.
const serializationOf = (encoding: Node): Serialization | undefined => {
  const { style, explode, contentType } = follow(encoding).value as Serialization & { readonly contentType?: string }
  if (style !== undefined || explode !== undefined) return { style, explode }
  const types = contentType?.split(',').map(one => one.trim()) ?? []
  return types.length > 0 && types.every(one => isJson(one)) ? { content: { [types[0] ?? '']: {} } } : undefined
}

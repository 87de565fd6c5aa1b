import type { Node } from '../openapi/node.js'
import { isJson } from '../openapi/media-type.js'
import type { ParameterLocation } from '../openapi/parameter.js'
import type { Serialization } from '../openapi/serialization.js'
import { isDeepField } from './deep-object.js'
import { propertyNames } from './effective-schema.js'
import { decodedField, decodedText, type RawFields } from './raw-fields.js'
import { fieldText, type ReadText } from './text-style.js'
import { plain } from './text.js'
import { type Candidate, candidatesOf, fromJson, type Judge, satisfies, unreadable } from './text-value.js'

/**
 * Reads a value from where it was sent: `undefined` if it wasn't, `unreadable` if it isn't written in its style, or is
 * no JSON where it should be.
 */
export type Read<Source> = (source: Source) => unknown

/** What is sent as a field, or as some: a parameter in the query or in cookies, a property of a form. */
export interface Field {
  readonly name: string
  readonly schemas: readonly Node[]
  /** `undefined` for a property of a form whose Encoding Object speaks of none. */
  readonly serialization: Serialization | undefined
}

/** The readers of fields that are sent together, and which fields they read. */
export interface FieldReaders {
  readonly readers: readonly (readonly [name: string, read: Read<RawFields>])[]
  readonly isRead: (field: string) => boolean
}

/** Makes the readers of fields that are sent together. An object that is free-form gets the fields of nobody else. */
export const fieldReaders = (
  fields: readonly Field[],
  location: ParameterLocation | 'body',
  judge: Judge
): FieldReaders => {
  const all = fields.map(field => {
    const candidates = candidatesOf(field.schemas, judge, { jsonObjects: field.serialization === undefined })
    return { field, candidates, owned: ownedBy(field, candidates) }
  })
  const readers = all.map(one => {
    const { field, candidates } = one
    const isTaken = isIn(all.filter(other => other !== one).map(({ owned }) => owned))
    const read = isJsonText(field.serialization)
      ? jsonFieldReader(field.name, candidates, location)
      : reader(field.schemas, candidates, judge, candidate => readerOfText(field, candidate, isTaken, location))
    return [field.name, read] as const
  })
  return { readers, isRead: isIn(all.map(({ owned }) => owned)) }
}

/** Makes a reader that takes the first of some candidates whose value satisfies the schemas. */
export const reader = <Source>(
  schemas: readonly Node[],
  candidates: readonly Candidate[],
  judge: Judge,
  textOf: (candidate: Candidate) => (source: Source) => ReadText
): Read<Source> => {
  const ways = candidates.map(candidate => ({ read: textOf(candidate), decode: candidate.decode }))
  const only = ways.length === 1 ? ways[0] : undefined
  if (only?.decode === plain) {
    return source => {
      const text = only.read(source)
      return typeof text === 'object' ? plain(text) : text
    }
  }
  return source => {
    let first: unknown
    for (const { read, decode } of ways) {
      const text = read(source)
      if (text === undefined) continue
      const decoded = text === unreadable ? unreadable : decode(text)
      if (decoded !== unreadable && (only || satisfies(schemas, judge, decoded))) return decoded
      const value = decoded === unreadable && text !== unreadable ? plain(text) : decoded
      if (first === undefined || first === unreadable) first = value
    }
    return first
  }
}

/** Makes a reader of JSON text. It gets `unreadable` for what can be none. */
export const jsonReader =
  <Source>(textOf: (source: Source) => string | undefined | typeof unreadable): Read<Source> =>
  source => {
    const text = textOf(source)
    return typeof text === 'string' ? fromJson(text) : text
  }

/** Whether a value is written as JSON. */
export const isJsonText = (serialization: Serialization | undefined): boolean =>
  Object.keys(serialization?.content ?? {}).some(isJson)

const readerOfText = (
  { name, serialization }: Field,
  { shape, alternative }: Candidate,
  isTaken: (field: string) => boolean,
  location: ParameterLocation | 'body'
): ((sent: RawFields) => ReadText) => {
  if (serialization) {
    const { content } = serialization
    const style = content ? { explode: true } : serialization
    const properties = propertyNames(alternative)
    return fieldText({ name, serialization: style, shape, properties, isTaken }, location)
  }
  // Without a style, lists are repeated, and an object is one JSON text.
  const ownShape = shape === 'array' ? 'array' : 'plain'
  return fieldText({ name, serialization: {}, shape: ownShape, properties: none, isTaken }, location)
}

const none = { names: new Set<string>(), others: false }

const jsonFieldReader = (
  name: string,
  candidates: readonly Candidate[],
  location: ParameterLocation | 'body'
): Read<RawFields> => {
  if (location === 'body' && candidates.every(({ shape }) => shape === 'array')) return jsonItemsReader(name)
  return jsonReader(sent => {
    const [value, ...more] = sent.get(name) ?? []
    if (value === undefined) return undefined
    if (location === 'cookie') return decodedText(value)
    return more.length > 0 ? unreadable : decodedField(value)
  })
}

// A list in a form is a field for each item (OpenAPI 3.1.1 §4.8.15), or one that is the whole list.
const jsonItemsReader =
  (name: string): Read<RawFields> =>
  sent => {
    const items = sent.get(name)?.map(one => fromJson(decodedField(one)))
    if (items?.includes(unreadable)) return unreadable
    return items?.length === 1 && Array.isArray(items[0]) ? items[0] : items
  }

/** The fields that a value is read from: some names, and in the style `deepObject` all that begin with a name. */
interface Owned {
  readonly names: ReadonlySet<string>
  readonly deep: string | undefined
}

const ownedBy = ({ name, serialization }: Field, candidates: readonly Candidate[]): Owned => {
  const { style = 'form', explode = style === 'form', content } = serialization ?? { explode: false }
  if (style === 'deepObject') return { names: new Set(), deep: name }
  const objects = candidates.filter(({ shape }) => shape === 'object')
  if (!explode || content || objects.length === 0) return { names: new Set([name]), deep: undefined }
  const names = new Set(objects.flatMap(({ alternative }) => [...propertyNames(alternative).names]))
  if (objects.length < candidates.length) names.add(name)
  return { names, deep: undefined }
}

const isIn = (owned: readonly Owned[]): ((field: string) => boolean) => {
  const names = new Set(owned.flatMap(one => [...one.names]))
  const deep = owned.flatMap(one => one.deep ?? [])
  return field => names.has(field) || deep.some(name => isDeepField(name, field))
}

import type { ParameterLocation } from '../openapi/parameter.js'
import type { Serialization } from '../openapi/serialization.js'
import { deepText } from './deep-object.js'
import { decodedField, decodedText, explodedCookies, type RawFields } from './raw-fields.js'
import { addText, type Text, textOf } from './text.js'
import { type Candidate, unreadable } from './text-value.js'

/** What is read of a value that was sent: its text, `undefined` if nothing was sent, or that it isn't in its style. */
export type ReadText = Text | undefined | typeof unreadable

type Shape = Candidate['shape']
type Decode = (sent: string) => string

/**
 * Makes a function that takes the text of a path parameter apart, by its style (OpenAPI 3.1 §4.8.12.3), for a value of
 * some shape. It gets the text as it was sent, percent-encoded.
 */
export const pathText = (
  name: string,
  { style = 'simple', explode = false }: Serialization,
  shape: Shape
): ((sent: string) => ReadText) => {
  const delimited = (sent: string, delimiter: string): ReadText =>
    shape === 'plain' ? decodedText(sent) : partsText(shape, sent.split(delimiter), explode, decodedText)
  if (style === 'label') {
    return sent => {
      if (!sent.startsWith('.')) return unreadable
      const text = sent.slice(1)
      if (text === '' && shape !== 'plain') return shape === 'array' ? [] : new Map()
      // Not exploded, OpenAPI 3.1.0 has dots, and 3.1.1 the commas of RFC 6570.
      return delimited(text, explode || !text.includes(',') ? '.' : ',')
    }
  }
  if (style === 'matrix') return sent => matrixText(name, sent, explode, shape)
  return sent => delimited(sent, ',')
}

/** The same for a header, whose text is not percent-encoded. In lists there may be blanks, and empty items are none. */
export const headerText = ({ explode = false }: Serialization, shape: Shape): ((sent: string) => ReadText) => {
  if (shape === 'plain') return sent => sent
  const asIs = (text: string): string => text
  return sent => {
    const parts = sent.split(',').map(part => part.trim())
    return partsText(shape, shape === 'array' ? parts.filter(part => part !== '') : parts, explode, asIs)
  }
}

/** A value among the fields of a query, of a form, or of cookies. */
export interface FieldValue {
  readonly name: string
  readonly serialization: Serialization
  readonly shape: Shape
  /** The properties of an object: in exploded form, each is a field of its own. */
  readonly properties: { readonly names: ReadonlySet<string>; readonly others: boolean }
  /** Whether a field belongs to somebody else. */
  readonly isTaken: (name: string) => boolean
}

/** The same for a value among fields: its own, or in exploded form those of its properties. */
export const fieldText = (
  value: FieldValue,
  location: ParameterLocation | 'body'
): ((fields: RawFields) => ReadText) => {
  const { name, serialization, shape } = value
  const { style = 'form', explode = style === 'form' } = serialization
  const decode = location === 'cookie' ? decodedText : decodedField
  const ofFields = (fields: RawFields): RawFields => (location === 'cookie' ? explodedCookies(fields) : fields)
  if (style === 'deepObject') return shape === 'object' ? fields => deepText(name, fields) : () => undefined
  if (shape === 'plain') {
    return fields => {
      const values = fields.get(name)
      return values && (location === 'cookie' ? decode(values[0] ?? '') : textOf(values, decode))
    }
  }
  if (explode && shape === 'array') return fields => ofFields(fields).get(name)?.map(decode)
  if (explode) return fields => propertiesText(value, ofFields(fields), decode)
  const delimiter = delimiters[style] ?? ','
  return fields => {
    const values = fields.get(name)
    if (values === undefined) return undefined
    const [sent, ...more] = values
    if (sent === undefined || (more.length > 0 && location !== 'cookie')) return unreadable // it belongs into one text
    const parts = sent.split(delimiter)
    return partsText(shape, style === 'spaceDelimited' ? parts.filter(part => part !== '') : parts, false, decode)
  }
}

// What can't stand in a URL as it is, is percent-encoded by whoever sends it.
const delimiters: Readonly<Record<string, string | RegExp>> = { spaceDelimited: /%20|\+| /, pipeDelimited: /\||%7c/i }

const partsText = (shape: Shape, parts: readonly string[], explode: boolean, decode: Decode): ReadText => {
  const given = parts.length === 1 && parts[0] === '' ? [] : parts
  if (shape === 'array') return given.map(decode)
  const properties = new Map<string, Text>()
  if (explode) {
    for (const part of given) {
      const sign = part.indexOf('=')
      if (sign < 0) return unreadable
      addText(properties, decode(part.slice(0, sign)), decode(part.slice(sign + 1)))
    }
    return properties
  }
  if (given.length % 2 !== 0) return unreadable
  for (let index = 0; index < given.length; index += 2) {
    addText(properties, decode(given[index] ?? ''), decode(given[index + 1] ?? ''))
  }
  return properties
}

// `;color=blue,black`, exploded `;color=blue;color=black` or `;R=100;G=200`. An empty value has no sign: `;color`.
const matrixText = (name: string, sent: string, explode: boolean, shape: Shape): ReadText => {
  if (!sent.startsWith(';')) return unreadable
  const parts = sent.slice(1).split(';')
  if (shape === 'object' && explode) return partsText(shape, parts, explode, decodedText)
  const values: string[] = []
  for (const part of parts) {
    const [key = ''] = part.split('=', 1)
    if (decodedText(key) !== name) return unreadable
    values.push(part.slice(key.length + 1))
  }
  if (shape === 'array' && explode) return values.map(decodedText)
  const [value = '', ...more] = values
  if (more.length > 0) return unreadable
  return shape === 'plain' ? decodedText(value) : partsText(shape, value.split(','), explode, decodedText)
}

const propertiesText = ({ properties, isTaken }: FieldValue, fields: RawFields, decode: Decode): ReadText => {
  const found = new Map<string, Text>()
  for (const name of properties.names) {
    const values = fields.get(name)
    if (values) found.set(name, textOf(values, decode))
  }
  if (properties.others) {
    for (const [name, values] of fields) {
      if (!properties.names.has(name) && !isTaken(name)) found.set(name, textOf(values, decode))
    }
  }
  return found.size > 0 ? found : undefined
}

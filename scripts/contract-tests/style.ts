import { isJson, isRecord, type ParameterLocation } from '../../src/contract/index.js'

/** What a Parameter Object, or an Encoding Object of a form, says of how a value is written (OpenAPI 3.1 §4.8.12.2). */
export interface Serialization {
  readonly style?: string | undefined
  readonly explode?: boolean | undefined
  readonly content?: object | undefined
}

/** How a value is written as text. */
export interface Style {
  readonly location: ParameterLocation | 'body'
  /** A style of OpenAPI's table; `json` for one JSON text; `field` for a field of a form of which nothing is said. */
  readonly name: string
  readonly explode: boolean
}

/** A value that is sent as several fields of one name, though it should be sent as one. */
export class Repeated {
  readonly values: readonly unknown[]

  constructor(values: readonly unknown[]) {
    this.values = values
  }
}

/** The style of a parameter, or of a field of a form, with the defaults of its location. */
export const styleOf = (said: Serialization | undefined, location: ParameterLocation | 'body'): Style => {
  if (Object.keys(said?.content ?? {}).some(isJson)) return { location, name: 'json', explode: false }
  const isSaid = said?.style !== undefined || said?.explode !== undefined
  if (location === 'body' && !isSaid) return { location, name: 'field', explode: true }
  const name = said?.style ?? (location === 'path' || location === 'header' ? 'simple' : 'form')
  return { location, name, explode: said?.explode ?? name === 'form' }
}

/** A plain value as text. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

/** What separates the parts of a list or an object in a way that no encoding hides: none of them can have it. */
export const separatorOf = ({ location, name, explode }: Style): string | undefined => {
  if (location === 'header') return ','
  if (name === 'label') return '.'
  if (explode) return undefined
  return { spaceDelimited: ' ', pipeDelimited: '|' }[name]
}

/** Whether the parts of a list or an object are in one text, where an empty one may count as none. */
export const isDelimited = ({ location, explode }: Style): boolean =>
  location === 'path' || location === 'header' || !explode

/** A value of a path parameter or a header as text: in a path percent-encoded, but for what separates its parts. */
export const written = (parameter: string, value: unknown, style: Style): string => {
  const { location, name, explode } = style
  const encode = location === 'path' ? encodeURIComponent : (text: string) => text
  const one = (part: unknown): string => encode(textOf(part))
  if (name === 'json') return encode(JSON.stringify(value))
  const prefix = { label: '.', matrix: ';' }[name] ?? ''
  const named = (text: string): string => (name === 'matrix' ? `${encode(parameter)}=${text}` : text)
  if (!Array.isArray(value) && !isRecord(value)) return prefix + named(one(value))
  const separator = explode && prefix !== '' ? prefix : ','
  if (Array.isArray(value)) {
    return prefix + (explode ? value.map(item => named(one(item))).join(separator) : named(value.map(one).join(',')))
  }
  const entries = Object.entries(value).map(([key, part]) => [encode(key), one(part)])
  return prefix + (explode ? entries.map(pair => pair.join('=')).join(separator) : named(entries.flat().join(',')))
}

/** A value of a query, a form or cookies as fields, `name=value`, percent-encoded but for what separates its parts. */
export const writtenFields = (parameter: string, value: unknown, style: Style): string[] => {
  const { name, explode } = style
  const field = (key: string, text: string): string => `${encodeURIComponent(key)}=${text}`
  const one = (part: unknown): string => encodeURIComponent(textOf(part))
  if (value instanceof Repeated) return value.values.flatMap(part => writtenFields(parameter, part, style))
  if (name === 'json') return [field(parameter, encodeURIComponent(JSON.stringify(value)))]
  if (name === 'deepObject') return deepFields(encodeURIComponent(parameter), value)
  const delimiter = { spaceDelimited: '%20', pipeDelimited: '%7C' }[name] ?? ','
  if (Array.isArray(value)) {
    return explode ? value.map(item => field(parameter, one(item))) : [field(parameter, value.map(one).join(delimiter))]
  }
  if (!isRecord(value) || name === 'field') return [field(parameter, one(value))]
  if (explode)
    return Object.entries(value).flatMap(([key, part]) => writtenFields(key, part, { ...style, name: 'field' }))
  return [field(parameter, Object.entries(value).flat().map(one).join(delimiter))]
}

const deepFields = (key: string, value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(item => deepFields(key, item))
  if (!isRecord(value)) return [`${key}=${encodeURIComponent(textOf(value))}`]
  return Object.entries(value).flatMap(([name, part]) => deepFields(`${key}[${encodeURIComponent(name)}]`, part))
}

/**
 * Whether a value can be written in a style and be told from all others, and from none. OpenAPI's table has lists and
 * objects of plain values only.
 */
export const isTellable = (value: unknown, style: Style): boolean => {
  const separator = separatorOf(style)
  const isPlain = (part: unknown): boolean => typeof part !== 'object'
  const isPart = (part: unknown): boolean =>
    isPlain(part) && (separator === undefined || !textOf(part).includes(separator))
  if (value instanceof Repeated || style.name === 'json') return true
  if (Array.isArray(value)) {
    if (style.name === 'deepObject' || value.length === 0) return false
    return style.name === 'field' || value.every(isPart)
  }
  if (!isRecord(value)) return value !== null && style.name !== 'deepObject'
  if (style.name === 'field') return true // as JSON
  const parts = Object.values(value).filter(part => part !== undefined)
  return parts.length > 0 && (style.name === 'deepObject' ? parts.every(isDeep) : parts.every(isPart))
}

const isDeep = (value: unknown): boolean =>
  typeof value !== 'object' ||
  (isRecord(value) && Object.values(value).length > 0 && Object.values(value).every(isDeep))

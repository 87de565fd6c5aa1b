import { identityOf } from '../schema/equality.js'
import { hasType } from '../schema/type-checks.js'
import { exactJson } from './exact-json.js'

/**
 * Writes a value as JSON, if it is plain and of the shape that its schema says, without properties that the schema
 * doesn't name. `undefined` if it can't: then somebody must look closer.
 */
export type WriteJson = (value: unknown) => string | undefined

const isPlain = (value: unknown): value is Record<string, unknown> => {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return (prototype === Object.prototype || prototype === null) && !('toJSON' in value)
}

/** Writes a property of an object. */
export interface PropertyWriter {
  readonly name: string
  /** What stands before its value: where it is the first property, and where it isn't. */
  readonly first: string
  readonly next: string
  readonly write: WriteJson
  readonly isRequired: boolean
  readonly isUnwanted: boolean
}

/**
 * Writes objects.
 *
 * @param rest writes the properties that none of the writers is for; without it they are left out
 * @param isClosed whether there may be no others
 */
export const writeObject = (
  writers: readonly PropertyWriter[],
  rest: WriteJson | undefined,
  isClosed: boolean
): WriteJson => {
  const known = new Set(writers.map(({ name }) => name))
  const wanted = writers.filter(({ isUnwanted }) => !isUnwanted)
  return value => {
    if (!isPlain(value)) return undefined
    let text = ''
    for (const { name, first, next, write, isRequired } of wanted) {
      const property = value[name]
      if (property === undefined) {
        if (isRequired) return undefined
        continue
      }
      const written = write(property)
      if (written === undefined) return undefined
      text += (text === '' ? first : next) + written
    }
    if (rest !== undefined || isClosed) {
      for (const name of Object.keys(value)) {
        const property = value[name]
        if (known.has(name) || property === undefined) continue
        const written = rest?.(property)
        if (written === undefined) return undefined
        text += `${text === '' ? '{' : ','}${JSON.stringify(name)}:${written}`
      }
    }
    return text === '' ? '{}' : `${text}}`
  }
}

/** Writes lists. */
export const writeList =
  (write: WriteJson): WriteJson =>
  value => {
    if (!Array.isArray(value)) return undefined
    let text = ''
    for (const item of value) {
      const written = write(item)
      if (written === undefined) return undefined
      text += text === '' ? `[${written}` : `,${written}`
    }
    return text === '' ? '[]' : `${text}]`
  }

// eslint-disable-next-line no-control-regex -- those are what JSON escapes
const escaped = /["\\\u0000-\u001f\ud800-\udfff]/

// A regular expression takes some time to begin: short texts are looked through without.
const isEscaped = (text: string): boolean => {
  if (text.length > 40) return escaped.test(text)
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    if (code < 32 || code === 34 || code === 92 || (code >= 0xd800 && code <= 0xdfff)) return true
  }
  return false
}

/** Writes texts, and dates as texts. */
export const writeString: WriteJson = value => {
  if (typeof value === 'string') return isEscaped(value) ? JSON.stringify(value) : `"${value}"`
  return value instanceof Date && !Number.isNaN(value.getTime()) ? `"${value.toISOString()}"` : undefined
}

/** Writes numbers. */
export const writeNumber: WriteJson = value =>
  typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined

/** Writes whole numbers. */
export const writeInteger: WriteJson = value => (Number.isInteger(value) ? String(value) : undefined)

/** Writes `true` and `false`. */
export const writeBoolean: WriteJson = value => (value === true ? 'true' : value === false ? 'false' : undefined)

/** Writes `null`, and nothing else. */
export const writeNull: WriteJson = value => (value === null ? 'null' : undefined)

/** Writes any value. What JSON has no word for, such as a function, is left to whoever looks closer. */
export const writeAny: WriteJson = exactJson

/** Writes one of some values, as far as they are of a type. */
export const writeOneOf = (values: readonly unknown[], type: unknown): WriteJson => {
  const types: readonly unknown[] | undefined = type === undefined ? undefined : [type].flat()
  const possible = values.filter(value => types?.some(one => hasType(String(one), value)) !== false)
  const texts = new Map(possible.map(value => [identityOf(value), JSON.stringify(value)]))
  return value => texts.get(typeof value === 'object' && value !== null ? undefined : identityOf(value))
}

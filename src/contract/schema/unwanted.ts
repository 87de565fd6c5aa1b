import { pointer } from '../document/pointer.js'
import { isRecord } from '../document/record.js'
import { targetOf, valueAt } from '../document/reference.js'
import { isInPlace, subschemasOf } from './schema-keywords.js'

/** Which way a value goes: from a client, or to it. */
export type Direction = 'request' | 'reply'

const keywordOf: Readonly<Record<Direction, string>> = { request: 'readOnly', reply: 'writeOnly' }

const none: ReadonlySet<string> = new Set()
type Cache = Readonly<Record<Direction, Map<string, ReadonlySet<string>>>>
const newCache = (): Cache => ({ request: new Map(), reply: new Map() })
const known = new WeakMap<object, Cache>()

/**
 * The properties that aren't for the one who gets a value: `readOnly` ones of a request, `writeOnly` ones of a reply
 * (OpenAPI 3.1 §4.8.24.2), by all schemas that speak of the value.
 */
export const unwantedNames = (document: unknown, at: string, direction: Direction): ReadonlySet<string> => {
  if (!isRecord(document)) return none
  const cache = known.get(document) ?? newCache()
  known.set(document, cache)
  const found = cache[direction].get(at) ?? collect(document, at, keywordOf[direction])
  cache[direction].set(at, found)
  return found
}

const collect = (document: unknown, at: string, keyword: string): ReadonlySet<string> => {
  const names = new Set<string>()
  eachInPlace(document, at, (schema, path) => {
    const { properties } = schema
    if (!isRecord(properties)) return
    for (const name of Object.keys(properties)) {
      if (isMarked(document, path + pointer('properties', name), keyword)) names.add(name)
    }
  })
  return names.size > 0 ? names : none
}

/** Whether a property with the schema at a pointer isn't for the one who gets the value. */
export const isUnwanted = (document: unknown, at: string, direction: Direction | undefined): boolean =>
  direction !== undefined && isMarked(document, at, keywordOf[direction])

const isMarked = (document: unknown, at: string, keyword: string): boolean => {
  let isTrue = false
  eachInPlace(
    document,
    at,
    schema => (isTrue ||= schema[keyword] === true),
    one => one === 'allOf'
  )
  return isTrue
}

// Each schema that speaks of the same value as the one at a pointer, itself first.
const eachInPlace = (
  document: unknown,
  at: string,
  visit: (schema: Readonly<Record<string, unknown>>, at: string) => void,
  follows: (keyword: string) => boolean = keyword => isInPlace(keyword) && keyword !== 'not',
  seen = new Set<string>()
): void => {
  if (seen.has(at)) return
  seen.add(at)
  const schema = valueAt(document, at)
  if (!isRecord(schema)) return
  visit(schema, at)
  const { $ref: ref } = schema
  if (typeof ref === 'string') eachInPlace(document, targetOf(document, ref), visit, follows, seen)
  for (const { keyword, pointer: path } of subschemasOf(schema, at)) {
    if (follows(keyword)) eachInPlace(document, path, visit, follows, seen)
  }
}

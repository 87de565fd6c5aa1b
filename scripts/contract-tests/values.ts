import * as fc from 'fast-check'
import { type Node, within } from '../../src/contract/index.js'
import { keyword, schemaMap, typesOf, valuesOf, type View, viewOf } from '../contract-diff/schema-view.js'
import { integerArbitrary, numberArbitrary, numbersOf } from './numbers.js'
import { NothingFoundError } from './patiently.js'
import { isReadOnly } from './rules.js'
import { stringArbitrary } from './strings.js'
import type { Writing } from './writing.js'

/** What values to make. */
export interface ValueOptions {
  readonly writing: Writing
  /** A path in the value that must be there, though its schema may not require it. */
  readonly force?: readonly (string | number)[]
}

/** How deep values of schemas that contain themselves go, where they needn't go deeper. */
const deepest = 3
/** How deep no value is. */
const endless = 32

/**
 * Values for a schema: nearly all of them fit, and those that don't are for the caller to leave out, with a validator.
 * The schemas of a list hold all at once.
 */
export const valueArbitrary = (schemas: readonly Node[], options: ValueOptions, depth = 0): fc.Arbitrary<unknown> =>
  ofView(viewOf(schemas), options, depth)

const ofView = (view: View, options: ValueOptions, depth: number): fc.Arbitrary<unknown> => {
  const [branches, ...groups] = view.groups
  if (branches) {
    return fc.oneof(
      ...branches.map(branch => {
        const chosen = viewOf([branch])
        return ofView(
          { parts: [...view.parts, ...chosen.parts], groups: [...groups, ...chosen.groups] },
          options,
          depth + 1
        )
      })
    )
  }
  const { writing } = options
  const isText = writing.kind !== 'json'
  const values = valuesOf(view)?.map(value => JSON.parse(value) as unknown)
  if (values) return fc.constantFrom(...values.filter(value => !isText || value !== null))
  const types = [...typesOf(view)].filter(type => !isText || type !== 'null')
  const anything = types.length > 5
  if (anything)
    return !isText && options.force === undefined
      ? fc.jsonValue({ maxDepth: 2 })
      : ofType('string', view, options, depth)
  if (depth > endless) throw new NothingFoundError('A schema contains itself without an end.')
  if (types.length === 0)
    throw new NothingFoundError(`Nothing fits ${view.parts.map(part => part.pointer).join(', ')}.`)
  return fc.oneof(...types.map(type => ofType(type, view, options, depth)))
}

const ofType = (type: string, view: View, options: ValueOptions, depth: number): fc.Arbitrary<unknown> => {
  switch (type) {
    case 'null':
      return fc.constant(null)
    case 'boolean':
      return fc.boolean()
    case 'integer':
      return integerArbitrary(view)
    case 'number':
      return numberArbitrary(view)
    case 'array':
      return lists(view, options, depth)
    case 'object':
      return objects(view, options, depth)
    default:
      return stringArbitrary(view, options.writing)
  }
}

/** How a part of a list or an object is written: in a form an object is JSON, as it has no other style. */
export const partWriting = (writing: Writing, schemas: readonly Node[]): Writing => {
  if (writing.kind !== 'text') return writing
  const types = typesOf(viewOf(schemas))
  const isJson = writing.style.name === 'field' && types.size === 1 && types.has('object')
  return isJson ? { kind: 'json' } : { ...writing, inList: true }
}

const lists = (view: View, options: ValueOptions, depth: number): fc.Arbitrary<unknown[]> => {
  const { force } = options
  const items = keyword(view, 'items')
  const writing = partWriting(options.writing, items)
  const [index, ...rest] = force ?? []
  const prefix = keyword(view, 'prefixItems').flatMap(list =>
    Array.isArray(list.value) ? list.value.flatMap((_, at) => within(list, at) ?? []) : []
  )
  const itemOf = (schemas: readonly Node[], forced: boolean): fc.Arbitrary<unknown> =>
    valueArbitrary(schemas, { writing, ...(forced && { force: rest }) }, depth + 1)
  const least = Math.max(
    ...numbersOf(view, 'minItems'),
    options.writing.kind === 'json' ? 0 : 1, // a list without values can't be told from none
    typeof index === 'number' && prefix.length === 0 ? index + 1 : 0
  )
  const most = Math.min(...numbersOf(view, 'maxItems'), Math.max(least, depth < deepest ? 4 : 0))
  const range = { minLength: Math.max(0, least - prefix.length), maxLength: Math.max(0, most - prefix.length) }
  const first = prefix.map((schema, at) => itemOf([schema], at === index))
  if (range.maxLength === 0) return fc.tuple(...first)
  const item = itemOf(items, typeof index === 'number' && index >= prefix.length)
  const unique = keyword(view, 'uniqueItems').some(({ value }) => value === true)
  const more = unique
    ? fc.uniqueArray(item, { ...range, selector: value => JSON.stringify(value) })
    : fc.array(item, range)
  return fc.tuple(fc.tuple(...first), more).map(([head, tail]) => [...head, ...tail])
}

// What only the server says is never sent, though an answer may have to have it.
const canBeSent = (view: View): boolean => typesOf(view).size > 0 && !isReadOnly(view)

const objects = (view: View, options: ValueOptions, depth: number): fc.Arbitrary<Record<string, unknown>> => {
  const { writing, force } = options
  const [forced, ...rest] = force ?? []
  const properties = schemaMap(view, 'properties')
  const required = keyword(view, 'required')
    .flatMap(({ value }) => (Array.isArray(value) ? (value as string[]) : []))
    .filter(name => !isReadOnly(viewOf(properties.get(name) ?? [])))
  const names = [...new Set([...properties.keys(), ...required])].filter(
    name =>
      required.includes(name) || name === forced || (depth < deepest && canBeSent(viewOf(properties.get(name) ?? [])))
  )
  const model = Object.fromEntries(
    names.map(name => [
      name,
      valueArbitrary(
        properties.get(name) ?? [],
        {
          writing: writing.kind === 'form' ? writing.field(name) : partWriting(writing, properties.get(name) ?? []),
          ...(name === forced && { force: rest })
        },
        depth + 1
      )
    ])
  )
  const always = names.filter(name => required.includes(name) || name === forced)
  return fc.record(model, { requiredKeys: always, noNullPrototype: true })
}

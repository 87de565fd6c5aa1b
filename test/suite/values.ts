import * as fc from 'fast-check'
import { type Node, within } from '../../scripts/changes/node.js'
import { keyword, schemaMap, typesOf, valuesOf, type View, viewOf } from '../../scripts/changes/schema-view.js'
import { stringArbitrary } from './strings.js'
import { type Writing, writingAt } from './writing.js'

/** What values to make. */
export interface ValueOptions {
  readonly writing: Writing
  /** A path in the value that must be there, though its schema may not require it. */
  readonly force?: readonly (string | number)[]
}

/** How deep values of schemas that contain themselves go. */
const deepest = 3

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
  const values = valuesOf(view)
  if (values) return fc.constantFrom(...values.map(value => JSON.parse(value) as unknown))
  const { writing } = options
  const types = [...typesOf(view)].filter(type => writing.kind === 'json' || type !== 'null')
  const anything = types.length > 5
  if (anything)
    return writing.kind === 'json' && options.force === undefined
      ? fc.jsonValue({ maxDepth: 2 })
      : ofType('string', view, options, depth)
  return fc.oneof(...types.map(type => ofType(type, view, options, depth)))
}

const numbers = (view: View, name: string): number[] =>
  keyword(view, name).flatMap(({ value }) => (typeof value === 'number' ? [value] : []))

const largest = (view: View, ...names: readonly string[]): number | undefined => {
  const all = names.flatMap(name => numbers(view, name))
  return all.length === 0 ? undefined : Math.max(...all)
}

const smallest = (view: View, ...names: readonly string[]): number | undefined => {
  const all = names.flatMap(name => numbers(view, name))
  return all.length === 0 ? undefined : Math.min(...all)
}

const ofType = (type: string, view: View, options: ValueOptions, depth: number): fc.Arbitrary<unknown> => {
  switch (type) {
    case 'null':
      return fc.constant(null)
    case 'boolean':
      return fc.boolean()
    case 'integer':
      return integers(view)
    case 'number':
      return fc.double({
        noNaN: true,
        noDefaultInfinity: true,
        min: largest(view, 'minimum', 'exclusiveMinimum') ?? -1e9,
        max: smallest(view, 'maximum', 'exclusiveMaximum') ?? 1e9
      })
    case 'array':
      return lists(view, options, depth)
    case 'object':
      return objects(view, options, depth)
    default:
      return stringArbitrary(view, options.writing)
  }
}

const integers = (view: View): fc.Arbitrary<number> => {
  const min = Math.ceil(largest(view, 'minimum') ?? (largest(view, 'exclusiveMinimum') ?? -1e9) + 1)
  const max = Math.floor(smallest(view, 'maximum') ?? (smallest(view, 'exclusiveMaximum') ?? 1e9) - 1)
  const [step = 1] = numbers(view, 'multipleOf')
  if (step === 1) return fc.integer({ min, max: Math.max(min, max) })
  const first = Math.ceil(min / step)
  return fc.integer({ min: first, max: Math.max(first, Math.floor(max / step)) }).map(times => times * step)
}

const lists = (view: View, options: ValueOptions, depth: number): fc.Arbitrary<unknown[]> => {
  const { writing, force } = options
  const [index, ...rest] = force ?? []
  const items = keyword(view, 'items')
  const prefix = keyword(view, 'prefixItems').flatMap(list =>
    Array.isArray(list.value) ? list.value.flatMap((_, at) => within(list, at) ?? []) : []
  )
  const itemOf = (schemas: readonly Node[], forced: boolean): fc.Arbitrary<unknown> =>
    valueArbitrary(schemas, { writing, ...(forced && { force: rest }) }, depth + 1)
  const least = Math.max(
    largest(view, 'minItems') ?? 0,
    typeof index === 'number' && prefix.length === 0 ? index + 1 : 0
  )
  const most = smallest(view, 'maxItems') ?? Math.max(least, depth < deepest ? 4 : 0)
  const range = { minLength: Math.max(0, least - prefix.length), maxLength: Math.max(0, most - prefix.length) }
  const item = itemOf(items, typeof index === 'number' && index >= prefix.length)
  const unique = keyword(view, 'uniqueItems').some(({ value }) => value === true)
  const more = unique
    ? fc.uniqueArray(item, { ...range, selector: value => JSON.stringify(value) })
    : fc.array(item, range)
  const first = prefix.map((schema, at) => itemOf([schema], at === index))
  return fc.tuple(fc.tuple(...first), more).map(([head, tail]) => [...head, ...tail])
}

const objects = (view: View, options: ValueOptions, depth: number): fc.Arbitrary<Record<string, unknown>> => {
  const { writing, force } = options
  const [forced, ...rest] = force ?? []
  const properties = schemaMap(view, 'properties')
  const required = keyword(view, 'required').flatMap(({ value }) => (Array.isArray(value) ? (value as string[]) : []))
  const names = [...new Set([...properties.keys(), ...required])].filter(
    name => depth < deepest || required.includes(name) || name === forced
  )
  const model = Object.fromEntries(
    names.map(name => [
      name,
      valueArbitrary(
        properties.get(name) ?? [],
        { writing: writingAt(writing, [name]), ...(name === forced && { force: rest }) },
        depth + 1
      )
    ])
  )
  const always = names.filter(name => required.includes(name) || name === forced)
  return fc.record(model, { requiredKeys: always, noNullPrototype: true })
}

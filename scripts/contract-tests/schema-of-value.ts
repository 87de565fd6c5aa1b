import { entriesOf, isRecord, type Node, pointer, within } from '../../src/contract/index.js'
import { keyword, schemaMap, type View, viewOf } from '../contract-diff/schema-view.js'

/** Tells whether a value fits a schema. */
export type Fits = (schema: Node, value: unknown) => boolean

/** What holds for a value: all that its schemas say of it, and of their alternatives and conditions those that it fits. */
export const viewFor = (schemas: readonly Node[], value: unknown, fits: Fits): View => {
  const { parts, groups } = viewOf(schemas)
  const alternatives = groups.flat().filter(branch => fits(branch, value))
  const branches = [...alternatives, ...parts.flatMap(part => conditionedBy(part, value, fits))]
  const more = branches.map(branch => viewFor([branch], value, fits))
  return { parts: [...parts, ...more.flatMap(view => view.parts)], groups: [] }
}

// What holds on a condition that the value satisfies: `then` with its `if`, else `else`, and what its fields bring with them.
const conditionedBy = (part: Node, value: unknown, fits: Fits): Node[] => {
  const condition = within(part, 'if')
  const isMet = condition !== undefined && fits(condition, value)
  const names = condition === undefined ? [] : isMet ? ['if', 'then'] : ['else']
  const dependent = entriesOf(within(part, 'dependentSchemas')).filter(
    ([name]) => isRecord(value) && Object.hasOwn(value, name)
  )
  return [...names.flatMap(name => within(part, name) ?? []), ...dependent.map(([, schema]) => schema)]
}

/** An item or a field of a value, with the schemas that hold for it; `undefined` if it is a field that none declares. */
export type Child = readonly [token: string | number, value: unknown, schemas: readonly Node[] | undefined]

/**
 * What is in a value, with its schemas. A schema that says nothing of fields, or that has `additionalProperties`,
 * declares them all.
 */
export const childrenOf = (view: View, value: unknown): Child[] => {
  if (Array.isArray(value)) {
    const prefix = keyword(view, 'prefixItems')
    const items = keyword(view, 'items')
    return value.map((item: unknown, index): Child => {
      const own = prefix.flatMap(({ contract, pointer: at, value: list }) =>
        Array.isArray(list) && index < list.length
          ? [{ contract, pointer: at + pointer(index), value: list[index] as unknown }]
          : []
      )
      return [index, item, own.length > 0 ? own : items]
    })
  }
  if (!isRecord(value)) return []
  const properties = schemaMap(view, 'properties')
  const open = keyword(view, 'additionalProperties').length > 0 || keyword(view, 'patternProperties').length > 0
  const more = keyword(view, 'additionalProperties').filter(({ value: schema }) => isRecord(schema))
  return Object.entries(value).map(([name, child]): Child => {
    const others = open || properties.size === 0 ? more : undefined
    return [name, child, properties.get(name) ?? others]
  })
}

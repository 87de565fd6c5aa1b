import { entriesOf, type Node, referred, within } from '../openapi/node.js'
import { isRecord } from '../document/record.js'
import { commonTypes, declaredTypes, impliedTypes, type JsonType } from './schema-types.js'

/** One of the ways in which a value can satisfy a schema, as far as composition goes. */
export interface Alternative {
  /** The types that a value can have, in the order in which the author wrote them; never empty. */
  readonly types: readonly JsonType[]
  /** The schemas that hold together, each for what it says beside its references and compositions. */
  readonly schemas: readonly Node[]
}

/** The most alternatives that are looked at: each may cost a request a validation. */
export const mostAlternatives = 64

/**
 * What schemas that hold together come to, through `$ref` with what stands beside it, `allOf`, `anyOf`, `oneOf`, `if`
 * and `dependentSchemas`: the alternatives in the author's order. Those that allow the same plain types are one. A
 * schema that refers to itself adds nothing.
 */
export const alternativesOf = (schemas: readonly Node[]): Alternative[] => {
  const known = new Map<string, Draft[]>()
  const drafts = schemas.reduce((before, node) => both(before, expand(node, known)), [unconstrained])
  return drafts.map(({ types, schemas: together }) => ({ types: types ?? impliedTypes(together), schemas: together }))
}

/** The schemas of a property in an alternative. Those of `patternProperties` need somebody who runs patterns. */
export const propertySchemas = (
  { schemas }: Alternative,
  name: string,
  matches?: (pattern: string, text: string) => boolean
): Node[] => {
  const found = schemas.flatMap(schema => {
    const named = inside(schema, 'properties', name)
    const patterned = matches
      ? entriesOf(within(schema, 'patternProperties')).flatMap(([key, node]) => (matches(key, name) ? [node] : []))
      : []
    const own = named ? [named, ...patterned] : patterned
    return own.length > 0 ? own : (within(schema, 'additionalProperties') ?? [])
  })
  return found.length > 0 ? found : schemas.flatMap(schema => within(schema, 'unevaluatedProperties') ?? [])
}

/** The schemas of the item at an index in an alternative. */
export const itemSchemas = ({ schemas }: Alternative, index: number): Node[] => {
  const found = schemas.flatMap(schema => inside(schema, 'prefixItems', index) ?? within(schema, 'items') ?? [])
  return found.length > 0 ? found : schemas.flatMap(schema => within(schema, 'unevaluatedItems') ?? [])
}

/** How many items of an alternative can have schemas of their own. */
export const prefixLength = ({ schemas }: Alternative): number =>
  Math.max(0, ...schemas.map(schema => entriesOf(within(schema, 'prefixItems')).length))

/** Which names the properties of an alternative have, and whether there may be others. */
export const propertyNames = ({ schemas }: Alternative): { readonly names: Set<string>; readonly others: boolean } => {
  const names = new Set(schemas.flatMap(schema => entriesOf(within(schema, 'properties')).map(([name]) => name)))
  const says = (keyword: string): boolean =>
    schemas.some(schema => ![undefined, false].includes(within(schema, keyword)?.value as undefined | false))
  const closed = ['additionalProperties', 'unevaluatedProperties'].some(keyword =>
    schemas.some(schema => within(schema, keyword)?.value === false)
  )
  const open = ['additionalProperties', 'unevaluatedProperties', 'patternProperties'].some(says)
  return { names, others: open || (names.size === 0 && !closed) }
}

const inside = (schema: Node, keyword: string, token: string | number): Node | undefined => {
  const held = within(schema, keyword)
  return held && within(held, token)
}

interface Draft {
  /** `undefined` if nothing is said of them. */
  readonly types: readonly JsonType[] | undefined
  readonly schemas: readonly Node[]
}

const unconstrained: Draft = { types: undefined, schemas: [] }

const expand = (node: Node, known: Map<string, Draft[]>): Draft[] => {
  if (!isRecord(node.value)) return [unconstrained]
  const before = known.get(node.pointer)
  if (before) return before
  known.set(node.pointer, []) // what it says of itself meanwhile
  const target = referred(node)
  const anyOf = (keyword: string): Draft[] =>
    bounded(entriesOf(within(node, keyword)).flatMap(([, one]) => expand(one, known)))
  const orNothing = (schema: Node | undefined): Draft[] => (schema ? expand(schema, known) : [unconstrained])
  let drafts: Draft[] = [{ types: declaredTypes(node.value), schemas: [node] }]
  if (target) {
    const referredTo = expand(target, known)
    if (referredTo.length === 0) return [] // it is being expanded: whatever it allows is among its alternatives
    drafts = both(drafts, referredTo)
  }
  for (const [, one] of entriesOf(within(node, 'allOf'))) drafts = both(drafts, expand(one, known))
  drafts = both(both(drafts, anyOf('anyOf')), anyOf('oneOf'))
  if (within(node, 'if')) {
    drafts = both(drafts, [...orNothing(within(node, 'then')), ...orNothing(within(node, 'else'))])
  }
  for (const [, one] of entriesOf(within(node, 'dependentSchemas'))) {
    drafts = both(drafts, [...expand(one, known), unconstrained])
  }
  known.set(node.pointer, drafts)
  return drafts
}

const both = (some: readonly Draft[], others: readonly Draft[]): Draft[] => {
  if (others.length === 0) return [...some]
  const all = some.flatMap(one =>
    others.map(other => ({
      types: commonTypes(one.types, other.types),
      schemas: [...new Map([...one.schemas, ...other.schemas].map(node => [node.pointer, node])).values()]
    }))
  )
  const possible = all.filter(({ types }) => types?.length !== 0)
  return possible.length > 0 ? bounded(possible) : [...some] // nothing satisfies both: validation says so
}

const bounded = (drafts: readonly Draft[]): Draft[] => {
  const different = new Map<string, Draft>()
  for (const draft of drafts) {
    const key = keyOf(draft)
    if (!different.has(key)) different.set(key, draft)
    if (different.size === mostAlternatives) break
  }
  return [...different.values()]
}

// A text is read in the same way for all alternatives that allow the same plain types, whatever else they say.
const keyOf = ({ types, schemas }: Draft): string => {
  const isPlain = types?.every(type => type !== 'array' && type !== 'object') === true
  return JSON.stringify(isPlain ? types : [types, schemas.map(({ pointer }) => pointer)])
}

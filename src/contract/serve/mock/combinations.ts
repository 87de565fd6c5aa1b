import { isRecord } from '../../document/record.js'
import { type Node, referred, within } from '../../openapi/node.js'
import { entriesAt } from './keyword.js'

/** Schemas of which a value has to satisfy all: none of them has another beside it that isn't in the list. */
export type Combination = readonly Node[]

/** How many combinations of alternatives are looked at: contracts have lists of hundreds, in lists. */
const limit = 100

/** The pairs of two lists, those of early members first. */
const product = (some: readonly Combination[], others: readonly Combination[]): Combination[] => {
  const pairs: Combination[] = []
  for (let sum = 0; sum < some.length + others.length - 1 && pairs.length < limit; sum++) {
    for (let i = Math.max(0, sum - others.length + 1); i <= Math.min(sum, some.length - 1); i++) {
      pairs.push([...(some[i] ?? []), ...(others[sum - i] ?? [])])
    }
  }
  return pairs.slice(0, limit)
}

/** The members of lists, the first of each, then the second of each, … */
const interleaved = (lists: readonly (readonly Combination[])[]): Combination[] => {
  const longest = Math.max(0, ...lists.map(list => list.length))
  return Array.from({ length: longest }, (_, i) => lists.flatMap(list => list.slice(i, i + 1)))
    .flat()
    .slice(0, limit)
}

/**
 * The ways to satisfy schemas, each as a list without alternatives: with what they refer to, all of `allOf`, and one
 * member of each `anyOf` and `oneOf`. What `not` and the other members forbid isn't looked at.
 */
export const combinationsOf = (schemas: readonly Node[], within: ReadonlySet<string> = new Set()): Combination[] =>
  schemas.map(schema => ofOne(schema, within)).reduce<Combination[]>(product, [[]])

const ofOne = (schema: Node, outer: ReadonlySet<string>): Combination[] => {
  if (schema.value === false) return []
  if (!isRecord(schema.value) || outer.has(schema.pointer)) return [[]]
  const seen = new Set([...outer, schema.pointer])
  const members = (keyword: string): Node[] => entriesAt(schema, keyword).map(([, member]) => member)
  const all = (...list: readonly (Node | undefined)[]): Combination[] =>
    combinationsOf(
      list.filter(node => node !== undefined),
      seen
    )
  const either = (keyword: string): Combination[] => interleaved(members(keyword).map(member => all(member)))

  const [condition, then, otherwise] = ['if', 'then', 'else'].map(keyword => within(schema, keyword))
  const dependents = members('dependentSchemas')
  return [
    all(referred(schema), ...members('allOf')),
    ...['anyOf', 'oneOf'].filter(keyword => within(schema, keyword)).map(either),
    ...(condition ? [[...all(condition, then), ...all(otherwise)]] : []),
    ...(dependents.length > 0 ? [[...all(...dependents), []]] : [])
  ].reduce<Combination[]>(product, [[schema]])
}

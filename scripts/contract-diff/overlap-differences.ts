import { type Node, tokensOf } from '../../src/contract/index.js'
import { type Difference, placeOfAny } from './difference.js'
import { requiredOf, schemaMap, typesOf, valuesOf, type View, viewOf } from './schema-view.js'

/**
 * What two schemas let in otherwise because `oneOf` refuses what fits in two of its alternatives. Where they overlap more
 * than before, something may be refused that was let in; where they overlap less, something may be let in.
 */
export const overlapDifferences = (
  before: View,
  after: View,
  compare: (old: View, now: View) => readonly Difference[]
): Difference[] => {
  const [old, now] = [overlapsOf(before), overlapsOf(after)]
  const more = hasOther(now, old, (is, was) => compare(viewOf([was]), viewOf([is])).every(one => !one.loosens))
  const less = hasOther(old, now, (was, is) => compare(viewOf([was]), viewOf([is])).every(one => !one.tightens))
  if (!more && !less) return []
  const words = more ? (less ? 'refuses other values' : 'now refuses values') : 'no longer refuses values'
  const predicate = `${words} because several alternatives of \`oneOf\` fit`
  const place = placeOfAny(before, after, ['oneOf', 'anyOf'])
  return [{ predicate, place, tightens: more, loosens: less, ...(!less && { sender: 'client' }) }]
}

/** The alternatives of `oneOf`, each with those that what fits it may fit, too. */
type Overlaps = ReadonlyMap<Node, readonly Node[]>

const overlapsOf = (view: View): Overlaps =>
  new Map(
    view.groups
      .filter(([branch]) => branch && tokensOf(branch.pointer).at(-2) === 'oneOf')
      .flatMap(branches => {
        const views = branches.map(branch => [branch, chosen(view, branch)] as const)
        return views.map(([one, its]) => {
          const others = views.filter(([other, others]) => other !== one && !areDisjoint(its, others))
          return [one, others.map(([other]) => other)] as const
        })
      })
  )

/** Whether two alternatives overlap of which no other two that overlap let in as much. */
const hasOther = (some: Overlaps, others: Overlaps, isWithin: (one: Node, other: Node) => boolean): boolean => {
  const outer = new Map([...some.keys()].map(one => [one, [...others.keys()].filter(other => isWithin(one, other))]))
  const isFound = (one: Node, two: Node): boolean =>
    outer.get(one)?.some(a => outer.get(two)?.some(b => others.get(a)?.includes(b))) === true
  return [...some].some(([one, overlapping]) => overlapping.some(two => !isFound(one, two)))
}

/**
 * Whether no value can fit two schemas, as far as their types tell, their listed values, or a property that is required
 * in one of them. Schemas that are told apart by something else count as overlapping.
 *
 * @param depth how many schemas inside one another are looked at
 */
const areDisjoint = (one: View, other: View, depth = 4): boolean => {
  if (depth === 0) return false
  const types = [...typesOf(one)].filter(type => typesOf(other).has(type))
  const values = valuesOf(other)
  if (types.length === 0 || (values && valuesOf(one)?.every(value => !values.includes(value)))) return true
  if (isSplit(one, other, depth) || isSplit(other, one, depth)) return true
  const [mine, others] = [schemaMap(one, 'properties'), schemaMap(other, 'properties')]
  return (
    types.join() === 'object' &&
    [...requiredOf(one).keys(), ...requiredOf(other).keys()].some(name =>
      areDisjoint(viewOf(mine.get(name) ?? []), viewOf(others.get(name) ?? []), depth - 1)
    )
  )
}

const isSplit = (one: View, other: View, depth: number): boolean =>
  one.groups.some(branches => branches.every(branch => areDisjoint(chosen(one, branch), other, depth - 1)))

/** A view of which one alternative has been chosen. */
const chosen = ({ parts }: View, branch: Node): View => {
  const view = viewOf([branch])
  return { parts: [...parts, ...view.parts], groups: view.groups }
}

import type { Node } from '../../src/contract/index.js'
import { alternativeDifferences } from './alternative-differences.js'
import type { Detail } from './change.js'
import { detailsOf, type Difference, placeOfAny, type Sender } from './difference.js'
import { keywordDifferences, typeDifferences } from './keyword-differences.js'
import { objectDifferences } from './object-differences.js'
import { overlapDifferences } from './overlap-differences.js'
import { areSame } from './sameness.js'
import { keyword, typesOf, type View, viewOf } from './schema-view.js'

/** Whether a list in a field of this name, the whole if it is empty, is written as one item after the other. */
type Repeats = (name: string) => boolean

/**
 * The changes from one schema to another. In what a client sends it breaks that something is let in no more, because it
 * may send that; in what it receives that something is let in anew, because it may not reckon with that. That an object
 * may have fields that are not listed (`additionalProperties`) is taken as a duty to ignore them: a new optional field
 * breaks nobody, unless other fields were ruled out. A change in a schema that several fields refer to is told of one of
 * them, that with the shortest path.
 *
 * @param noun what a field is called in a sentence, by its path (`a.b[]`, empty for the whole)
 */
export const schemaChanges = (
  before: Node | undefined,
  after: Node | undefined,
  sender: Sender,
  noun: (path: string) => string,
  repeats: Repeats
): Detail[] => {
  const [old, now] = [before ? [before] : [], after ? [after] : []]
  return areSame(old, now) ? [] : detailsOf(compare(viewOf(old), viewOf(now), new Map(), repeats), sender, noun)
}

/** Differences told once each, of the field with the shortest path to it. */
const onceEach = (differences: readonly Difference[]): Difference[] => {
  const nearest = new Map<string, Difference>()
  for (const one of differences) {
    const key = [one.place, one.predicate, one.tightens, one.loosens, one.sender].join(' ')
    const known = nearest.get(key)
    if (known === undefined || (one.path ?? '').length < (known.path ?? '').length) nearest.set(key, one)
  }
  return [...nearest.values()]
}

// Each pair of schemas is compared once, or schemas that refer to one another a lot would take for ever. Where a schema
// comes back to itself while it is being compared it counts as the same: what differs in it is told where it began.
const compare = (
  before: View,
  after: View,
  done: Map<string, readonly Difference[]>,
  repeats: Repeats = () => false
): readonly Difference[] => {
  if (before.parts.length + after.parts.length === 0) return []
  const nameOf = ({ parts, groups, only }: View): string =>
    [groups.length, only, ...parts.map(({ pointer }) => pointer)].join()
  const pair = [nameOf(before), nameOf(after), repeats('')].join('|')
  const known = done.get(pair)
  if (known) return known
  done.set(pair, [])
  const inside: Compare = (old, now, repeated) => compare(old, now, done, repeated)
  const found = onceEach(differencesOf(before, after, inside, repeats))
  done.set(pair, found)
  return found
}

type Compare = (before: View, after: View, repeats?: Repeats) => readonly Difference[]

const differencesOf = (before: View, after: View, compareViews: Compare, repeats: Repeats): Difference[] => {
  const below = (old: View, now: View, name: string): Difference[] =>
    compareViews(old, now, deeper => deeper === '' && repeats(name)).map(one => {
      return { ...one, path: joined(name, one.path ?? '') }
    })
  const [types, typesNow] = [typesOf(before), typesOf(after)]
  if (repeats('') && becomesList(types, after)) {
    const place = placeOfAny(before, after, ['type'])
    const items = viewOf(keyword(after, 'items'))
    return [{ predicate: 'can now be repeated', place, tightens: false, loosens: true }, ...below(before, items, '[]')]
  }
  const typeChanges = typeDifferences(before, after)
  const overlaps = overlapDifferences(before, after, compareViews)
  // What one of them says in each alternative the other may say outside: they can be compared only as a whole.
  if (before.groups.length !== after.groups.length) {
    return [...typeChanges, ...alternativeDifferences(before, after, typeChanges, compareViews), ...overlaps]
  }
  const own = [...typeChanges, ...keywordDifferences(before, after)]
  const inBoth = (type: string): boolean => types.has(type) && typesNow.has(type)
  const deeper = (old: readonly Node[], now: readonly Node[], name: string): Difference[] =>
    areSame(old, now) ? [] : below(viewOf(old), viewOf(now), name)
  return [
    ...own,
    ...(inBoth('object') ? objectDifferences(before, after, deeper) : []),
    ...(inBoth('array') ? deeper(keyword(before, 'items'), keyword(after, 'items'), '[]') : []),
    ...alternativeDifferences(before, after, own, compareViews),
    ...overlaps
  ]
}

/** Whether a value that was none becomes a list, for which one item of any kind is enough. */
const becomesList = (types: ReadonlySet<string>, after: View): boolean =>
  !types.has('array') &&
  !types.has('object') &&
  [...typesOf(after)].join() === 'array' &&
  !['contains', 'prefixItems'].some(name => keyword(after, name).length > 0) &&
  keyword(after, 'minItems').every(({ value }) => Number(value) <= 1)

/** A path in a schema with another below it: `a` and `b[]` are `a.b[]`. */
export const joined = (path: string, rest: string): string => `${path}${/^\[|^$/.test(rest) ? '' : '.'}${rest}`

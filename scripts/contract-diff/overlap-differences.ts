import { tokensOf } from '../../src/contract/index.js'
import { type Difference, placeOfAny } from './difference.js'
import { areDisjoint, chosen } from './disjoint.js'
import { type View, viewOf } from './schema-view.js'

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
  const tightens = (one: View, other: View): boolean => compare(one, other).some(difference => difference.tightens)
  const loosens = (one: View, other: View): boolean => compare(one, other).some(difference => difference.loosens)
  const more = now.some(([a, b]) => !old.some(([c, d]) => !loosens(c, a) && !loosens(d, b)))
  const less = old.some(([a, b]) => !now.some(([c, d]) => !tightens(a, c) && !tightens(b, d)))
  if (!more && !less) return []
  const words = more ? (less ? 'refuses other values' : 'now refuses values') : 'no longer refuses values'
  const predicate = `${words} because several alternatives of \`oneOf\` fit`
  return [
    {
      predicate,
      place: placeOfAny(before, after, ['oneOf', 'anyOf']),
      tightens: more,
      loosens: less,
      ...(!less && { sender: 'client' })
    }
  ]
}

/** The pairs of alternatives of `oneOf`, each in both orders, that one value may fit. */
const overlapsOf = (view: View): (readonly [View, View])[] =>
  view.groups
    .filter(([branch]) => branch && tokensOf(branch.pointer).at(-2) === 'oneOf')
    .flatMap(branches =>
      branches.flatMap(one =>
        branches
          .filter(other => other !== one && !areDisjoint(chosen(view, one), chosen(view, other)))
          .map(other => [viewOf([one]), viewOf([other])] as const)
      )
    )

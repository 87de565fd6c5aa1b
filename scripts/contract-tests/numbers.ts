import * as fc from 'fast-check'
import { keyword, type View } from '../contract-diff/schema-view.js'

/** How far from its limits, or from zero, a number may be where a schema sets no limit. */
const reach = 1e9

interface Bounds {
  readonly min: number
  readonly max: number
  readonly minExcluded: boolean
  readonly maxExcluded: boolean
}

/** The numbers that the parts of a view give for a keyword. */
export const numbersOf = (view: View, name: string): number[] =>
  keyword(view, name).flatMap(({ value }) => (typeof value === 'number' ? [value] : []))

const boundsOf = (view: View): Bounds => {
  const least = Math.max(...numbersOf(view, 'minimum'), -Infinity)
  const above = Math.max(...numbersOf(view, 'exclusiveMinimum'), -Infinity)
  const most = Math.min(...numbersOf(view, 'maximum'), Infinity)
  const below = Math.min(...numbersOf(view, 'exclusiveMaximum'), Infinity)
  const [low, high] = [Math.max(least, above), Math.min(most, below)]
  return {
    min: low > -Infinity ? low : high < Infinity ? high - reach : -reach,
    max: high < Infinity ? high : low > -Infinity ? low + reach : reach,
    minExcluded: above >= least && above > -Infinity,
    maxExcluded: below <= most && below < Infinity
  }
}

const safe = (value: number): number => Math.min(Number.MAX_SAFE_INTEGER, Math.max(Number.MIN_SAFE_INTEGER, value))

/** Integers within the limits of a schema, and multiples of what it says. */
export const integerArbitrary = (view: View): fc.Arbitrary<number> => {
  const { min, max, minExcluded, maxExcluded } = boundsOf(view)
  const [step = 1] = numbersOf(view, 'multipleOf')
  const first = Math.ceil(min / step) + (minExcluded && Number.isInteger(min / step) ? 1 : 0)
  const last = Math.floor(max / step) - (maxExcluded && Number.isInteger(max / step) ? 1 : 0)
  return fc.integer({ min: safe(first), max: Math.max(safe(first), safe(last)) }).map(times => times * step)
}

/** Numbers within the limits of a schema, integers or not. */
export const numberArbitrary = (view: View): fc.Arbitrary<number> => {
  if (numbersOf(view, 'multipleOf').length > 0) return integerArbitrary(view)
  const { min, max, ...excluded } = boundsOf(view)
  return fc.double({ noNaN: true, noDefaultInfinity: true, min, max: Math.max(min, max), ...excluded })
}

/** Integers below or above a limit, its neighbour among them. */
export const beyond = (limit: number, direction: -1 | 1): fc.Arbitrary<number> => {
  const edge = direction < 0 ? Math.ceil(limit) - 1 : Math.floor(limit) + 1
  const far = safe(edge + direction * reach)
  return fc.oneof(
    fc.constant(safe(edge)),
    fc.integer({ min: Math.min(safe(edge), far), max: Math.max(safe(edge), far) })
  )
}

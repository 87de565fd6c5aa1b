import { type Cell, number } from '../lib/table.js'

/** The median of some numbers, and how far they lie apart. */
export interface Spread {
  readonly median: number
  readonly min: number
  readonly max: number
}

/** The spread of some numbers, in their unit; `undefined` if there are none. */
export const spreadOf = (values: readonly number[]): Spread | undefined => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const [min, max, upper] = [sorted[0], sorted.at(-1), sorted[middle]]
  if (min === undefined || max === undefined || upper === undefined) return undefined
  return { median: sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? NaN)) / 2, min, max }
}

/**
 * The spread of the ratios between two series, taken round by round: in one round both met the same state of the
 * machine. `undefined` without a second series.
 */
export const ratioOf = (values: readonly number[], others: readonly number[] = []): Spread | undefined =>
  others.length === 0 ? undefined : spreadOf(values.map((value, round) => value / (others[round] ?? NaN)))

/** A median, with its range below it; a dash if there is none. */
export const spreadCell = (spread: Spread | undefined, decimals: number): Cell => {
  if (!spread || !Number.isFinite(spread.median)) return '–'
  const { median, min, max } = spread
  return [number(median, decimals), min === max ? '' : `${number(min, decimals)}–${number(max, decimals)}`]
}

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** The value that a share of some sorted numbers stays below; 0 if there are none. */
export const percentile = (sorted: ArrayLike<number>, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0

export const mean = (values: readonly number[]): number => sum(values) / values.length

const variance = (values: readonly number[]): number => {
  const centre = mean(values)
  return sum(values.map(value => (value - centre) ** 2)) / (values.length - 1)
}

/** The standard error of the difference between the means of two samples: what chance alone makes of it. */
export const standardError = (a: readonly number[], b: readonly number[]): number =>
  Math.sqrt(variance(a) / a.length + variance(b) / b.length)

/** Welch's t: the difference between the means of two samples, in standard errors. */
export const welch = (a: readonly number[], b: readonly number[]): number => (mean(a) - mean(b)) / standardError(a, b)

/** The same samples, but what lies above a share of all of them together counts as the value there. */
export const winsorised = (samples: readonly (readonly number[])[], share: number): number[][] => {
  const most = percentile(
    samples.flat().sort((a, b) => a - b),
    share
  )
  return samples.map(values => values.map(value => Math.min(value, most)))
}

import { expect, test } from '@jest/globals'
import { mean, percentile, ratioOf, spreadOf, welch, winsorised } from '../../scripts/bench/statistics.js'

test("Welch's t is that of the formula", () => {
  // Means 3 and 6, variances 2.5 and 10: −3 / √(2.5 / 5 + 10 / 5).
  expect(welch([1, 2, 3, 4, 5], [2, 4, 6, 8, 10])).toBeCloseTo(-3 / Math.sqrt(2.5), 12)
})

test("Welch's t takes samples of different sizes and variances", () => {
  // Means 21 and 24.5, variances 4 and 25: −3.5 / √(4 / 3 + 25 / 2).
  expect(welch([19, 21, 23], [24.5 - Math.sqrt(12.5), 24.5 + Math.sqrt(12.5)])).toBeCloseTo(
    -3.5 / Math.sqrt(4 / 3 + 25 / 2),
    12
  )
})

test("Welch's t is 0 for equal samples, and turns its sign with them", () => {
  expect(welch([1, 2, 4], [1, 2, 4])).toBe(0)
  expect(welch([1, 2, 4], [2, 3, 9])).toBe(-welch([2, 3, 9], [1, 2, 4]))
})

test('a difference of a tenth of the deviation is seen in 10,000 samples of each, and not in 100', () => {
  const spread = (count: number, shift: number): number[] =>
    Array.from({ length: count }, (_, index) => (index % 2 === 0 ? 1 : -1) + shift)
  expect(welch(spread(100, 0.1), spread(100, 0))).toBeLessThan(4.5)
  expect(welch(spread(10_000, 0.1), spread(10_000, 0))).toBeGreaterThan(4.5)
})

test('winsorised samples are bounded where a share of all of them together is', () => {
  expect(
    winsorised(
      [
        [1, 2, 3, 4, 90],
        [5, 6, 7, 8, 9]
      ],
      0.8
    )
  ).toEqual([
    [1, 2, 3, 4, 9],
    [5, 6, 7, 8, 9]
  ])
})

test('percentiles are values of the samples', () => {
  expect(percentile([1, 2, 3, 4], 0.5)).toBe(3)
  expect(percentile([1, 2, 3, 4], 1)).toBe(4)
  expect(percentile([], 0.99)).toBe(0)
})

test('a spread is the median between two, with the range', () => {
  expect(spreadOf([4, 1, 3, 2])).toEqual({ median: 2.5, min: 1, max: 4 })
  expect(spreadOf([])).toBeUndefined()
  expect(mean([1, 2, 6])).toBe(3)
})

test('ratios are taken round by round', () => {
  expect(ratioOf([2, 40, 9], [1, 10, 3])).toEqual({ median: 3, min: 2, max: 4 })
  expect(ratioOf([2, 40, 9])).toBeUndefined()
})

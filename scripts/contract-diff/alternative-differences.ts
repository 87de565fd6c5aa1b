import { type Difference, placeOfAny } from './difference.js'
import type { Node } from '../../src/contract/index.js'
import { typesOf, type View, viewOf } from './schema-view.js'

/**
 * What two schemas let in otherwise by their alternatives (`anyOf`, `oneOf`). It tightens if an alternative fits in
 * none of those after it, and loosens if one of those after it fits in none of those before. Where only one of them
 * differs it is told what differs in it. What `oneOf` refuses is told apart, by `overlapDifferences`.
 *
 * @param told what has been told of the schemas already, which is not told again
 * @param compare tells the differences between two alternatives
 */
export const alternativeDifferences = (
  before: View,
  after: View,
  told: readonly Difference[],
  compare: (old: View, now: View) => readonly Difference[]
): Difference[] => {
  if (before.groups.length + after.groups.length === 0) return []
  const withOwn = before.groups.length !== after.groups.length
  const old = alternativesOf(before, withOwn)
  const now = alternativesOf(after, withOwn)
  const rows = old.map(one => now.map(other => compare(one, other)))
  const columns = now.map((_, index) => rows.map(row => row[index] ?? []))
  const tightens = rows.some(row => row.every(cell => cell.some(difference => difference.tightens)))
  const loosens = columns.some(column => column.every(cell => cell.some(difference => difference.loosens)))
  const isTold = (!tightens || told.some(one => one.tightens)) && (!loosens || told.some(one => one.loosens))
  if (isTold) return []

  const otherRows = rows.flatMap((row, index) => (row.some(isSame) ? [] : [index]))
  const otherColumns = columns.flatMap((column, index) => (column.some(isSame) ? [] : [index]))
  const [row, column] = [otherRows[0], otherColumns[0]]
  if (otherRows.length === 1 && otherColumns.length === 1 && row !== undefined && column !== undefined) {
    const differences = rows[row]?.[column] ?? []
    return differences.map(one => ({ ...one, tightens: one.tightens && tightens, loosens: one.loosens && loosens }))
  }
  const words = tightens ? (loosens ? 'other' : 'fewer') : 'more'
  const place = placeOfAny(before, after, ['anyOf', 'oneOf'])
  return [{ predicate: `has ${words} alternatives than before`, place, tightens, loosens }]
}

const isSame = (differences: readonly Difference[]): boolean =>
  differences.every(({ tightens, loosens }) => !tightens && !loosens)

/**
 * Each way to take one branch of each group, and each type that it lets in by itself, so that a list of types is the
 * same as alternatives of one type each.
 */
const alternativesOf = (view: View, withOwn: boolean): View[] => {
  const ways = view.groups.reduce<Node[][]>(
    (found, branches) => found.flatMap(way => branches.map(branch => [...way, branch])),
    [[]]
  )
  return ways
    .map(way => {
      const { parts, groups } = viewOf(way)
      return { parts: withOwn ? [...view.parts, ...parts] : parts, groups }
    })
    .flatMap(way => [...typesOf(way)].map(only => ({ ...way, only })))
}

import type { Contract } from '../../src/contract/index.js'
import { aligned } from '../lib/table.js'
import {
  type Coverage,
  type CoveredItem,
  excusedWays,
  type LeftOut,
  missedWays,
  shareOf,
  type Way
} from './coverage.js'

/** What the tests have tried of a contract, and what they haven't. */
type Covered = Readonly<Pick<Coverage, 'items' | 'leftOut'>>

const share = (items: readonly CoveredItem[]): string => {
  const [percent, count] = shareOf(items)
  return `${percent} (${count})`
}

const count = (item: CoveredItem, way: Way): string =>
  item.ways.includes(way) ? String(item.hits[way] ?? 0) : way === 'reached' ? '' : '–'

/**
 * The table of what was tried: each answer by each of its examples, and each rule of the requests, both ways. A line
 * with something that was never tried begins with `✗`, or with `–` if it couldn't be. Why is said below.
 */
export const coverageTable = (contract: Contract, { items, leftOut }: Covered): string => {
  const rowOf = (item: CoveredItem, ...counts: readonly string[]): string[] => [
    missedWays(item).length > 0 ? '✗' : excusedWays(item).length > 0 ? '–' : '✓',
    contract.place(item.pointer, 'key').replace(/^.*?:/, ''),
    item.words,
    ...counts,
    item.why ?? ''
  ]
  const ofOperation = (operation: string): string => {
    const own = items.filter(item => item.operation === operation)
    const answers = own.filter(({ kind }) => kind === 'answer')
    const rules = own.filter(({ kind }) => kind === 'rule')
    const rows = [
      ['', 'line', 'answer', 'reached', '', ''],
      ...answers.map(item => rowOf(item, count(item, 'reached'), '')),
      ...(rules.length > 0 ? [['', 'line', 'rule of requests', 'accepted', 'refused', '']] : []),
      ...rules.map(item => rowOf(item, count(item, 'accepted'), count(item, 'refused')))
    ]
    return `${operation}\n${aligned(rows, [0, 1, 2, 5]).join('\n')}`
  }
  const operations = [...new Set(items.map(({ operation }) => operation))]
  const total = `Contract coverage: ${share(items.filter(({ kind }) => kind === 'answer'))} of the answers by example, ${share(items.filter(({ kind }) => kind === 'rule'))} of the rules of requests`
  return [...operations.map(ofOperation), ...leftOutLines(leftOut), total].join('\n\n')
}

/** How many things that have the same reason are named. */
const mostNamed = 3

const leftOutLines = (leftOut: readonly LeftOut[]): string[] => {
  const reasons = [...new Set(leftOut.map(({ why }) => why))]
  const lines = reasons.map(reason => {
    const all = leftOut.filter(({ why }) => why === reason).map(({ what }) => what)
    const more = all.length > mostNamed ? `, and ${all.length - mostNamed} more` : ''
    return `–  ${all.slice(0, mostNamed).join(', ')}${more}: ${reason}`
  })
  return lines.length === 0 ? [] : [`Not tried, or not as often:\n${lines.join('\n')}`]
}

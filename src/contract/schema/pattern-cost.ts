import { beginsCapture, boundsOf, isBackReference, piecesOf } from './pattern-pieces.js'

/** What it can cost a backtracking engine to try a part of a pattern at one place. */
interface Cost {
  /** In how many ways the part can match, its unbounded repetitions apart: so often may the rest be tried. */
  readonly ways: number
  /** How many pieces may be looked at, in all ways, unbounded repetitions counted once. */
  readonly steps: number
  /** How many unbounded repetitions may multiply each other. Each costs as many ways as the text has characters. */
  readonly unbounded: number
}

const nothing: Cost = { ways: 1, steps: 0, unbounded: 0 }
const one: Cost = { ways: 1, steps: 1, unbounded: 0 }
const endless: Cost = { ways: Infinity, steps: Infinity, unbounded: Infinity }

/** How many steps there may be for each character of a text, and how many for a text of any length. */
const mostForEach = 1_000
const mostInAll = 1_000_000

const inSequence = (first: Cost, second: Cost): Cost => ({
  ways: first.ways * second.ways,
  steps: first.steps + first.ways * second.steps,
  unbounded: first.unbounded + second.unbounded
})

const eitherOf = (some: Cost, other: Cost): Cost => ({
  ways: some.ways + other.ways,
  steps: some.steps + other.steps,
  unbounded: Math.max(some.unbounded, other.unbounded)
})

const repeated = (cost: Cost, min: number, max: number): Cost => {
  const { ways, steps, unbounded } = cost
  if (max === 0) return nothing
  const varies = ways > 1 || unbounded > 0
  if (max - min >= mostForEach) return varies || steps > mostForEach ? endless : { ways: 1, steps, unbounded: 1 }
  if (unbounded > 0 && max > 1) return endless
  const all = ways ** max
  return { ways: (max - min + 1) * all, steps: max * steps * all, unbounded }
}

interface Group {
  readonly captures: boolean
  /** What the alternatives before this one cost. */
  before: Cost | undefined
  /** What this one costs without its last part, which a quantifier may follow. */
  sequence: Cost
  last: Cost
}

const begin = (captures: boolean): Group => ({ captures, before: undefined, sequence: nothing, last: nothing })

const append = (group: Group, cost: Cost): void => {
  group.sequence = inSequence(group.sequence, group.last)
  group.last = cost
}

const costOf = ({ before, sequence, last }: Group): Cost => {
  const cost = inSequence(sequence, last)
  return before ? eitherOf(before, cost) : cost
}

/**
 * Whether a backtracking engine might take longer than in proportion to the length of the text, or a great many steps
 * for each character. Errs on the side of yes.
 */
export const takesLong = (pattern: string): boolean => {
  const pieces = piecesOf(pattern)
  const groups: Group[] = [begin(false)]
  let captured = one // the most that a group has captured
  let isReferenced = false
  let isAnchored = pieces[0]?.text === '^'
  for (const [index, { text }] of pieces.entries()) {
    const group = groups.at(-1)
    if (!group) return true
    const next = pieces[index + 1]?.text
    const bounds = boundsOf(text)
    if (bounds) {
      const [min, max] = bounds
      // What ends the whole pattern is never tried again: once there is enough of it, the text matches.
      // Of what can match in more ways, already the first time can take long, and be in vain.
      const isPlain = group.last.ways === 1 && group.last.unbounded === 0
      const isEnd = isPlain && groups.length === 1 && (next === undefined || next === '|')
      group.last = repeated(group.last, min, isEnd ? min : max)
    } else if (text.startsWith('(')) {
      groups.push(begin(beginsCapture(text)))
    } else if (text === ')') {
      const outer = groups.at(-2)
      if (!outer) return true
      const cost = costOf(group)
      if (group.captures) captured = eitherOf(captured, cost)
      groups.pop()
      append(outer, cost)
    } else if (text === '|') {
      const before = costOf(group)
      Object.assign(group, begin(group.captures), { before })
      if (groups.length === 1) isAnchored &&= next === '^'
    } else {
      isReferenced ||= isBackReference(text)
      append(group, one)
    }
  }
  const [whole] = groups
  if (!whole || groups.length > 1 || (isReferenced && captured.unbounded > 0)) return true
  const { steps, unbounded } = costOf(whole)
  const all = isReferenced ? steps * captured.steps : steps
  const times = unbounded + (isAnchored ? 0 : 1)
  return times > 1 || all > (times === 1 ? mostForEach : mostInAll)
}

import { aligned, styled } from '../lib/table.js'
import { wantsColours } from '../lib/colours.js'
import { styleText } from 'node:util'

/** Something that the server must keep, and what was measured of it. */
export interface Must {
  /** Where: `fuzz, real`. */
  readonly part: string
  readonly what: string
  readonly limit: string
  readonly measured: string
  readonly isKept: boolean
}

/** A part that couldn't be measured, and why, in a sentence. */
export interface Skipped {
  readonly part: string
  readonly why: string
}

const colours = wantsColours(process.stdout)
const green = (text: string): string => (colours ? styleText('green', text) : text)

/** The table of all musts, a line each. */
export const mustTable = (musts: readonly Must[], skipped: readonly Skipped[]): string => {
  const rows = musts.map(({ part, what, limit, measured, isKept }) => [
    part,
    what,
    measured,
    limit,
    isKept ? 'ok' : 'NOT OK'
  ])
  const [title = '', ...lines] = aligned([['part', 'what', 'measured', 'must be', ''], ...rows], [0, 1, 2, 3, 4])
  const shown = lines.map((line, index) =>
    musts[index]?.isKept === true ? line.replace(/ok$/, green) : line.replace(/NOT OK$/, text => styled('red', text))
  )
  return [styled('bold', title), ...shown, ...skipped.map(({ part, why }) => styled('dim', `${part}: ${why}`))].join(
    '\n'
  )
}

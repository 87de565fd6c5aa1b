import { type Cell, number } from '../lib/table.js'
import type { Spread } from './statistics.js'

/** A median, with its range below it; a dash if there is none. */
export const spreadCell = (spread: Spread | undefined, decimals: number): Cell => {
  if (!spread || !Number.isFinite(spread.median)) return '–'
  const { median, min, max } = spread
  return [number(median, decimals), min === max ? '' : `${number(min, decimals)}–${number(max, decimals)}`]
}

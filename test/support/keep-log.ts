import type { Facts, Log } from '../../src/log.js'
import type { Level } from '../../src/log-level.js'

/** A line of the log, with its facts. */
export interface Logged extends Facts {
  readonly level: Level
  readonly message: string
}

/** A log that keeps its lines. */
export const keepLog = (lines: Logged[] = []): { readonly log: Log; readonly lines: Logged[] } => ({
  log: (level, message, facts) => void lines.push({ ...facts, level, message }),
  lines
})

/** The stacks that a line has, or nothing. */
export const stackOf = (line: Logged | undefined): string => String(line?.['stack'] ?? '')

import { pino } from 'pino'
import { logLine } from './log-line.js'
import { type Level, levels } from './log-level.js'
import { printableJsonText } from './printable.js'

/** Facts of a line. Never a secret. */
export type Facts = Readonly<Record<string, string | number | boolean | null | undefined>>

/** Writes a line for operators: what happened, and facts of it. */
export type Log = (level: Level, message: string, facts?: Facts) => void

export interface LogOptions {
  /** Lines that matter less aren't written. */
  readonly level: Level
  readonly stream: { write(text: string): unknown }
  /** Whether lines are for people rather than for programs: see `logLine`. */
  readonly readable?: boolean
  /** Whether readable lines have colours. */
  readonly coloured?: boolean
}

/**
 * Makes a log that writes each line at once: as JSON with `level`, `time` (ISO 8601), `pid`, `msg` and its facts, or for
 * people to read. Nothing in a line can begin another one, or steer a terminal.
 */
export const createLog = ({ level, stream, readable = false, coloured = false }: LogOptions): Log => {
  if (readable) {
    const least = levels.indexOf(level)
    return (level, message, facts = {}) => {
      if (levels.indexOf(level) < least) return
      stream.write(logLine({ time: new Date(), level, message, facts, coloured }))
    }
  }
  const { isoTime } = pino.stdTimeFunctions
  const formatters = { level: (label: string) => ({ level: label }) }
  const options = { level, base: { pid: process.pid }, timestamp: isoTime, formatters }
  const lines = pino(options, { write: json => void stream.write(printableJsonText(json)) })
  return (level, message, facts) => lines[level](Object.assign({ msg: message }, facts))
}

import type { Facts } from './log.js'
import type { Level } from './log-level.js'
import { isPrintable, printable, printableJson } from './printable.js'

/** What a line says, and how. */
export interface LineParts {
  readonly time: Date
  readonly level: Level
  readonly message: string
  readonly facts: Facts
  readonly coloured: boolean
}

// SGR parameters of ECMA-48: what begins a style, and what ends it.
const styles = { dim: [2, 22], yellow: [33, 39], red: [31, 39] } as const
const words: Partial<Record<Level, keyof typeof styles>> = { warn: 'yellow', error: 'red' }

/**
 * A line of the log for people: the time of the day, the level where it is worth a look, the message, and the facts as
 * `key=value`. A fact `stack` has lines of its own below, indented. Whatever is in facts stays in its place: control
 * characters are escaped, and a value with a space or a quotation mark in it is written as JSON.
 */
export const logLine = ({ time, level, message, facts, coloured }: LineParts): string => {
  const styled = (style: keyof typeof styles, text: string): string => {
    const [begin, end] = styles[style]
    return coloured ? `\x1b[${begin}m${text}\x1b[${end}m` : text
  }
  const { stack, ...others } = facts
  const told = Object.entries(others).flatMap(([key, value]) => (value === undefined ? [] : `${key}=${valueOf(value)}`))
  const style = words[level]
  const parts = [
    styled('dim', clock(time)),
    ...(style ? [styled(style, level)] : []),
    printable(message),
    ...(told.length > 0 ? [styled('dim', told.join(' '))] : [])
  ]
  const below = typeof stack === 'string' ? stack.split('\n').map(line => `    ${printable(line)}\n`) : []
  return `${parts.join(' ')}\n${below.join('')}`
}

const clock = (time: Date): string =>
  [time.getHours(), time.getMinutes(), time.getSeconds()].map(part => String(part).padStart(2, '0')).join(':')

const valueOf = (value: string | number | boolean | null): string => {
  const text = String(value)
  return /^[^\s"=]+$/.test(text) && isPrintable(text) ? text : printableJson(value)
}

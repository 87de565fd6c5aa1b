import { isatty } from 'node:tty'
import { pino } from 'pino'

/** The most characters that wait to be written while nothing can be, such as on a full disk; what is more is lost. */
const mostWaiting = 1024 * 1024

/** Standard output, and whether it is a terminal. */
export interface StandardOutput {
  readonly isTTY: boolean
  write(text: string): unknown
}

/** Opens standard output, to which each text is written at once. That it can't be is no reason for a server to stop. */
export const openStandardOutput = (): StandardOutput => {
  const output = pino.destination({ fd: 1, sync: true, maxLength: mostWaiting, retryEAGAIN: () => false })
  output.on('error', () => undefined)
  return { isTTY: isatty(1), write: text => output.write(text) }
}

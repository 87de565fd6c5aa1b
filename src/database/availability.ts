import { randomInt } from 'node:crypto'
import type { Log } from '../log.js'
import { Unavailable } from '../unavailable.js'

/** Whether a database answers, as its queries find out. */
export interface Availability {
  /** A query has succeeded that began at `began`, in milliseconds of `performance.now()`. */
  answered(began: number): void
  /** A query has failed, for a reason without secrets. Returns what is to be thrown. */
  failed(reason: string, cause: unknown): Unavailable
}

/** A database is back if it answers what began this long after the last failure, in milliseconds. */
const calm = 1_000

/** Says in the log when a database goes away, and when it is back: once each, however many requests find out. */
export const createAvailability = (log: Log): Availability => {
  let failedLast: number | undefined
  return {
    answered: began => {
      if (failedLast === undefined || began < failedLast + calm) return
      failedLast = undefined
      log('info', 'The database is back.')
    },
    failed: (reason, cause) => {
      const what = `The database is away or too slow (${reason})`
      if (failedLast === undefined) log('warn', `${what}: requests that need it get a 503.`)
      failedLast = performance.now()
      return new Unavailable(what, { retryAfter: randomInt(1, 6), cause }) // or else all come back at once
    }
  }
}

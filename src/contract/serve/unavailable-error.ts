/**
 * An error that says that something a request needs is away or too busy, by its name and by when to try again: the reply
 * is a 503 with `Retry-After` (RFC 9110 §15.6.4). It is known by its shape, so that services need nothing of the engine.
 */
export interface Unavailable {
  readonly name: 'Unavailable'
  /** In how many seconds to try again. */
  readonly retryAfter: number
}

export const isUnavailable = (error: unknown): error is Unavailable =>
  typeof error === 'object' &&
  error !== null &&
  'name' in error &&
  error.name === 'Unavailable' &&
  'retryAfter' in error &&
  Number.isSafeInteger(error.retryAfter)

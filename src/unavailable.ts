/**
 * Thrown by a service that a request needs and that is away or too busy: the reply is a 503 with `Retry-After`
 * (RFC 9110 §15.6.4), and nothing is logged of it. The message is for whoever catches it, never for clients.
 */
export class Unavailable extends Error {
  override readonly name = 'Unavailable'
  /** In how many seconds to try again: a whole number of at least 1. */
  readonly retryAfter: number

  constructor(message: string, { retryAfter, cause }: { readonly retryAfter: number; readonly cause?: unknown }) {
    super(message, { cause })
    this.retryAfter = Math.max(1, Math.ceil(retryAfter))
  }
}

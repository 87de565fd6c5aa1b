/** A reply as a plain value. One place, the reply writer, turns it into bytes. */
export interface Reply {
  readonly status: number
  /** By default the one media type that the contract declares for the status. */
  readonly mediaType?: string
  readonly headers?: Readonly<Record<string, string | number | boolean | undefined>>
  readonly body?: unknown
}

/**
 * A reply that the contract doesn't declare, and that therefore never left the server. The message names the operation,
 * the JSON Pointer and the place of the rule; it says nothing of the values.
 */
export class ReplyError extends Error {
  override readonly name = 'ReplyError'
}

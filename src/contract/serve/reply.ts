import type { Problem } from '../problems.js'

/** What a reply has for a header: a value, a list, or an object. */
export type HeaderValue = string | number | boolean | null | readonly unknown[] | Readonly<Record<string, unknown>>

/** A reply as a plain value. One place, the reply writer, turns it into bytes. */
export interface Reply {
  readonly status: number
  /** By default the one media type that the contract declares for the status. */
  readonly mediaType?: string
  readonly headers?: Readonly<Record<string, HeaderValue | undefined>>
  readonly body?: unknown
}

/**
 * A reply that the contract doesn't declare, and that therefore never left the server. The message names the operation,
 * the JSON Pointer and the place of the rule; it says nothing of the values.
 */
export class ReplyError extends Error {
  override readonly name = 'ReplyError'
}

/** A reply of the server's own, in its own words, whatever the contract says of its status. */
export class OwnReply implements Reply {
  readonly status: number
  readonly problem: Problem
  readonly headers: Readonly<Record<string, string>>

  constructor(problem: Problem, headers: Readonly<Record<string, string>> = {}) {
    this.status = problem.status
    this.problem = problem
    this.headers = headers
  }
}

import type { Problem } from '../problems.js'

/** What a reply has for a header: a value, a date, a list, or an object. */
export type HeaderValue =
  string | number | boolean | null | Date | readonly unknown[] | Readonly<Record<string, unknown>>

/** A reply as a plain value. One place, the reply writer, turns it into bytes. */
export interface Reply {
  readonly status: number
  /** By default the one media type that the contract declares for the status. */
  readonly mediaType?: string
  readonly headers?: Readonly<Record<string, HeaderValue | undefined>>
  readonly body?: unknown
  /**
   * Bodies in several media types, of which one is made: the one that the client would rather have, by its `Accept`. Of
   * equals the first.
   */
  readonly bodies?: Readonly<Record<string, (() => unknown) | undefined>>
  /** How many bytes a body has that comes bit by bit, if that is known: its `Content-Length`. */
  readonly length?: number
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

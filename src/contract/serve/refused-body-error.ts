import type { BrokenRule } from '../problems.js'

/**
 * A body that turned out too large (413), cut off (400) or against the contract (422) while its handler had it. A handler
 * that doesn't catch it leaves the answer to the server.
 */
export class RefusedBodyError extends Error {
  readonly status: 400 | 413 | 422
  readonly broken: readonly BrokenRule[]

  constructor(status: 400 | 413 | 422, message: string, broken: readonly BrokenRule[] = []) {
    super(message)
    this.name = 'RefusedBodyError'
    this.status = status
    this.broken = broken
  }
}

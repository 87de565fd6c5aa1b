import type { IncomingHttpHeaders } from 'node:http'

/** Why a request is turned away. `Problems` makes a reply of it, and the contract has its constant headers. */
export interface Refusal {
  readonly status: number
  /** The reason, in a few words. */
  readonly detail: string
  /** Such as a challenge (RFC 9110 §11.6.1) that the contract doesn't declare as constant. */
  readonly headers?: Readonly<Record<string, string>>
}

/** Whom a security handler lets in. */
export interface Authenticated<User> {
  /** The user that it vouches for. */
  readonly user: User
  /** The scopes or roles that were granted: all that the contract knows, these, or by default none. */
  readonly granted?: readonly string[] | 'all'
}

/** What a security handler found: whom it lets in, or why it turns the request away. */
export type SecurityOutcome<User> = Authenticated<User> | { readonly refusal: Refusal }

/**
 * Decides for one security scheme who sends a request. What it throws is an unexpected error: a 500, never
 * a 401. Whether the scopes that it grants are enough for an operation is not its business.
 */
export interface SecurityHandler<Services, User> {
  /** The statuses of its refusals. Each operation that asks for the scheme must declare them. */
  readonly refusals: readonly number[]
  /** @param url the request target, as sent: for schemes that go by its query */
  authenticate(headers: IncomingHttpHeaders, services: Services, url: string): Promise<SecurityOutcome<User>>
}

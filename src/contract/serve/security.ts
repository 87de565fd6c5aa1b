import type { IncomingHttpHeaders } from 'node:http'

/** Why a request is turned away. `Problems` makes a reply of it, and the contract has its constant headers. */
export interface Refusal {
  readonly status: number
  /** The reason, in a few words. */
  readonly detail: string
  /** Such as a challenge (RFC 9110 §11.6.1) that the contract doesn't declare as constant. */
  readonly headers?: Readonly<Record<string, string>>
}

/** What a security handler found: a user that it vouches for, or why it turns the request away. */
export type SecurityOutcome<User> = { readonly user: User } | { readonly refusal: Refusal }

/** Decides for one security scheme who sends a request. What it throws is an unexpected error: a 500, never a 401. */
export interface SecurityHandler<Services, User> {
  /** The statuses of its refusals. Each operation that asks for the scheme must declare them. */
  readonly refusals: readonly number[]
  /** Whether whoever it lets in may do everything, whatever scopes an operation needs. */
  readonly scopes?: 'ignored'
  /** @param url the request target, as sent: for schemes that go by its query */
  authenticate(headers: IncomingHttpHeaders, services: Services, url: string): Promise<SecurityOutcome<User>>
}

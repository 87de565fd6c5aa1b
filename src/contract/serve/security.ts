import type { IncomingHttpHeaders } from 'node:http'
import type { SecuritySchemeName } from '../../../generated/openapi.js'
import type { Reply } from './reply.js'

/** What a security handler found: a user that it vouches for, or the reply with which it turns the request away. */
export type SecurityOutcome<User> = { readonly user: User } | { readonly refusal: Reply }

/** Decides for one security scheme who sends a request. What it throws is an unexpected error: a 500, never a 401. */
export interface SecurityHandler<Services, User> {
  /** The statuses of its refusals. Each operation that asks for the scheme must declare them. */
  readonly refusals: readonly number[]
  authenticate(headers: IncomingHttpHeaders, services: Services): Promise<SecurityOutcome<User>>
}

/** A handler for each security scheme of the contract. `Users` maps each scheme to what its handler vouches for. */
export type SecurityHandlers<Services, Users extends Record<SecuritySchemeName, unknown>> = {
  readonly [Name in SecuritySchemeName]: SecurityHandler<Services, Users[Name]>
}

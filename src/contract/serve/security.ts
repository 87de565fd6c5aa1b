import type { IncomingHttpHeaders } from 'node:http'
import type { Client } from './client.js'

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

/** What is sent for the scheme `basic` (RFC 7617). */
export interface BasicCredentials {
  readonly username: string
  /** All that follows the first colon. */
  readonly password: string
}

/** What is sent for a scheme of any kind. */
export type Credentials = string | BasicCredentials

/** What is sent for a scheme of a kind. */
export type CredentialsOf<Kind extends string> = string extends Kind
  ? Credentials
  : Kind extends 'basic'
    ? BasicCredentials
    : string

/** What a security handler decides by. */
export interface SecurityRequest<Sent extends Credentials = Credentials> {
  /**
   * What was sent for the scheme: the key; the username and the password; what follows the name of the scheme in
   * `Authorization`, which may be empty; the certificate. `undefined` if nothing was sent, or something malformed.
   */
  readonly credentials: Sent | undefined
  /** The scopes that the operation asks the scheme for, in any of its alternatives. The engine compares them itself. */
  readonly scopes: readonly string[]
  /** The `WWW-Authenticate` that asks for the scheme, for a refusal with more to say; there is none for keys. */
  readonly challenge: string | undefined
  readonly headers: IncomingHttpHeaders
  /** The request target, as sent. */
  readonly url: string
  readonly client: Client
  /** Aborted when nobody waits for the reply any more. */
  readonly signal: AbortSignal
}

// This server speaks no TLS: whoever does in front of it has to hand the certificate on.
type Certificate = (headers: IncomingHttpHeaders) => string | undefined
type CertificateOf<Kind extends string> = string extends Kind
  ? { readonly certificate?: Certificate }
  : Kind extends 'mutualTLS'
    ? {
        /** The client's certificate, from the header in which a proxy sends it: only if no client can (RFC 9440 §3.1). */
        readonly certificate: Certificate
      }
    : { readonly certificate?: never }

/**
 * Decides for one security scheme who sends a request. What it throws is an unexpected error: a 500, never
 * a 401. Whether the scopes that it grants are enough for an operation is not its business.
 */
export type SecurityHandler<Services, User, Kind extends string = string> = CertificateOf<Kind> & {
  /** The kind of its scheme: see `securityKind`. */
  readonly kind: Kind
  /** The statuses of its refusals. Each operation that asks for the scheme must declare them. */
  readonly refusals: readonly number[]
  /** @returns `undefined` for a 401 with the `WWW-Authenticate` that the operation's schemes have */
  authenticate(
    request: SecurityRequest<CredentialsOf<Kind>>,
    services: Services
  ): Promise<SecurityOutcome<User> | undefined>
}

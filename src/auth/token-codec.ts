import type { Account } from './user.js'

/** What a login gives (RFC 6749 §5.1). */
export interface Token {
  readonly access_token: string
  readonly token_type: 'bearer'
  /** How long the token is good, in seconds. */
  readonly expires_in?: number
  /** What was granted, separated by spaces. */
  readonly scope?: string
}

/** What a token says. */
export interface Claims {
  readonly username: string
  /** The version of the account that it was issued for; `undefined` if it is good for any. */
  readonly version?: number
  /** What was granted; `all` if it is everything that the contract knows. */
  readonly scopes: readonly string[] | 'all'
}

/** How access tokens are made and read. Write one of these for sessions. */
export interface TokenCodec {
  /**
   * An access token for a user, who has proved who they are: good for those of the scopes that the client asks for and
   * the user has, for all that the user has if it asks for none. `undefined` if it asks for one that nobody knows.
   */
  issue(account: Account, scopes: readonly string[]): Promise<Token | undefined>
  /** What a token says, or `undefined` if it is not a token of ours or has expired. */
  decode(token: string): Promise<Claims | undefined>
}

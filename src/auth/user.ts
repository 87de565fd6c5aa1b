/** A user, as others may see it. */
export interface User {
  readonly username: string
  readonly email: string | null
  readonly full_name: string | null
  /** Whether the account is disabled. A disabled user can log in, but do nothing with the token. */
  readonly disabled: boolean | null
}

/**
 * A user with what the server goes by. Of `user`, fields that the contract doesn't declare may come along: they never
 * leave the server, and a handler that tries to send them is told so in development.
 */
export interface Account {
  readonly user: User
  /** What the user may be granted. */
  readonly scopes: readonly string[]
  /** Another number after each change that ends the user's tokens. */
  readonly version: number
}

/** An account with the hash of its password: only a login reads it. */
export interface AccountWithHash extends Account {
  readonly hash: string
}

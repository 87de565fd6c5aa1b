/** A user, as others may see it. */
export interface User {
  readonly username: string
  readonly email: string | null
  readonly full_name: string | null
  /** Whether the account is disabled. A disabled user can log in, but do nothing with the token. */
  readonly disabled: boolean | null
}

/**
 * A user as the store has it. Fields that the contract doesn't declare may come along: they never leave the server, and
 * a handler that tries to send them is told so in development.
 */
export interface UserInDB extends User {
  readonly hashed_password: string
}

/** Where users are kept. Write one of these for a database. */
export interface UserStore {
  /** The user of exactly this name, or `undefined`. What it throws becomes a 500. */
  find(username: string): Promise<UserInDB | undefined>
}

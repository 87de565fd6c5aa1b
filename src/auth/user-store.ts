import type { Account, AccountWithHash, User } from './user.js'

/** A user to add: active and without scopes, unless it says otherwise. */
export interface NewUser extends Partial<Omit<User, 'username'>> {
  readonly username: string
  readonly scopes?: readonly string[]
  readonly hash: string
}

/** What to change of a user; what isn't named stays. */
export interface UserChange extends Partial<Omit<User, 'username'>> {
  readonly scopes?: readonly string[]
  readonly hash?: string
}

/**
 * Where users are kept: names are exact, and what was acknowledged stays. What a method throws becomes a 500, or a 503
 * if it is `Unavailable`.
 */
export interface UserStore {
  find(username: string): Promise<Account | undefined>
  findWithHash(username: string): Promise<AccountWithHash | undefined>
  /** Up to `limit` users in the order of their names, from the one after `after`. */
  list(after: string | undefined, limit: number): Promise<readonly Account[]>
  /** Adds a user. `false` if the name is taken. */
  add(user: NewUser): Promise<boolean>
  /** Changes a user, whose tokens end if `disabled`, `scopes` or `hash` is named. `false` if there is none. */
  change(username: string, change: UserChange): Promise<boolean>
  /** Puts a new hash of the same password into the place of `from`, if that is still there. Tokens go on. */
  renewHash(username: string, from: string, to: string): Promise<void>
  /** Ends all tokens of a user. `false` if there is none. */
  revoke(username: string): Promise<boolean>
  /** `false` if there is none. Tokens of a user who was removed stay ended when another of that name is added. */
  remove(username: string): Promise<boolean>
}

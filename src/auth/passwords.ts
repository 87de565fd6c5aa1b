import { randomUUID } from 'node:crypto'
import { Unavailable } from '../unavailable.js'
import { isTooLong, weaknessOf } from './new-password.js'
import type { PasswordHasher } from './password-hasher.js'
import type { UserStore } from './user-store.js'
import type { AccountWithHash } from './user.js'

/** What is done with passwords. `matches` and `hash` throw `Unavailable` if too many are waiting. */
export interface Passwords {
  /**
   * Whether an account has this password. Without an account it does the same work, so that the time doesn't tell. A
   * hash that matches and is weak is made anew.
   */
  matches(password: string, account: AccountWithHash | undefined): Promise<boolean>
  /**
   * The hash of a new password.
   *
   * @throws {RangeError} if the password is too long to be anybody's
   */
  hash(password: string): Promise<string>
  /** Why a new password isn't taken, in a sentence; `undefined` if it is. */
  weakness(password: string, username?: string): Promise<string | undefined>
}

/** Passwords with a hasher. Makes one hash of its own, for names that are nobody's. */
export const createPasswords = async (
  hasher: PasswordHasher,
  users: Pick<UserStore, 'renewHash'>
): Promise<Passwords> => {
  const nobodys = await hasher.hash(randomUUID())

  const renew = async (password: string, { user, hash }: AccountWithHash): Promise<void> => {
    const renewed = await hasher.hash(password).catch((error: unknown) => {
      if (error instanceof Unavailable) return undefined // the next login will do it
      throw error
    })
    if (renewed !== undefined) await users.renewHash(user.username, hash, renewed)
  }

  return {
    matches: async (password, account) => {
      const tooLong = isTooLong(password)
      const matches = await hasher.verify(tooLong ? '' : password, account?.hash ?? nobodys)
      if (!matches || tooLong || !account) return false
      if (hasher.isWeak(account.hash, password)) await renew(password, account)
      return true
    },
    hash: async password => {
      if (isTooLong(password)) throw new RangeError('The password is too long: ask for its weakness before.')
      return hasher.hash(password)
    },
    weakness: weaknessOf
  }
}

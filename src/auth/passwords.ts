import { randomUUID } from 'node:crypto'
import type { PasswordHasher } from './password-hasher.js'
import type { AccountWithHash } from './user.js'
import type { UserStore } from './user-store.js'

/** The password check of a login. */
export interface Passwords {
  /** Whether an account has this password. Without one it does the same work, so that the time doesn't tell. */
  matches(password: string, account: AccountWithHash | undefined): Promise<boolean>
  hash(password: string): Promise<string>
}

/** The password check with a hasher. Makes one hash of its own, for names that are nobody's. */
export const createPasswords = async (
  hasher: PasswordHasher,
  users: Pick<UserStore, 'renewHash'>
): Promise<Passwords> => {
  const nobodys = await hasher.hash(randomUUID())
  return {
    hash: password => hasher.hash(password),
    matches: async (password, account) => {
      const matches = await hasher.verify(password, account?.hash ?? nobodys)
      if (!matches || account === undefined) return false
      if (hasher.isWeak(account.hash)) {
        await users.renewHash(account.user.username, account.hash, await hasher.hash(password))
      }
      return true
    }
  }
}

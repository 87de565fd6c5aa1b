import { randomUUID } from 'node:crypto'
import type { PasswordHasher } from './password-hasher.js'
import type { UserInDB } from './user.js'

/** The password check of a login. */
export interface Passwords {
  /** Whether a user has this password. Without a user it does the same work, so that the time doesn't tell. */
  matches(password: string, user: UserInDB | undefined): Promise<boolean>
}

/** The password check with a hasher. Makes one hash of its own, for names that are nobody's. */
export const createPasswords = async (hasher: PasswordHasher): Promise<Passwords> => {
  const nobodys = await hasher.hash(randomUUID())
  return {
    matches: async (password, user) => {
      const matches = await hasher.verify(password, user?.hashed_password ?? nobodys)
      return matches && user !== undefined
    }
  }
}

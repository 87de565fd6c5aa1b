import { randomInt } from 'node:crypto'
import { isStorable, storablePart } from '../auth/storable.js'
import type { AccountWithHash, User } from '../auth/user.js'
import type { UserStore } from '../auth/user-store.js'

/** The chapter's `UserInDB`: a user as its database has it, the hash included. */
export interface UserInDB extends User {
  readonly hashed_password: string
}

const accountOf = (user: UserInDB, scopes: readonly string[] = [], version = 0): AccountWithHash => ({
  user,
  scopes,
  version,
  hash: user.hashed_password
})

const byCodePoints = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other))

/** A user store in memory, whose users show their hashes, as in the chapter. */
export const memoryUserStore = (list: readonly UserInDB[]): UserStore => {
  const byName = new Map(list.map(user => [user.username, accountOf(user)])) // in a Map `__proto__` is a name like any other
  const replace = (username: string, next: (account: AccountWithHash) => AccountWithHash): Promise<boolean> => {
    const account = byName.get(username)
    if (account) byName.set(username, next(account))
    return Promise.resolve(account !== undefined)
  }
  const find: UserStore['findWithHash'] = username => Promise.resolve(byName.get(username))
  return {
    find,
    findWithHash: find,
    list: (after, limit) => {
      const names = [...byName.keys()].sort(byCodePoints)
      const start = after === undefined ? '' : storablePart(after)
      const next = names.filter(name => after === undefined || byCodePoints(name, start) > 0)
      return Promise.resolve(next.slice(0, limit).flatMap(name => byName.get(name) ?? []))
    },
    add: ({ username, email = null, full_name = null, disabled = false, scopes, hash }) => {
      const isNew = isStorable(username) && !byName.has(username)
      const user = { username, email, full_name, disabled, hashed_password: hash }
      if (isNew) byName.set(username, accountOf(user, scopes, randomInt(2 ** 47)))
      return Promise.resolve(isNew)
    },
    change: (username, { scopes, hash, ...fields }) =>
      replace(username, old => {
        const ends = scopes !== undefined || hash !== undefined || fields.disabled !== undefined
        const user = { ...old.user, ...fields, hashed_password: hash ?? old.hash }
        return accountOf(user, scopes ?? old.scopes, old.version + (ends ? 1 : 0))
      }),
    renewHash: async (username, from, to) => {
      await replace(username, old =>
        old.hash === from ? accountOf({ ...old.user, hashed_password: to }, old.scopes, old.version) : old
      )
    },
    revoke: username => replace(username, old => ({ ...old, version: old.version + 1 })),
    remove: username => Promise.resolve(byName.delete(username))
  }
}

import type { Account } from '../../src/auth/user.js'
import { memoryUserStore } from '../../src/chapter/memory-user-store.js'
import { describeUserStore } from '../database/user-store-suite.js'

/** An account without what the chapter shows of it. */
const withoutHash = <A extends Account>(account: A): A => ({
  ...account,
  user: Object.fromEntries(Object.entries(account.user).filter(([name]) => name !== 'hashed_password'))
})

describeUserStore('users in memory', () => {
  const users = memoryUserStore([])
  return Promise.resolve({
    users: {
      ...users,
      find: async username => {
        const account = await users.findWithHash(username)
        return account && withoutHash({ user: account.user, scopes: account.scopes, version: account.version })
      },
      findWithHash: async username => {
        const account = await users.findWithHash(username)
        return account && withoutHash(account)
      },
      list: async (after, limit) => {
        const accounts = await users.list(after, limit)
        return accounts.map(({ user, scopes, version }) => withoutHash({ user, scopes, version }))
      }
    },
    close: () => Promise.resolve()
  })
})

import { timingSafeEqual } from 'node:crypto'
import type { PasswordHasher } from '../auth/password-hasher.js'
import type { TokenCodec } from '../auth/token-codec.js'
import type { UserInDB, UserStore } from '../auth/user.js'

/**
 * The chapter's `fake_users_db`, `fake_hash_password` and `fake_decode_token`. None of it is secure: it is here so that
 * the flow can be seen and tried. Replace all three before real users come.
 */
const users: readonly UserInDB[] = [
  {
    username: 'johndoe',
    full_name: 'John Doe',
    email: 'johndoe@example.com',
    hashed_password: 'fakehashedsecret',
    disabled: false
  },
  {
    username: 'alice',
    full_name: 'Alice Wonderson',
    email: 'alice@example.com',
    hashed_password: 'fakehashedsecret2',
    disabled: true
  }
]

/** A user store in memory. */
export const memoryUserStore = (list: readonly UserInDB[]): UserStore => {
  const byName = new Map(list.map(user => [user.username, user])) // a Map, in which `__proto__` is a name like any other
  return { find: username => Promise.resolve(byName.get(username)) }
}

/** The chapter's users: johndoe (password `secret`) and alice (password `secret2`), who is disabled. */
export const fakeUserStore: UserStore = memoryUserStore(users)

/** The chapter's hash: the password with a prefix. */
export const fakePasswordHasher: PasswordHasher = {
  hash: password => Promise.resolve(`fakehashed${password}`),
  verify: (password, hash) => {
    const given = Buffer.from(`fakehashed${password}`)
    const stored = Buffer.from(hash)
    return Promise.resolve(given.length === stored.length && timingSafeEqual(given, stored))
  }
}

/** The chapter's token: the username. */
export const fakeTokenCodec: TokenCodec = {
  issue: user => Promise.resolve(user.username),
  decode: token => Promise.resolve(token)
}

/** What is said at start where these are used. */
export const fakeNotice = 'The security is fake, as in the chapter: never use it for real users.'

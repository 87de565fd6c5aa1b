import type { OAuthWords } from '../auth/oauth-words.js'
import type { PasswordHasher } from '../auth/password-hasher.js'
import type { TokenCodec } from '../auth/token-codec.js'
import type { UserInDB } from './memory-user-store.js'

/**
 * The chapter's `fake_users_db`, `fake_hash_password` and `fake_decode_token`. None of it is secure: it is here so that
 * the flow can be seen and tried, as long as there is no database. The users are johndoe (password `secret`) and alice
 * (password `secret2`), who is disabled. Their fields are in the order of the chapter's `User`, as its application replies.
 */
export const fakeUsers: readonly UserInDB[] = [
  {
    username: 'johndoe',
    email: 'johndoe@example.com',
    full_name: 'John Doe',
    disabled: false,
    hashed_password: 'fakehashedsecret'
  },
  {
    username: 'alice',
    email: 'alice@example.com',
    full_name: 'Alice Wonderson',
    disabled: true,
    hashed_password: 'fakehashedsecret2'
  }
]

/** The chapter's hash: the password with a prefix. */
export const fakePasswordHasher: PasswordHasher = {
  hash: password => Promise.resolve(`fakehashed${password}`),
  verify: (password, hash) => Promise.resolve(hash === `fakehashed${password}`),
  isWeak: () => false
}

/** The chapter's token: the username. It is good for everything. */
export const fakeTokenCodec: TokenCodec = {
  issue: ({ user }) => Promise.resolve({ access_token: user.username, token_type: 'bearer' }),
  decode: token => Promise.resolve({ username: token, scopes: 'all' })
}

/** The chapter has no words for OAuth clients, but its `detail`. */
export const fakeOAuthWords: OAuthWords = { fields: () => ({}), challenge: () => ({}) }

/** What is said at start where these are used. */
export const fakeNotice = 'The security is fake, as in the chapter: never use it for real users.'

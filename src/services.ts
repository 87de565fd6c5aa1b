import type { AuthLog } from './auth/auth-log.js'
import { type LoginThrottle, noThrottle } from './auth/login-throttle.js'
import type { OAuthWords } from './auth/oauth-words.js'
import { createPasswords, type Passwords } from './auth/passwords.js'
import type { TokenCodec } from './auth/token-codec.js'
import type { UserStore } from './auth/user-store.js'
import { fakeNotice, fakeOAuthWords, fakePasswordHasher, fakeTokenCodec, fakeUsers } from './chapter/fake.js'
import { memoryUserStore } from './chapter/memory-user-store.js'
import { chapterProblems } from './chapter/problems.js'
import type { Compose } from './composition.js'
import type { Problems } from './contract/index.js'

/** What handlers can use. A service of your own is added here and in `compose`, and nowhere else. */
export interface Services {
  readonly users: UserStore
  readonly passwords: Passwords
  readonly tokens: TokenCodec
  readonly throttle: LoginThrottle
  readonly oauth: OAuthWords
  /** What happens to users and logins. */
  readonly log: AuthLog
}

/** The words of the server's own replies, without a database. */
export const problems: Problems = chapterProblems

/**
 * The composition root: decides which users, passwords and tokens there are. `npm start`, `npm run dev` and the tests
 * all take their services from here.
 */
export const compose: Compose<Services> = async () => {
  const users = memoryUserStore(fakeUsers)
  return {
    services: {
      users,
      passwords: await createPasswords(fakePasswordHasher, users),
      tokens: fakeTokenCodec,
      throttle: noThrottle,
      oauth: fakeOAuthWords,
      log: () => undefined
    },
    problems,
    notices: [fakeNotice]
  }
}

import type { PasswordHasher } from './auth/password-hasher.js'
import { createPasswords, type Passwords } from './auth/passwords.js'
import type { TokenCodec } from './auth/token-codec.js'
import type { UserStore } from './auth/user.js'
import { fakeNotice, fakePasswordHasher, fakeTokenCodec, fakeUserStore } from './chapter/fake.js'
import { chapterProblems } from './chapter/problems.js'
import type { Config } from './config.js'
import type { Problems } from './contract/index.js'

/** What handlers can use. A service of your own is added here and in `createServices`, and nowhere else. */
export interface Services {
  readonly users: UserStore
  readonly passwords: Passwords
  readonly tokens: TokenCodec
}

/** The words of the server's own replies: 404, 405, 413, 415, 422, 500 and the refusals of security handlers. */
export const problems: Problems = chapterProblems

/** What is printed at start about the services that were chosen. */
export const notices: readonly string[] = [fakeNotice]

/**
 * The composition root: decides which users, passwords and tokens there are. `npm start`, `npm run dev` and the tests
 * all take their services from here.
 */
export const createServices = async (_config: Config): Promise<Services> => {
  const hasher: PasswordHasher = fakePasswordHasher
  return { users: fakeUserStore, passwords: await createPasswords(hasher), tokens: fakeTokenCodec }
}

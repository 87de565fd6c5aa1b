import { authLog, type AuthLog, countLogins } from './auth/auth-log.js'
import { memoryCounter } from './auth/counter.js'
import { guessThrottle } from './auth/guess-throttle.js'
import { type LoginThrottle, noThrottle } from './auth/login-throttle.js'
import { oauthProblems } from './auth/oauth-problems.js'
import { type OAuthWords, oauthWords } from './auth/oauth-words.js'
import { authMeasures } from './auth/auth-measures.js'
import { createPasswords, type Passwords } from './auth/passwords.js'
import type { TokenCodec } from './auth/token-codec.js'
import type { UserStore } from './auth/user-store.js'
import { fakeNotice, fakeOAuthWords, fakePasswordHasher, fakeTokenCodec, fakeUsers } from './chapter/fake.js'
import { memoryUserStore } from './chapter/memory-user-store.js'
import { chapterProblems } from './chapter/problems.js'
import type { Compose } from './composition.js'
import { allScopes, type Problems } from './contract/index.js'
import { problemDetails } from './http/problem-details.js'

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

/**
 * The words of the server's own replies, without a database: the chapter's, and RFC 9457's for each status for which an
 * operation declares `application/problem+json`.
 */
export const problems: Problems = { ...chapterProblems, others: [problemDetails] }

/**
 * The composition root: decides which users, passwords and tokens there are. `npm start`, `npm run dev` and the tests
 * all take their services from here. With a database they are real, without one they are the chapter's.
 */
export const compose: Compose<Services> = (config, surroundings) =>
  config.databaseUrl === '' ? composeFake() : composeReal(config, surroundings)

const composeFake = async () => {
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

const composeReal: Compose<Services> = async (config, { contract, log, counter = memoryCounter }) => {
  // Loaded only here: a server without a database starts in two thirds of the time.
  const { openAccounts } = await import('./accounts.js')
  const { readTokenKeys } = await import('./auth/token-keys.js')
  const { jwtCodec } = await import('./auth/jwt-codec.js')
  const { database, passwords, gate } = await openAccounts(config, log)
  const { users, knownAddresses, pool, file } = database
  try {
    const inDatabase = pool && (await import('./auth/postgres-counter.js')).postgresCounter
    const keys = await readTokenKeys({
      secrets: config.tokenSecrets,
      keyFiles: config.tokenKeyFiles,
      secretFile: file && `${file}.token-secret`
    })
    const tokens = jwtCodec({
      keys,
      issuer: config.tokenIssuer,
      audience: config.tokenAudience,
      minutes: config.tokenMinutes,
      declaredScopes: () => allScopes(contract())
    })
    const limits = {
      accountAndAddress: { failures: config.loginFailures, minutes: config.loginMinutes },
      address: { failures: config.addressFailures, minutes: config.addressMinutes },
      account: { failures: config.userFailures, minutes: config.userMinutes }
    }
    const throttle = await guessThrottle({
      limits,
      knownAddresses,
      counter: minutes => (pool && inDatabase ? inDatabase(pool, minutes) : counter(minutes))
    })
    const logins = countLogins(authLog(log))
    const isEmpty = (await users.list(undefined, 1)).length === 0
    return {
      services: { users, passwords, tokens, throttle, oauth: oauthWords, log: logins.log },
      problems: oauthProblems(problems, oauthWords),
      notices: isEmpty ? ['There are no users yet: npm run users -- add NAME'] : [],
      documents: keys.jwks ? { '/.well-known/jwks.json': keys.jwks } : {},
      looks: { database: () => database.ping(), migrations: () => database.checkSchema() },
      measures: authMeasures(logins.counts, gate),
      close: () => database.close()
    }
  } catch (error) {
    await database.close()
    throw error
  }
}

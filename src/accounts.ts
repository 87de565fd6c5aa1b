import { argon2Hasher } from './auth/argon2-hasher.js'
import { createPasswords, type Passwords } from './auth/passwords.js'
import type { UserStore } from './auth/user-store.js'
import type { Config } from './config.js'
import { type Database, openDatabase } from './database/open-database.js'
import type { Log } from './log.js'

/** Real users, as the server has them. */
export interface Accounts {
  readonly database: Database
  readonly passwords: Passwords
}

/**
 * The passwords of real users, hashed as the configuration says. Makes one hash, so who hashes nothing does without.
 *
 * @throws {ConfigError} if the hashes would cost absurdly much
 */
export const openPasswords = async (config: Config, users: Pick<UserStore, 'renewHash'>): Promise<Passwords> =>
  createPasswords(
    argon2Hasher({
      memoryMiB: config.hashMemoryMiB,
      passes: config.hashPasses,
      parallelism: config.hashParallelism,
      queue: config.hashQueue,
      threads: config.threads,
      workers: config.workers
    }),
    users
  )

/**
 * Opens the database that the configuration names, with the hashes of its passwords.
 *
 * @param log takes a line when the database goes away, and when it is back
 * @throws {ConfigError} if it can't be used
 */
export const openAccounts = async (config: Config, log: Log): Promise<Accounts> => {
  const database = await openDatabase(config.databaseUrl, log)
  try {
    return { database, passwords: await openPasswords(config, database.users) }
  } catch (error) {
    await database.close()
    throw error
  }
}

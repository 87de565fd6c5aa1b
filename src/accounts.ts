import { argon2Hasher } from './auth/argon2-hasher.js'
import { createPasswords, type Passwords } from './auth/passwords.js'
import { createGate, type Gate } from './auth/gate.js'
import type { UserStore } from './auth/user-store.js'
import type { Config } from './config.js'
import { type Database, openDatabase } from './database/open-database.js'
import type { Log } from './log.js'

/** Real users, as the server has them. */
export interface Accounts {
  readonly database: Database
  readonly passwords: Passwords
  /** Where passwords wait to be hashed. */
  readonly gate: Gate
}

/**
 * The passwords of real users, hashed as the configuration says. Makes one hash, so who hashes nothing does without.
 *
 * @throws {ConfigError} if the hashes would cost absurdly much
 */
export const openPasswords = async (
  config: Config,
  users: Pick<UserStore, 'renewHash'>,
  gate = gateOf(config)
): Promise<Passwords> =>
  createPasswords(
    argon2Hasher({
      memoryMiB: config.hashMemoryMiB,
      passes: config.hashPasses,
      parallelism: config.hashParallelism,
      gate
    }),
    users
  )

const gateOf = ({ hashQueue: queue, threads, workers }: Config): Gate => createGate({ queue, threads, workers })

/**
 * Opens the database that the configuration names, with the hashes of its passwords.
 *
 * @param log takes a line when the database goes away, and when it is back
 * @throws {ConfigError} if it can't be used
 */
export const openAccounts = async (config: Config, log: Log): Promise<Accounts> => {
  const database = await openDatabase(config.databaseUrl, log)
  try {
    const gate = gateOf(config)
    return { database, passwords: await openPasswords(config, database.users, gate), gate }
  } catch (error) {
    await database.close()
    throw error
  }
}

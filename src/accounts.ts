import { argon2Hasher } from './auth/argon2-hasher.js'
import { createPasswords, type Passwords } from './auth/passwords.js'
import type { Config } from './config.js'
import { type Database, openDatabase } from './database/open-database.js'

/** Real users, as the server and the command line have them. */
export interface Accounts {
  readonly database: Database
  readonly passwords: Passwords
}

/**
 * Opens the database that the configuration names, with the hashes of its passwords.
 *
 * @param log takes a line when the database goes away, and when it is back
 * @throws {ConfigError} if it can't be used
 */
export const openAccounts = async (config: Config, log: (text: string) => void): Promise<Accounts> => {
  const hasher = argon2Hasher({
    memoryMiB: config.hashMemoryMiB,
    passes: config.hashPasses,
    parallelism: config.hashParallelism,
    queue: config.hashQueue,
    threads: config.threads
  })
  const database = await openDatabase(config.databaseUrl, log)
  return { database, passwords: await createPasswords(hasher, database.users) }
}

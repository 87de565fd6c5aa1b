import type pg from 'pg'
import type { KnownAddresses } from '../auth/login-throttle.js'
import type { UserStore } from '../auth/user-store.js'
import { ConfigError } from '../config.js'
import type { Log } from '../log.js'
import { createKnownAddresses } from './known-addresses.js'
import { isMigrated } from './schema.js'
import type { SqlDatabase } from './sql-database.js'
import { openSqlite } from './sqlite.js'
import { createUserStore } from './users.js'

/** An open database. What its parts throw is `Unavailable` if trying again may help. */
export interface Database {
  readonly kind: 'sqlite' | 'postgres'
  /** The file of SQLite, as the URL has it. */
  readonly file: string | undefined
  readonly users: UserStore
  readonly knownAddresses: KnownAddresses
  /** The connections to PostgreSQL, for what several machines share. */
  readonly pool: pg.Pool | undefined
  /** Rejects if the database doesn't answer. */
  ping(): Promise<void>
  /** Rejects if its schema isn't that of this code. */
  checkSchema(): Promise<void>
  close(): Promise<void>
}

/**
 * Opens a database, and brings its schema up to date.
 *
 * @param url `sqlite:` and a path, from the working directory on, or `postgres://user:password@host/database`
 * @param log takes a line when the database goes away, and when it is back
 * @throws {ConfigError} if it can't be used. The message has no password in it
 */
export const openDatabase = async (url: string, log: Log): Promise<Database> => {
  const [, path] = /^sqlite:((?!\/\/|:memory:).+)$/.exec(url) ?? []
  if (path !== undefined) {
    const sqlite = await openSqlite(path, log)
    return { kind: 'sqlite', file: path, pool: undefined, ...partsOf(sqlite) }
  }
  if (/^postgres(?:ql)?:\/\//.test(url) && URL.canParse(url)) {
    const { openPostgres } = await import('./postgres.js') // SQLite starts sooner without it
    const postgres = await openPostgres(url, log)
    return { kind: 'postgres', file: undefined, pool: postgres.pool, ...partsOf(postgres) }
  }
  throw new ConfigError(
    'DATABASE_URL takes sqlite: and the path of a file, such as sqlite:data/users.db, or a URL such as postgres://user:password@host:5432/database, in which special characters of the password are percent-encoded.'
  )
}

const partsOf = (
  database: SqlDatabase
): Pick<Database, 'users' | 'knownAddresses' | 'ping' | 'checkSchema' | 'close'> => ({
  users: createUserStore(database),
  knownAddresses: createKnownAddresses(database),
  ping: async () => {
    await database.db.selectFrom('users').select('version').limit(1).execute()
  },
  checkSchema: async () => {
    if (!(await isMigrated(database.db))) throw new Error('A migration of the database is missing.')
  },
  close: () => database.close()
})

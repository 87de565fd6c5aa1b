import { closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type CompiledQuery, Kysely } from 'kysely'
import { ConfigError } from '../config.js'
import type { Log } from '../log.js'
import { Unavailable } from '../unavailable.js'
import { type Availability, createAvailability } from './availability.js'
import { migrate, type Schema } from './schema.js'
import type { SqlDatabase } from './sql-database.js'
import { sqliteDialect, type WhenFree } from './sqlite-dialect.js'
import { connectSqlite, resultCode, type SqliteConnection, type SqliteStatement } from './sqlite-library.js'

/** How long a query waits for a file that another process writes to, and the start of a server, in milliseconds. */
const patience = 2_000
const patienceAtStart = 30_000

const busy = 5 // SQLITE_BUSY

/** SQLITE_PERM, READONLY, IOERR, FULL, CANTOPEN, AUTH. */
const mendable = [3, 8, 10, 13, 14, 23]

/**
 * Opens a file, and makes it and its folder if there is none: nobody but its owner may read it.
 *
 * @throws {ConfigError} if it can't be used
 */
export const openSqlite = async (file: string, log: Log): Promise<SqlDatabase> => {
  const path = resolve(file)
  const sqlite = await connect(path)
  const availability = createAvailability(log)
  const whenFree = waiting(patience, availability)
  const db = new Kysely<Schema>({ dialect: sqliteDialect(sqlite, whenFree) })
  return {
    db,
    prepare: <Row>(_name: string, { sql }: CompiledQuery<Row>) => {
      let statement: SqliteStatement | undefined
      const all = (parameters: readonly string[]) => (): Row[] => {
        const held = (statement ??= sqlite.prepare(sql))
        statement = undefined // not to be used again if it fails
        const rows = held.all(parameters) as Row[]
        statement = held
        return rows
      }
      return (...parameters) => whenFree(all(parameters))
    },
    close: () => {
      sqlite.close()
      return Promise.resolve()
    }
  }
}

const connect = async (path: string): Promise<SqliteConnection> => {
  let sqlite: SqliteConnection | undefined
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    closeSync(openSync(path, 'a', 0o600)) // SQLite gives the files beside it the same mode
    const connection = (sqlite = await connectSqlite(path))
    const whenFree = waiting(
      patienceAtStart,
      createAvailability(() => undefined)
    )
    // Waiting is done here, by timers: SQLite's own would stop the process meanwhile.
    connection.exec('pragma busy_timeout = 0')
    await whenFree(() => connection.exec('pragma journal_mode = wal'))
    connection.exec('pragma synchronous = full')
    await migrate(new Kysely<Schema>({ dialect: sqliteDialect(connection, whenFree) }), 'binary')
    return connection
  } catch (error) {
    sqlite?.close()
    const reason = reasonOf(error)
    if (reason === undefined) throw error
    throw new ConfigError(`DATABASE_URL names ${path}, which ${reason}.`, { cause: error })
  }
}

/** What is wrong with a file, if it is something that the operator can mend. */
const reasonOf = (error: unknown): string | undefined => {
  if (error instanceof Unavailable) return `another process has locked for ${patienceAtStart / 1000} s`
  const { code, message, syscall } = Object(error) as Partial<NodeJS.ErrnoException>
  if (syscall !== undefined) return `can't be used (${code})`
  const result = resultCode(error)
  if (result === 26) return 'is no SQLite database'
  return result !== undefined && mendable.includes(result) ? `can't be used (${message})` : undefined
}

/** Tries again while the file is locked, in `limit` milliseconds at most. */
const waiting =
  (limit: number, availability: Availability): WhenFree =>
  async work => {
    const began = performance.now()
    for (;;) {
      try {
        const value = work()
        availability.answered(began)
        return value
      } catch (error) {
        if (resultCode(error) !== busy) throw error
        if (performance.now() - began > limit) throw availability.failed('another process has locked the file', error)
      }
      await sleep(2 + Math.random() * 20)
    }
  }

import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  RawNode,
  SelectQueryNode,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler
} from 'kysely'
import type { SqliteConnection, SqliteValue } from './sqlite-library.js'

/** Does something that finds the file locked (SQLITE_BUSY) again and again, until it is free. */
export type WhenFree = <Value>(work: () => Value) => Promise<Value>

/**
 * Kysely on one connection to SQLite. A query that writes is a transaction of its own, from its beginning to its end in
 * one go, so that no other query of this process comes between. Transactions of several queries are for migrations, when
 * nobody else has the connection.
 */
export const sqliteDialect = (sqlite: SqliteConnection, whenFree: WhenFree): Dialect => ({
  createDriver: () => sqliteDriver(sqlite, whenFree),
  createQueryCompiler: () => new SqliteQueryCompiler(),
  createAdapter: () => new MigratingAdapter(),
  createIntrospector: db => new SqliteIntrospector(db)
})

/** Lets Kysely's migrator run in a transaction, which is the lock that holds across processes. */
class MigratingAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

const sqliteDriver = (sqlite: SqliteConnection, whenFree: WhenFree): Driver => {
  let inTransaction = false
  const end = (how: 'commit' | 'rollback') => (): Promise<void> => {
    sqlite.exec(how)
    inTransaction = false
    return Promise.resolve()
  }
  const write = (query: CompiledQuery): number => {
    const run = (): number => sqlite.prepare(query.sql).run(valuesOf(query))
    return inTransaction ? run() : transaction(sqlite, run)
  }
  const connection: DatabaseConnection = {
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- as Kysely declares it
    executeQuery: <Row>(query: CompiledQuery) =>
      whenFree(() =>
        isSelect(query)
          ? { rows: sqlite.prepare(query.sql).all(valuesOf(query)) as Row[] }
          : { rows: [], numAffectedRows: BigInt(write(query)) }
      ),
    streamQuery: () => {
      throw new Error('Rows are not streamed')
    }
  }
  return {
    init: () => Promise.resolve(),
    acquireConnection: () => Promise.resolve(connection),
    beginTransaction: async () => {
      await whenFree(() => sqlite.exec('begin immediate'))
      inTransaction = true
    },
    commitTransaction: end('commit'),
    rollbackTransaction: end('rollback'),
    releaseConnection: () => Promise.resolve(),
    destroy: () => Promise.resolve()
  }
}

const isSelect = ({ query, sql }: CompiledQuery): boolean =>
  SelectQueryNode.is(query) || (RawNode.is(query) && sql.startsWith('select '))

const valuesOf = ({ parameters }: CompiledQuery): readonly SqliteValue[] => parameters as readonly SqliteValue[]

/**
 * A transaction that has the lock before it does anything. In `libsql`, a statement that found the file locked stays
 * open, and nothing that is written after it is committed.
 */
const transaction = <Value>(sqlite: SqliteConnection, work: () => Value): Value => {
  sqlite.exec('begin immediate')
  try {
    const value = work()
    sqlite.exec('commit')
    return value
  } catch (error) {
    try {
      sqlite.exec('rollback')
    } catch {
      // SQLite has done so by itself, as after a full disk.
    }
    throw error
  }
}

import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresDialect,
  PostgresIntrospector,
  PostgresQueryCompiler,
  sql
} from 'kysely'
import pg from 'pg'
import { ConfigError } from '../config.js'
import type { Log } from '../log.js'
import { createAvailability } from './availability.js'
import { migrate, type Schema } from './schema.js'
import type { SqlDatabase } from './sql-database.js'

/** How long a connection, and then a query, may take, in milliseconds. */
const patience = 1_500

/** The same at the start of a server, which may have to wait for another one that changes the schema. */
const patienceAtStart = { connectionTimeoutMillis: 5_000, query_timeout: 60_000 }

/** The SQLSTATEs of what passes by itself: connection, resources, operator, system; locks, deadlocks, a standby. */
const passing = /^(?:08|53|57|58)|^(?:55P03|40001|40P01|25006)$/

/** An SQLSTATE that the operator can mend, and what is wrong. */
const mendable: Readonly<Record<string, string>> = {
  '28P01': 'refuses the user or the password',
  '28000': 'refuses the user',
  '3D000': 'has no database of that name',
  '42501': "doesn't let this user make tables"
}

/**
 * Connects to PostgreSQL.
 *
 * @throws {ConfigError} if it can't be used: the message has nothing of the URL, of which any part may be secret
 */
export const openPostgres = async (
  connectionString: string,
  log: Log
): Promise<SqlDatabase & { readonly pool: pg.Pool }> => {
  await prepareDatabase(connectionString)
  const pool = new pg.Pool({
    connectionString,
    max: 10,
    connectionTimeoutMillis: patience,
    statement_timeout: patience,
    query_timeout: patience,
    keepAlive: true,
    types: { getTypeParser }
  })
  pool.on('error', ignoreIdle)
  const availability = createAvailability(log)

  const query: Query = async config => {
    const began = performance.now()
    try {
      const result = await pool.query<object>(config)
      availability.answered(began)
      return result
    } catch (error) {
      if (pool.ending || !passes(error)) throw error
      throw availability.failed(reasonOf(error), error)
    }
  }
  const db = new Kysely<Schema>({
    dialect: {
      createDriver: () => poolDriver(query),
      createQueryCompiler: () => new PostgresQueryCompiler(),
      createAdapter: () => new PostgresAdapter(),
      createIntrospector: db => new PostgresIntrospector(db)
    }
  })
  return {
    db,
    pool,
    prepare:
      <Row>(name: string, { sql: text }: CompiledQuery<Row>) =>
      async (...parameters) =>
        (await query({ name, text, values: [...parameters] })).rows as Row[],
    close: () => pool.end()
  }
}

/** A connection that fails while nobody uses it is replaced; whether the database is away, the next query finds out. */
const ignoreIdle = (): void => undefined

/** PostgreSQL's bigint as a number: all of ours are safe integers. */
const getTypeParser: typeof pg.types.getTypeParser = (oid, format): unknown =>
  oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format)

/** Tries the connection, and brings the schema up to date: on a connection of its own, under Kysely's advisory lock. */
const prepareDatabase = async (connectionString: string): Promise<void> => {
  const pool = new pg.Pool({ connectionString, max: 1, ...patienceAtStart })
  pool.on('error', ignoreIdle)
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })
  try {
    const { rows } = await sql<{ readonly server_encoding: string }>`show server_encoding`.execute(db)
    if (rows[0]?.server_encoding !== 'UTF8')
      throw new ConfigError('The database of DATABASE_URL must have the encoding UTF8.')
    await migrate(db, 'C')
  } catch (error) {
    const code = error instanceof pg.DatabaseError ? error.code : undefined
    const reason = code === undefined ? undefined : mendable[code]
    if (reason !== undefined) throw new ConfigError(`The PostgreSQL of DATABASE_URL ${reason}.`, { cause: error })
    if (error instanceof ConfigError || !passes(error)) throw error
    throw new ConfigError(`The PostgreSQL of DATABASE_URL can't be reached (${reasonOf(error)}).`, { cause: error })
  } finally {
    await db.destroy()
  }
}

/** Whether trying again later may help. What PostgreSQL doesn't say itself is about the connection. */
const passes = (error: unknown): boolean =>
  error instanceof pg.DatabaseError ? passing.test(error.code ?? '') : !(error instanceof TypeError)

const reasonOf = (error: unknown): string => {
  const { code, message } = Object(error) as Partial<NodeJS.ErrnoException>
  return code ?? message ?? 'unknown'
}

type Query = (config: pg.QueryConfig) => Promise<pg.QueryResult<object>>

/**
 * Kysely on a pool, each query on a connection of its own. (Kysely's own driver gives a connection whose query timed out
 * back to the pool, where the next query waits behind that one; the pool's `query` drops it.)
 */
const poolDriver = (query: Query): Driver => {
  const connection: DatabaseConnection = {
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- as Kysely declares it
    executeQuery: async <Row>({ sql: text, parameters }: CompiledQuery) => {
      const { rows, rowCount } = await query({ text, values: [...parameters] })
      return { rows: rows as Row[], numAffectedRows: BigInt(rowCount ?? 0) }
    },
    streamQuery: () => {
      throw new Error('Rows are not streamed')
    }
  }
  const noTransactions = (): Promise<never> => Promise.reject(new Error('There are no transactions of several queries'))
  return {
    init: () => Promise.resolve(),
    acquireConnection: () => Promise.resolve(connection),
    beginTransaction: noTransactions,
    commitTransaction: noTransactions,
    rollbackTransaction: noTransactions,
    releaseConnection: () => Promise.resolve(),
    destroy: () => Promise.resolve()
  }
}

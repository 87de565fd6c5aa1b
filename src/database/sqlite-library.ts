import { ConfigError } from '../config.js'

/** A value that SQLite knows. */
export type SqliteValue = string | number | null

/** A prepared statement. */
export interface SqliteStatement {
  /** The rows of a query. */
  all(values: readonly SqliteValue[]): unknown[]
  /** Returns how many rows were changed. */
  run(values: readonly SqliteValue[]): number
}

/** A connection to a file. All of it is synchronous. */
export interface SqliteConnection {
  exec(sql: string): void
  prepare(sql: string): SqliteStatement
  close(): void
}

/** `node:sqlite`, as far as it is used here: the types of Node.js 20 don't have it. */
interface NodeSqlite {
  readonly DatabaseSync: new (path: string) => {
    exec(sql: string): void
    prepare(sql: string): {
      all(...values: readonly SqliteValue[]): unknown[]
      run(...values: readonly SqliteValue[]): { readonly changes: number | bigint }
    }
    close(): void
  }
}

/** Opens a file with the SQLite of Node.js, which 22.13 has, or else with the package `libsql`. */
export const connectSqlite = async (path: string): Promise<SqliteConnection> => {
  const builtIn = nodeSqlite()
  return builtIn ? connectWithNode(builtIn, path) : connectWithLibsql(path)
}

/** The primary result code of an error of SQLite, such as 5 for SQLITE_BUSY (sqlite.org/rescode.html). */
export const resultCode = (error: unknown): number | undefined => {
  const { errcode, rawCode } = Object(error) as { readonly errcode?: unknown; readonly rawCode?: unknown }
  const code = errcode ?? rawCode
  return typeof code === 'number' ? code & 0xff : undefined
}

const nodeSqlite = (): NodeSqlite | undefined => {
  const node: {
    emitWarning: unknown
    /** Nor do they have this. */
    readonly getBuiltinModule?: (id: string) => unknown
  } = process
  const { emitWarning } = node
  node.emitWarning = () => undefined // Node.js 22 and 24 say that it is experimental
  try {
    return node.getBuiltinModule?.('node:sqlite') as NodeSqlite | undefined
  } finally {
    node.emitWarning = emitWarning
  }
}

const connectWithNode = ({ DatabaseSync }: NodeSqlite, path: string): SqliteConnection => {
  const database = new DatabaseSync(path)
  return {
    exec: sql => database.exec(sql),
    prepare: sql => {
      const statement = database.prepare(sql)
      return { all: values => statement.all(...values), run: values => Number(statement.run(...values).changes) }
    },
    close: () => database.close()
  }
}

const connectWithLibsql = async (path: string): Promise<SqliteConnection> => {
  const database = new (await importLibsql())(path)
  return {
    exec: sql => void database.exec(sql),
    prepare: sql => {
      const statement = database.prepare(sql)
      // An array, because a lone `null` would be taken for no values at all.
      return { all: values => statement.all([...values]), run: values => statement.run([...values]).changes }
    },
    close: () => void database.close()
  }
}

const importLibsql = async () => {
  try {
    return (await import('libsql')).default
  } catch (error) {
    throw new ConfigError(
      'DATABASE_URL names a SQLite file, for which this Node.js needs the package libsql: `npm install libsql`, or take Node.js 22.13 or newer.',
      { cause: error }
    )
  }
}

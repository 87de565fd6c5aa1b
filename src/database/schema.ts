import { type Kysely, type Migration, Migrator, sql } from 'kysely'
import { ConfigError } from '../config.js'

/** The tables, the same in SQLite and in PostgreSQL. There are no booleans: SQLite has none, and `libsql` aborts on one. */
export interface Schema {
  readonly users: {
    readonly username: string
    readonly email: string | null
    readonly full_name: string | null
    /** 0, 1, or null. */
    readonly disabled: number | null
    /** Separated by spaces. */
    readonly scopes: string
    readonly version: number
    readonly password_hash: string
    /** In seconds since 1970. */
    readonly created_at: number
  }
  readonly known_addresses: {
    readonly key: string
    /** In seconds since 1970. */
    readonly last_login: number
  }
}

/** The name of the order of texts by their code points. */
export type Collation = 'binary' | 'C'

/** In the order of their names. One that has been released never changes. */
const migrations = (collation: Collation): Record<string, Migration> => ({
  '0001-users': {
    up: async db => {
      await db.schema
        .createTable('users')
        .addColumn('username', sql`text collate ${sql.ref(collation)}`, column => column.primaryKey().notNull())
        .addColumn('email', 'text')
        .addColumn('full_name', 'text')
        .addColumn('disabled', 'smallint')
        .addColumn('scopes', 'text', column => column.notNull())
        .addColumn('version', 'bigint', column => column.notNull())
        .addColumn('password_hash', 'text', column => column.notNull())
        .addColumn('created_at', 'bigint', column => column.notNull())
        .execute()
      await db.schema
        .createTable('known_addresses')
        .addColumn('key', 'text', column => column.primaryKey().notNull())
        .addColumn('last_login', 'bigint', column => column.notNull())
        .execute()
      await db.schema.createIndex('known_addresses_last_login').on('known_addresses').column('last_login').execute()
    }
  }
})

const migratorOf = (db: Kysely<Schema>, collation: Collation): Migrator =>
  new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations(collation)) } })

/** Whether a database has the schema of this code, or that of newer code, which began with it. */
export const isMigrated = async (db: Kysely<Schema>): Promise<boolean> =>
  (await migratorOf(db, 'binary').getMigrations()).every(({ executedAt }) => executedAt !== undefined)

/**
 * Brings a database to the schema of this code. Several processes may do so at once.
 *
 * @throws {ConfigError} if newer code has been here
 */
export const migrate = async (db: Kysely<Schema>, collation: Collation): Promise<void> => {
  const { error } = await migratorOf(db, collation).migrateToLatest()
  if (error === undefined) return
  const { message } = Object(error) as Partial<Error>
  const [, newer] = /^corrupted migrations: previously executed migration (\S+) is missing/.exec(message ?? '') ?? []
  if (newer === undefined) throw error as Error
  throw new ConfigError(
    `The database of DATABASE_URL was last used by a newer version of this server, which made ${newer}: start that one.`,
    { cause: error }
  )
}

import type { CompiledQuery, Kysely } from 'kysely'
import type { Schema } from './schema.js'

/** What there is to SQLite and to PostgreSQL. What a query throws is `Unavailable` if trying again may help. */
export interface SqlDatabase {
  readonly db: Kysely<Schema>
  /** Prepares a query that each request needs: all it costs from then on is what the database does. */
  prepare<Row>(name: string, query: CompiledQuery<Row>): (...parameters: readonly string[]) => Promise<readonly Row[]>
  close(): Promise<void>
}

import { LRUCache } from 'lru-cache'
import type { KnownAddresses } from '../auth/login-throttle.js'
import type { Schema } from './schema.js'
import type { SqlDatabase } from './sql-database.js'

/** In seconds: how long an address is known after a login, and how often it is written down. */
const day = 86_400
const lifetime = 90 * day

/**
 * Known addresses in a database.
 *
 * @param now the time, in seconds since 1970
 */
export const createKnownAddresses = (
  database: SqlDatabase,
  now = (): number => Math.floor(Date.now() / 1000)
): KnownAddresses => {
  const { db } = database
  const lastLogin = db.selectFrom('known_addresses').select('last_login').where('key', '=', 'key')
  const find = database.prepare<Pick<Schema['known_addresses'], 'last_login'>>('last_login', lastLogin.compile())
  const written = new LRUCache<string, number>({ max: 10_000 }) // most logins come from where one came from today
  const lastLoginOf = async (key: string): Promise<number> => (await find(key))[0]?.last_login ?? -Infinity
  return {
    has: async key => (await lastLoginOf(key)) > now() - lifetime,
    add: async key => {
      const last_login = now()
      const isOfToday = (login: number): boolean => login > last_login - day
      if (isOfToday(written.get(key) ?? -Infinity)) return
      const before = await lastLoginOf(key)
      if (!isOfToday(before)) {
        await db
          .insertInto('known_addresses')
          .values({ key, last_login })
          .onConflict(conflict => conflict.column('key').doUpdateSet({ last_login }))
          .execute()
        await db
          .deleteFrom('known_addresses')
          .where('last_login', '<=', last_login - lifetime)
          .execute()
      }
      written.set(key, isOfToday(before) ? before : last_login)
    }
  }
}

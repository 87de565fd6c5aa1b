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
  const isKnown = async (key: string, seconds: number): Promise<boolean> => {
    const [found] = await find(key)
    return found !== undefined && found.last_login > now() - seconds
  }
  return {
    has: key => isKnown(key, lifetime),
    add: async key => {
      if (await isKnown(key, day)) return
      const last_login = now()
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
  }
}

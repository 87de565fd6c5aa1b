import type { KnownAddresses } from '../auth/login-throttle.js'
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
  { db }: SqlDatabase,
  now = (): number => Math.floor(Date.now() / 1000)
): KnownAddresses => {
  const isKnown = async (key: string, seconds: number): Promise<boolean> => {
    const found = await db
      .selectFrom('known_addresses')
      .select('key')
      .where('key', '=', key)
      .where('last_login', '>', now() - seconds)
      .executeTakeFirst()
    return found !== undefined
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

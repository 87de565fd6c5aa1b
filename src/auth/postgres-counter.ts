import type { Pool } from 'pg'
import { RateLimiterPostgres, type RateLimiterRes } from 'rate-limiter-flexible'
import { Unavailable } from '../unavailable.js'
import type { Counter } from './counter.js'

const tableName = 'login_attempts'

/** Makes the table, and forgets what has ended, every five minutes. */
const limiterOf = (pool: Pool, duration: number): Promise<RateLimiterPostgres> =>
  new Promise((resolve, reject) => {
    // `points` is what `consume` would go by; nobody calls it.
    const options = { storeClient: pool, storeType: 'pool', tableName, keyPrefix: '', points: 0, duration }
    const limiter = new RateLimiterPostgres(options, error => {
      if (error) reject(error)
      else resolve(limiter)
    })
  })

/** The errors of `CREATE TABLE IF NOT EXISTS` when another machine makes the table at the same time. */
const madeByAnother: readonly unknown[] = ['42710', '42P07'] // duplicate_object (its type), duplicate_table

const isMadeByAnother = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && madeByAnother.includes(error.code)

const orUnavailable = async (change: Promise<RateLimiterRes>): Promise<RateLimiterRes> => {
  try {
    return await change
  } catch (cause) {
    throw new Unavailable('The database that counts attempts to log in does not answer.', { retryAfter: 1, cause })
  }
}

/**
 * Counts in a PostgreSQL database, for several machines. They all have to know the same time.
 *
 * @param minutes the length of a window
 * @throws what `pg` throws if the table can't be made; `count` and `takeBack` throw `Unavailable`
 */
export const postgresCounter = async (pool: Pool, minutes: number): Promise<Counter> => {
  const limiter = await limiterOf(pool, minutes * 60).catch((error: unknown) => {
    if (isMadeByAnother(error)) return limiterOf(pool, minutes * 60)
    throw error
  })
  return {
    count: async key => {
      const { consumedPoints: count, msBeforeNext: left } = await orUnavailable(limiter.penalty(key))
      const ends = Date.now() + left
      return {
        count,
        left,
        takeBack: async () => {
          if (Date.now() < ends) await orUnavailable(limiter.reward(key))
        }
      }
    }
  }
}

import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import pg from 'pg'
import { guessThrottle } from '../../src/auth/guess-throttle.js'
import type { KnownAddresses, LoginThrottle } from '../../src/auth/login-throttle.js'
import { postgresCounter } from '../../src/auth/postgres-counter.js'
import { Unavailable } from '../../src/unavailable.js'
import { knownAddressesInMemory, letThrough, limits, passing } from '../auth/throttle-attempts.js'
import { startPostgres } from '../support/postgres.js'

const postgres = await startPostgres()
if (!postgres) throw new Error('These tests need PostgreSQL: install it.')
const home = '192.0.2.1'

describe('guesses of a password, counted by several machines', () => {
  let pools: pg.Pool[]
  let knownAddresses: KnownAddresses

  const poolOf = (): pg.Pool => {
    const pool = new pg.Pool({ connectionString: postgres.url, max: 5 })
    pool.on('error', () => undefined) // a connection that ends while it is idle
    pools.push(pool)
    return pool
  }

  const machine = (pool = poolOf()): Promise<LoginThrottle> =>
    guessThrottle({ limits, knownAddresses, counter: minutes => postgresCounter(pool, minutes) })

  beforeEach(async () => {
    pools = []
    knownAddresses = knownAddressesInMemory()
    await poolOf().query('DROP TABLE IF EXISTS login_attempts')
  })

  afterEach(async () => {
    await Promise.all(pools.map(pool => pool.end().catch(() => undefined)))
  })

  afterAll(() => postgres.remove())

  test('have a table that several machines may make at once', async () => {
    const starting = Array.from({ length: 8 }, () => poolOf())
    for (let times = 0; times < 20; times++) {
      await starting[0]?.query('DROP TABLE IF EXISTS login_attempts')
      await Promise.all(starting.map(pool => postgresCounter(pool, 1)))
    }
  })

  test('are counted together by machines that start at the same time', async () => {
    const machines = await Promise.all(Array.from({ length: 8 }, () => machine()))
    const attempts = await Promise.all(
      machines.flatMap(one => Array.from({ length: 12 }, () => one.attempt('johndoe', home)))
    )
    expect(attempts.filter(attempt => !('retryAfter' in attempt))).toHaveLength(10)
    const { retryAfter } = (await machines[0]?.attempt('johndoe', home)) as { retryAfter: number }
    expect(retryAfter).toBeGreaterThan(880)
    expect(retryAfter).toBeLessThanOrEqual(900)
  })

  test('that are blocked, and logins that succeed, count nowhere', async () => {
    const [one, other] = [await machine(), await machine()]
    expect(await passing(one, 40, () => ['johndoe', home])).toBe(10)
    await (await letThrough(other, 'alice', home)).succeeded()
    expect(await passing(other, 95, index => [`user ${index}`, home])).toBe(90)
    expect(await passing(other, 45, index => ['johndoe', `203.0.113.${index}`])).toBe(40)
  })

  test('can lock nobody out of an address that they use', async () => {
    const [one, other] = [await machine(), await machine()]
    await (await letThrough(one, 'johndoe', home)).succeeded()
    expect(await passing(other, 60, index => ['johndoe', `203.0.113.${index}`])).toBe(50)
    await (await letThrough(other, 'johndoe', home)).succeeded()
    expect(await passing(one, 1, () => ['johndoe', '198.51.100.7'])).toBe(0)
  })

  test('leave hashes in the database, and no names', async () => {
    await passing(await machine(), 1, () => ['johndoe', home])
    const { rows } = await poolOf().query<{ key: string }>('SELECT key FROM login_attempts')
    expect(rows).toHaveLength(3)
    for (const { key } of rows) expect(key).toMatch(/^[\w-]{43}$/)
  })

  test('start anew when their time is over, and what is taken back then gives nothing to the next', async () => {
    const counter = await postgresCounter(poolOf(), 1 / 120)
    const first = await counter.count('key')
    expect(first.count).toBe(1)
    await counter.count('key')
    const ended = performance.now() + first.left
    while (performance.now() <= ended) await counter.count('another key')
    const next = await counter.count('key')
    await first.takeBack()
    expect(next.count).toBe(1)
    expect((await counter.count('key')).count).toBe(2)
  })

  test('are Unavailable when the database is away, and a start is an error', async () => {
    const pool = poolOf()
    const throttle = await machine(pool)
    const attempt = await letThrough(throttle, 'johndoe', home)
    await pool.end()
    await expect(throttle.attempt('johndoe', home)).rejects.toThrow(Unavailable)
    await expect(attempt.succeeded()).rejects.toThrow(Unavailable)
    await expect(machine(pool)).rejects.toThrow(/after calling end/)
  })
})

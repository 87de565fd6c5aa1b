import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { setTimeout as sleep } from 'node:timers/promises'
import { Unavailable } from '../../src/unavailable.js'
import { type Database, openDatabase } from '../../src/database/open-database.js'
import { type Postgres, startPostgres } from '../support/postgres.js'

let postgres: Postgres
beforeAll(async () => {
  const started = await startPostgres()
  if (!started) throw new Error('These tests need PostgreSQL: install it.')
  postgres = started
})
afterAll(() => postgres.remove())

let database: Database
let said: string[]
beforeEach(async () => {
  said = []
  database = await openDatabase(postgres.url, (_level, text) => said.push(text))
})
afterEach(() => database.close())

const expectUnavailable = async (work: Promise<unknown>): Promise<void> => {
  const began = performance.now()
  const error: unknown = await work.then(
    () => undefined,
    (error: unknown) => error
  )
  expect(performance.now() - began).toBeLessThan(3_300)
  expect(error).toBeInstanceOf(Unavailable)
  expect([1, 2, 3, 4, 5]).toContain((error as Unavailable).retryAfter)
}

/** More queries at once than there are connections, of all kinds. */
const load = (): Promise<unknown>[] => [
  ...Array.from({ length: 25 }, () => database.users.find('outage')),
  database.users.add({ username: 'never', hash: 'h' }),
  database.users.list(undefined, 9),
  database.knownAddresses.has('key'),
  database.ping()
]

/** Asks until the database answers, and has said so. */
const comesBack = async (): Promise<void> => {
  const end = performance.now() + 10_000
  while (said.length < 2 && performance.now() < end) {
    await database.ping().catch((error: unknown) => {
      if (!(error instanceof Unavailable)) throw error
    })
    await sleep(50)
  }
  await Promise.all(Array.from({ length: 25 }, () => database.users.find('outage')))
}

const expectSaidOnce = (): void => {
  expect(said).toEqual([
    expect.stringMatching(/^The database is away or too slow \([^)]+\): requests that need it get a 503\.$/),
    'The database is back.'
  ])
  expect(said.join('')).not.toContain('hunter2')
}

describe('a PostgreSQL that goes away', () => {
  test('by being stopped is waited for by nobody, and used again when it is back', async () => {
    await database.users.add({ username: 'outage', hash: 'h' })
    await Promise.all(load()) // so that connections are open
    await postgres.stop()
    await Promise.all(load().map(expectUnavailable))
    await postgres.start()
    await comesBack()
    expectSaidOnce()
    expect(await database.users.findWithHash('outage')).toMatchObject({ hash: 'h' })
  })

  test('by being restarted in between is no matter', async () => {
    await Promise.all(load())
    await postgres.stop()
    await postgres.start()
    await Promise.all(Array.from({ length: 25 }, () => database.users.find('outage')))
    expect(said).toEqual([])
  })

  test('by being too slow is waited for by nobody for long, and used again when it is quick', async () => {
    await Promise.all(load())
    postgres.pause()
    await Promise.all(load().map(expectUnavailable))
    await expectUnavailable(database.ping())
    postgres.resume()
    await comesBack()
    expectSaidOnce()
  })

  test('by being too slow is left without waiting', async () => {
    await database.ping()
    postgres.pause()
    const another = await openDatabase(postgres.url, () => undefined).catch((error: unknown) => error)
    expect(another).toMatchObject({ name: 'ConfigError' })
    const began = performance.now()
    const asked = database.ping().catch(() => undefined)
    await database.close()
    await asked
    expect(performance.now() - began).toBeLessThan(3_300)
    postgres.resume()
    database = await openDatabase(postgres.url, () => undefined)
  })
})

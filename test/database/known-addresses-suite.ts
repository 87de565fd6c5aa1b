import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createKnownAddresses } from '../../src/database/known-addresses.js'
import type { SqlDatabase } from '../../src/database/sql-database.js'

const day = 86_400

/** What known addresses do in each database. `open` gives an empty one. */
export const describeKnownAddresses = (name: string, open: () => Promise<SqlDatabase>): void => {
  describe(name, () => {
    let database: SqlDatabase
    let time = 1_000 * day
    beforeAll(async () => {
      database = await open()
    })
    afterAll(() => database.close())

    const written = async (): Promise<unknown> =>
      database.db.selectFrom('known_addresses').selectAll().orderBy('key').execute()

    test('are known for 90 days after the last login, and written down once a day', async () => {
      const addresses = createKnownAddresses(database, () => time)
      expect(await addresses.has('a')).toBe(false)
      await addresses.add('a')
      expect(await addresses.has('a')).toBe(true)
      expect(await addresses.has('A')).toBe(false)

      time += day - 1
      await addresses.add('a')
      expect(await written()).toEqual([{ key: 'a', last_login: 1_000 * day }])
      time += 1
      await addresses.add('a')
      expect(await written()).toEqual([{ key: 'a', last_login: 1_001 * day }])

      time += 90 * day - 1
      expect(await addresses.has('a')).toBe(true)
      await addresses.add('b')
      time += 1
      expect(await addresses.has('a')).toBe(false)
      await addresses.add('c')
      expect(await written()).toEqual([
        { key: 'b', last_login: time - 1 },
        { key: 'c', last_login: time }
      ])
    })

    test('are those of the clock', async () => {
      const addresses = createKnownAddresses(database)
      await addresses.add('today')
      expect(await addresses.has('today')).toBe(true)
    })
  })
}

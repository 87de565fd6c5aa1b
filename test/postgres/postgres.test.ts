import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { sql } from 'kysely'
import pg from 'pg'
import { openDatabase } from '../../src/database/open-database.js'
import { openPostgres } from '../../src/database/postgres.js'
import { describeKnownAddresses } from '../database/known-addresses-suite.js'
import { expectDurable, expectTenAtOnce } from '../database/processes.js'
import { describeUserStore } from '../database/user-store-suite.js'
import { createEmptyDatabase, findPostgres } from '../support/postgres.js'

const ends: (() => Promise<void>)[] = []
let server = ''
beforeAll(async () => {
  const found = await findPostgres()
  if (!found) throw new Error('These tests need PostgreSQL: install it, or name one in DATABASE_URL.')
  server = found.url
  ends.push(() => found.remove())
})
afterAll(async () => {
  for (const end of ends.reverse()) await end()
})

/** The URL of an empty database. */
const empty = async (): Promise<string> => {
  const database = await createEmptyDatabase(server)
  ends.push(() => database.remove())
  return database.url
}
const ignore = (): void => undefined

describeUserStore('users in PostgreSQL', async () => openDatabase(await empty(), ignore))
describeKnownAddresses('known addresses in PostgreSQL', async () => openPostgres(await empty(), ignore))

const refusalOf = (url: string | URL): Promise<unknown> =>
  openDatabase(String(url), ignore).then(
    () => undefined,
    (error: unknown) => error
  )

describe('a PostgreSQL', () => {
  test('reads bigint as a number on its own connections only', async () => {
    const database = await openPostgres(await empty(), ignore)
    const { rows } = await database.pool.query<{ a: unknown; b: unknown }>(`select 1::int8 as a, '{a}'::text[] as b`)
    expect(rows).toEqual([{ a: 1, b: ['a'] }])
    await database.close()
    expect((pg.types.getTypeParser(pg.types.builtins.INT8) as (text: string) => unknown)('1')).toBe('1')
  })

  test('prepares what each request needs once for each connection', async () => {
    const database = await openDatabase(await empty(), ignore)
    await database.users.find('a')
    await database.users.find('b')
    const prepared = await database.pool?.query('select name from pg_prepared_statements')
    expect(prepared?.rows).toEqual([{ name: 'find_user' }])
    await database.ping()
    await database.close()
  })

  test('may be opened by ten processes at once when it is empty', async () => expectTenAtOnce(await empty()))

  test('has what was acknowledged before its client was killed', async () => expectDurable(await empty()))

  test('gives up on a query that has to wait for too long, and goes on', async () => {
    const said: string[] = []
    const database = await openPostgres(await empty(), (_level, text) => said.push(text))
    const [lock] = [await database.pool.connect()]
    await lock.query('begin')
    await lock.query('lock table users')
    const began = performance.now()
    const waiting = sql`select * from users`.execute(database.db)
    await expect(waiting).rejects.toMatchObject({ name: 'Unavailable' })
    expect(performance.now() - began).toBeLessThan(2_500)
    await lock.query('commit')
    lock.release()
    await sql`select * from users`.execute(database.db)
    expect(said).toHaveLength(1)
    await database.close()
  })

  test('of a newer version of the server is refused', async () => {
    const url = await empty()
    const database = await openPostgres(url, ignore)
    await sql`insert into kysely_migration values ('9999-later', '2999-01-01T00:00:00.000Z')`.execute(database.db)
    await database.close()
    const message =
      'The database of DATABASE_URL was last used by a newer version of this server, which made 9999-later: start that one.'
    expect(await refusalOf(url)).toMatchObject({ name: 'ConfigError', message })
  })

  test('that refuses the user, the password or the database is refused without saying them', async () => {
    const url = new URL(await empty())
    url.pathname = 'no_such_hunter2'
    const noDatabase = 'The PostgreSQL of DATABASE_URL has no database of that name.'
    expect(await refusalOf(url)).toMatchObject({ name: 'ConfigError', message: noDatabase })
    url.password = 'hunter3'
    const noUser = 'The PostgreSQL of DATABASE_URL refuses the user or the password.'
    expect(await refusalOf(url)).toMatchObject({ name: 'ConfigError', message: noUser })
  })

  test('in which the user may make no tables is refused', async () => {
    const url = new URL(await empty())
    const role = `role_${url.pathname.slice(1)}`
    const admin = await openPostgres(await empty(), ignore)
    await admin.pool.query(`create role ${role} login password 'hunter2'`)
    ends.push(async () => {
      const client = new pg.Client({ connectionString: server })
      await client.connect()
      await client.query(`drop role ${role}`)
      await client.end()
    })
    const owner = new pg.Client({ connectionString: String(url) })
    await owner.connect()
    await owner.query('revoke create on schema public from public')
    await owner.end()
    url.username = role
    url.password = 'hunter2'
    const message = "The PostgreSQL of DATABASE_URL doesn't let this user make tables."
    expect(await refusalOf(url)).toMatchObject({ name: 'ConfigError', message })
    await admin.close()
  })

  test('with another encoding is refused', async () => {
    const client = new pg.Client({ connectionString: server })
    await client.connect()
    const name = `latin_${process.pid}`
    await client.query(`create database ${name} encoding 'LATIN1' locale 'C' template template0`)
    const url = new URL(server)
    url.pathname = name
    const message = 'The database of DATABASE_URL must have the encoding UTF8.'
    expect(await refusalOf(url)).toMatchObject({ name: 'ConfigError', message })
    await client.query(`drop database ${name}`)
    await client.end()
  })
})

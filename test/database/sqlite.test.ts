import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { afterAll, describe, expect, test } from '@jest/globals'
import { sql } from 'kysely'
import type { Log } from '../../src/log.js'
import { Unavailable } from '../../src/unavailable.js'
import { openDatabase } from '../../src/database/open-database.js'
import { connectSqlite } from '../../src/database/sqlite-library.js'
import { openSqlite } from '../../src/database/sqlite.js'
import { root } from '../support/process.js'
import { expectDurable, expectTenAtOnce } from './processes.js'
import { describeKnownAddresses } from './known-addresses-suite.js'
import { describeUserStore } from './user-store-suite.js'

const folder = mkdtempSync(join(tmpdir(), 'users-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = (name: string): string => join(folder, name)

const ignore = (): void => undefined

/** When all that has been asked of a file has been tried once: between timers there are only promises. */
const tried = (): Promise<void> => setImmediate()
const open = (name: string, log: Log = ignore) => openDatabase(`sqlite:${file(name)}`, log)

describeUserStore('users in SQLite', () => open('suite.db'))
describeKnownAddresses('known addresses in SQLite', () => openSqlite(file('addresses.db'), ignore))

describe('a SQLite file', () => {
  test('is made with its folder, for its owner only', async () => {
    const database = await open('new/folder/users.db')
    expect([database.kind, database.pool]).toEqual(['sqlite', undefined])
    await database.users.add({ username: 'a', hash: 'h' })
    for (const name of ['users.db', 'users.db-wal', 'users.db-shm']) {
      expect(statSync(file(`new/folder/${name}`)).mode & 0o777).toBe(0o600)
    }
    await database.ping()
    await database.close()
  })

  test('keeps what it has when it is opened again', async () => {
    const first = await open('again.db')
    await first.users.add({ username: 'a', hash: 'h' })
    await first.close()
    const second = await open('again.db')
    expect(await second.users.findWithHash('a')).toMatchObject({ hash: 'h' })
    await second.close()
  })

  test('writes to disk before it acknowledges', async () => {
    const database = await openSqlite(file('pragmas.db'), ignore)
    const { rows } = await sql`select * from pragma_journal_mode, pragma_synchronous`.execute(database.db)
    expect(rows).toEqual([{ journal_mode: 'wal', synchronous: 2 }])
    await database.close()
  })

  test('may be opened by ten processes at once when it is new', () => expectTenAtOnce(`sqlite:${file('ten.db')}`))

  test('has what was acknowledged before its process was killed', () => expectDurable(`sqlite:${file('kill.db')}`))

  test('that another process writes to is waited for, and nothing else waits', async () => {
    const said: string[] = []
    const database = await open('locked.db', (_level, text) => said.push(text))
    const { users } = database
    const writer = await connectSqlite(file('locked.db'))
    writer.exec('begin immediate')
    let longest = 0
    let last = performance.now()
    const watch = setInterval(() => {
      longest = Math.max(longest, performance.now() - last)
      last = performance.now()
    }, 1)

    const added = users.add({ username: 'patient', hash: 'h' })
    await tried()
    expect(await users.find('patient')).toBeUndefined() // readers needn't wait
    writer.exec('commit')
    expect(await added).toBe(true)

    writer.exec('begin immediate')
    const began = performance.now()
    const refused = await Promise.allSettled(['x', 'y'].map(username => users.add({ username, hash: 'h' })))
    expect(performance.now() - began).toBeGreaterThan(1_900)
    expect(performance.now() - began).toBeLessThan(3_000)
    for (const result of refused) {
      const reason: unknown = result.status === 'rejected' ? result.reason : undefined
      expect(reason).toBeInstanceOf(Unavailable)
      expect((reason as Unavailable).retryAfter).toBeLessThanOrEqual(5)
    }
    clearInterval(watch)
    expect(longest).toBeLessThan(200)
    expect(said).toHaveLength(1)
    expect(said[0]).toContain('another process has locked the file')

    writer.exec('commit')
    expect(await users.add({ username: 'x', hash: 'h' })).toBe(true)
    writer.close()
    await database.close()
  })

  test('commits each of several writes that had to wait', async () => {
    const database = await open('waits.db')
    const { users } = database
    const writer = await connectSqlite(file('waits.db'))
    writer.exec('begin immediate')
    const added = ['a', 'b', 'c'].map(username => users.add({ username, hash: 'h' }))
    await tried()
    writer.exec('commit')
    expect(await Promise.all(added)).toEqual([true, true, true])
    const rows = writer.prepare('select username from users order by 1').all([])
    expect(rows.map(row => (row as { username: string }).username)).toEqual(['a', 'b', 'c'])
    writer.exec('begin immediate') // nobody holds the lock
    writer.exec('commit')
    writer.close()
    await database.close()
  })

  test('of a newer version of the server is refused', async () => {
    await (await open('newer.db')).close()
    const sqlite = await connectSqlite(file('newer.db'))
    sqlite.prepare("insert into kysely_migration values ('9999-later', '2999-01-01T00:00:00.000Z')").run([])
    sqlite.close()
    await expect(open('newer.db')).rejects.toMatchObject({
      name: 'ConfigError',
      message:
        'The database of DATABASE_URL was last used by a newer version of this server, which made 9999-later: start that one.'
    })
  })

  test('that is something else is refused', async () => {
    writeFileSync(file('text.db'), 'Not a database. '.repeat(100))
    const noDatabase = `DATABASE_URL names ${file('text.db')}, which is no SQLite database.`
    await expect(open('text.db')).rejects.toMatchObject({ name: 'ConfigError', message: noDatabase })
    const noFile = `DATABASE_URL names ${folder}, which can't be used (EISDIR).`
    await expect(openDatabase(`sqlite:${folder}`, ignore)).rejects.toMatchObject({
      name: 'ConfigError',
      message: noFile
    })
  })

  test('has a path from the working directory on', async () => {
    await expect(openDatabase('sqlite:package.json/users.db', ignore)).rejects.toMatchObject({
      name: 'ConfigError',
      message: `DATABASE_URL names ${root}package.json/users.db, which can't be used (EEXIST).`
    })
  })
})

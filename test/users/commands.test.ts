import { stripVTControlCharacters } from 'node:util'
import { afterAll, describe, expect, test } from '@jest/globals'
import { openDatabase } from '../../src/database/open-database.js'
import { connectSqlite } from '../../src/database/sqlite-library.js'
import { canary, type Result, usersHere } from './users-here.js'

const here = usersHere()
const { users, add } = here
afterAll(() => {
  here.remove()
  expect(here.printed()).not.toContain(canary)
  expect(here.printed()).not.toContain('$argon2')
})

const shown = async (name: string): Promise<unknown> => JSON.parse((await users(['show', name, '--json'])).output)
const hashOf = async (name: string): Promise<string | undefined> => {
  const database = await openDatabase(here.url, () => undefined)
  const account = await database.users.findWithHash(name)
  await database.close()
  return account?.hash
}
const versionOf = async (name: string): Promise<number | undefined> => {
  const database = await openDatabase(here.url, () => undefined)
  const account = await database.users.find(name)
  await database.close()
  return account?.version
}
const refused = (code: number, errors: string | RegExp): Result => ({
  code,
  output: '',
  errors: expect.stringMatching(errors) as unknown as string
})

describe('add', () => {
  test('takes the password from standard input, says what it did, and logs it', async () => {
    const options = ['--email', 'j@example.com', '--full-name', 'John Doe', '--scope', 'me', '--scopes', 'items me']
    const { code, output, errors } = await add('johndoe', ...options)
    expect([code, output]).toEqual([0, 'Added johndoe.\n'])
    expect(JSON.parse(errors)).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-.*Z$/),
      pid: process.pid,
      msg: 'users.add',
      username: 'johndoe',
      outcome: 'added',
      by: 'operator'
    })
    const user = { username: 'johndoe', full_name: 'John Doe', email: 'j@example.com', disabled: false }
    expect(await shown('johndoe')).toEqual({ ...user, scopes: ['me', 'items'] })
    expect(await hashOf('johndoe')).toMatch(/^\$argon2id\$/)
  })

  test('adds a disabled user, of no scopes, with a name that begins with a dash or goes from right to left', async () => {
    expect(await users(['add', '--disabled', '--', '-x'], { stdin: `${canary}\r\n` })).toMatchObject({ code: 0 })
    expect(await shown('-x').catch(() => undefined)).toBeUndefined() // it is an option without `--`
    expect((await users(['show', '--', '-x'])).output).toMatch(/^State +disabled\nScopes +none$/m)
    expect(await add('דוד')).toMatchObject({ code: 0 })
  })

  test('refuses a name that is taken, before it reads the password', async () => {
    expect(await users(['add', 'johndoe'])).toEqual(refused(1, /^There is a user johndoe already\.\n$/))
  })

  test('takes names exactly', async () => {
    expect(await add('JohnDoe')).toMatchObject({ code: 0 })
    expect(await users(['show', 'JOHNDOE'])).toEqual(refused(1, /^There is no user JOHNDOE\.\n$/))
  })

  test.each([
    ['that is too short', 'short', /^A password takes at least 8 characters\.\n$/],
    ['that is the name', 'weakling', /^The username is no password\.\n$/],
    ['that is not there', '', /^There is no password on standard input: it takes one line\.\n$/],
    ['that is empty', '\n', /^There is no password on standard input/],
    [
      'with a line after it',
      `${canary}\nbob\n`,
      /^There is more than a password on standard input: it takes one line\.\n$/
    ],
    ['without an end', 'x'.repeat(1_000_000), /^A password takes at most 256 characters\.\n$/]
  ])('refuses a password %s', async (_, stdin, errors) => {
    expect(await users(['add', 'weakling'], { stdin })).toEqual(refused(1, errors))
    expect(await users(['show', 'weakling'])).toMatchObject({ code: 1 })
  })

  test.each([
    ['a control character', 'a\u0007'],
    ['a blank before it', ' a'],
    ['a line end', 'a\n'],
    ['a change of direction', '\u202ea'],
    ['129 characters', 'a'.repeat(129)],
    ['letters that are decomposed', 'e\u0301']
  ])('refuses a name with %s', async (_, name) => {
    expect(await add(name)).toEqual(refused(2, /^A name takes .* See .* add --help\n$/))
  })

  test.each(['a b', 'a"', 'a\\', 'é', ''])('refuses the scope %j', async scope => {
    expect(await add('scoped', '--scope', scope)).toEqual(refused(2, /^A scope takes printable ASCII .* See/))
  })

  test.each([
    ['--email', ''],
    ['--full-name', 'a\u001b[31m']
  ])('refuses %s %j', async (option, value) => {
    expect(await add('described', option, value)).toEqual(
      refused(2, new RegExp(`^${option} takes 1 to 256 characters, .* See`))
    )
  })

  test.each([[['--password', canary]], [[`--password=${canary}`]]])(
    'refuses a password as an argument, and says why',
    async args => {
      expect(await add('careless', ...args)).toEqual(refused(2, /^A password is no argument, since others can read it/))
      expect(await users(['password', 'johndoe', ...args])).toEqual(refused(2, /^A password is no argument/))
      expect(await add('careless', canary)).toEqual(refused(2, /^It takes one NAME/))
    }
  )
})

describe('at a terminal', () => {
  const typing = (keys: string) => ({ stdin: keys, terminal: true })

  test('the password is asked for twice, edited unseen, and people are told once', async () => {
    const keys = `wrong\u0015X\u007f${canary}é\u007f\r${canary}\r`
    expect(await users(['add', 'typed'], typing(keys))).toEqual({
      code: 0,
      output: 'Added typed.\n',
      errors: 'New password of typed: \nThe same again: \n'
    })
    expect((await users(['password', 'typed'], typing(`${canary}-2\r${canary}-2\r`))).code).toBe(0)
  })

  test('two passwords that differ change nothing', async () => {
    const { code, errors } = await users(['add', 'differs'], typing(`${canary}\r${canary}2\r`))
    expect(code).toBe(1)
    expect(errors).toMatch(/\nThe two passwords differ: nothing was changed\.\n$/)
    expect((await users(['show', 'differs'])).code).toBe(1)
  })

  test.each([
    ['Ctrl-C', '1\u0003'],
    ['Ctrl-D', '\u0004']
  ])('%s changes nothing, and ends with 130', async (_, keys) => {
    const { code, errors } = await users(['add', 'stopped'], typing(`${canary}\r${keys}`))
    expect(code).toBe(130)
    expect(errors).toBe('New password of stopped: \nThe same again: \nNothing was changed.\n')
    expect((await users(['show', 'stopped'])).code).toBe(1)
  })

  test('a user is removed only after a yes', async () => {
    const no = await users(['remove', 'typed'], typing('\n'))
    expect(no).toEqual({ code: 1, output: '', errors: 'Remove typed for good? (y/N) Nothing was changed.\n' })
    const yes = await users(['remove', 'typed'], typing('yes\n'))
    expect(yes).toMatchObject({ code: 0, output: 'Removed typed.\n' })
  })

  test('tables are styled, unless NO_COLOR says not to', async () => {
    const styled = (await users(['list'], { terminal: true })).output
    expect(styled.replaceAll('\u001b', 'ESC')).toMatch(
      /^ESC\[1mNAME .*ESC\[22m\nESC\[2m-x .*disabledESC\[22m\nJohnDoe /
    )
    const plain = (await users(['list'], { terminal: true, environment: { NO_COLOR: '1' } })).output
    expect(plain).toBe(stripVTControlCharacters(styled))
    expect((await users(['list'])).output).toBe(plain)
  })
})

describe('changes', () => {
  test('password gives another one, and ends all tokens', async () => {
    const [hash, version] = [await hashOf('johndoe'), await versionOf('johndoe')]
    const { code, output, errors } = await users(['password', 'johndoe'], { stdin: `${canary}-2` })
    expect([code, output]).toEqual([0, 'Changed the password of johndoe, whose tokens have ended.\n'])
    expect(JSON.parse(errors)).toMatchObject({ msg: 'users.password', username: 'johndoe', outcome: 'changed' })
    expect(await hashOf('johndoe')).not.toBe(hash)
    expect(await versionOf('johndoe')).not.toBe(version)
  })

  test('scopes sets exactly what is given, and says what was before', async () => {
    const { output, errors } = await users(['scopes', 'johndoe', 'b', 'a', 'b'])
    expect(output).toBe('Scopes of johndoe: me items → b a. All tokens have ended.\n')
    expect(JSON.parse(errors)).toMatchObject({ msg: 'users.scopes', username: 'johndoe' })
    expect(await users(['scopes', 'johndoe', 'b', 'a'])).toEqual({
      code: 0,
      output: 'Scopes of johndoe: b a, as before.\n',
      errors: ''
    })
    expect((await users(['scopes', 'johndoe'])).output).toBe('Scopes of johndoe: b a → none. All tokens have ended.\n')
    expect(await shown('johndoe')).toMatchObject({ scopes: [] })
  })

  test('disable and enable say and log what changed, and change nothing twice', async () => {
    expect(await users(['disable', 'johndoe'])).toMatchObject({
      output: 'Disabled johndoe, whose tokens have ended.\n',
      errors: expect.stringContaining('"users.disable"')
    })
    expect(await shown('johndoe')).toMatchObject({ disabled: true })
    const version = await versionOf('johndoe')
    const again = await users(['disable', 'johndoe'])
    expect(again).toEqual({ code: 0, output: 'johndoe is disabled already.\n', errors: '' })
    expect(await versionOf('johndoe')).toBe(version)
    expect(await users(['enable', 'johndoe'])).toMatchObject({ code: 0, output: 'Enabled johndoe.\n' })
    expect(await users(['enable', 'johndoe'])).toMatchObject({ code: 0, output: 'johndoe is enabled already.\n' })
    expect(await shown('johndoe')).toMatchObject({ disabled: false })
  })

  test('revoke ends all tokens', async () => {
    const version = await versionOf('johndoe')
    expect(await users(['revoke', 'johndoe'])).toMatchObject({ code: 0, output: 'Ended all tokens of johndoe.\n' })
    expect(await versionOf('johndoe')).not.toBe(version)
  })

  test('remove takes --yes where there is no terminal', async () => {
    expect(await users(['remove', 'JohnDoe'])).toEqual(refused(2, /^There is no terminal to ask at: --yes removes/))
    const { code, output, errors } = await users(['remove', 'JohnDoe', '--yes'])
    expect([code, output]).toEqual([0, 'Removed JohnDoe.\n'])
    expect(JSON.parse(errors)).toMatchObject({ msg: 'users.remove', username: 'JohnDoe', outcome: 'removed' })
    expect((await users(['show', 'JohnDoe'])).code).toBe(1)
  })

  test.each([
    ['show', []],
    ['password', []],
    ['scopes', ['a']],
    ['enable', []],
    ['disable', []],
    ['revoke', []],
    ['remove', ['--yes']]
  ])('%s of nobody fails with a sentence that steers no terminal', async (word, rest) => {
    const { code, output, errors } = await users([word, 'no\u001b]0;body\u009b', ...rest])
    expect([code, output, errors]).toEqual([1, '', 'There is no user no\\u001b]0;body\\u009b.\n'])
  })
})

describe('users that came from elsewhere', () => {
  test('are listed in pages, whatever is in them, and never with a hash', async () => {
    const elsewhere = usersHere()
    expect(await elsewhere.users(['list'])).toEqual({ code: 0, output: 'There are no users.\n', errors: '' })
    expect(await elsewhere.users(['list', '--json'])).toEqual({ code: 0, output: '[]\n', errors: '' })
    const sqlite = await connectSqlite(elsewhere.url.slice('sqlite:'.length))
    sqlite.exec(`with recursive n(i) as (select 1 union all select i + 1 from n where i < 3000)
      insert into users (username, full_name, scopes, version, password_hash, created_at)
      select printf('user%05d', i), 'evil' || char(27, 155, 8238) || '山', 'a b', 1, '$argon2id$secret', 0 from n`)
    sqlite.close()

    const { output } = await elsewhere.users(['list', '--json'])
    const found = JSON.parse(output) as { readonly username: string; readonly full_name: string }[]
    const names = Array.from({ length: 3000 }, (_, index) => `user${String(index + 1).padStart(5, '0')}`)
    expect(found.map(({ username }) => username)).toEqual(names)
    expect(found[0]?.full_name).toBe('evil\u001b\u009b\u202e山')

    const table = (await elsewhere.users(['list'])).output.trimEnd().split('\n')
    expect(table).toHaveLength(3001)
    expect(table[3000]).toBe('user03000  evil\\u001b\\u009b\\u202e山         active  a b')
    const one = await elsewhere.users(['show', 'user00001'])
    for (const text of [output, table.join('\n'), one.output]) {
      expect(text).not.toMatch(/[^\P{Cc}\n]|\u202e|secret/u)
    }
    elsewhere.remove()
  })
})

describe('usage', () => {
  test('nothing at all prints the help, and ends with 2', async () => {
    const asked = await users(['--help'])
    expect(asked).toMatchObject({ code: 0, errors: '' })
    expect(await users([])).toEqual({ code: 2, output: '', errors: asked.output })
    expect(asked.output.match(/^ {2}[a-z]+(?= {2})/gm)).toEqual(
      ['add', 'list', 'show', 'password', 'scopes', 'enable', 'disable', 'revoke', 'remove'].map(word => `  ${word}`)
    )
  })

  test('--help of a command says what it takes, as it was called', async () => {
    expect((await users(['add', 'x', '--help'])).output).toMatch(
      /^Usage: node dist\/users\.js add NAME \[--email EMAIL\]/
    )
    const byNpm = { environment: { npm_lifecycle_event: 'users', DATABASE_URL: '' } }
    expect((await users(['list', '-h'], byNpm)).output).toMatch(/^Usage: npm run users -- list \[--json\]\n/)
  })

  test.each([
    [['lst'], /^lst is no command\. See node dist\/users\.js --help\n$/],
    [['constructor'], /^constructor is no command\./],
    [['list', 'x'], /^It takes options only\. See node dist\/users\.js list --help\n$/],
    [['list', '--jsn'], /^Unknown option '--jsn'\. See/],
    [['show'], /^NAME is missing\. See/],
    [['add', 'x', '--email'], /^Option '--email <value>' argument missing\. See/]
  ])('%j is wrong', async (args, errors) => {
    expect(await users(args)).toEqual(refused(2, errors))
  })

  test.each([
    [{ DATABASE_URL: 'mysql://user:hunter2@host' }, /^DATABASE_URL can't be used; it takes .*\.\n$/],
    [{ DATABASE_URL: 'postgres://user:hunter2@127.0.0.1:1/x' }, /^The PostgreSQL of DATABASE_URL can't be reached/],
    [{ HASH_MEMORY_MIB: '1024', HASH_PASSES: '5' }, /^The hash of a password would take 1024 MiB/]
  ])('%j fails with a sentence', async (environment, errors) => {
    const result = await users(['add', 'x'], { stdin: `${canary}\n`, environment })
    expect(result).toEqual(refused(1, errors))
    expect(result.errors).not.toContain('hunter2')
  })

  test('a database that stays locked is away, and loses nothing', async () => {
    const sqlite = await connectSqlite(here.url.slice('sqlite:'.length))
    const locked = await users(['remove', 'johndoe'], {
      terminal: true,
      stdin: asked => {
        if (asked.startsWith('Remove')) sqlite.exec('begin immediate')
        return 'y\n'
      }
    })
    sqlite.close()
    expect(locked).toEqual(refused(1, /The database is away or too slow \(.*locked.*\): try again later\.\n$/))
    expect((await users(['show', 'johndoe'])).code).toBe(0)
  })
})

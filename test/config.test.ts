import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { ConfigError, readConfig, settings } from '../src/config.js'
import { help } from '../src/help.js'
import { fileVariableOf } from '../src/setting.js'
import { styleOf } from '../src/style.js'

describe('the configuration', () => {
  test('without an environment is this machine only, and port 8000', () => {
    expect(readConfig({})).toMatchObject({ host: '127.0.0.1', port: 8000, strictReplies: false })
  })

  test.each([
    [
      { HOST: '0.0.0.0', PORT: '0' },
      { host: '0.0.0.0', port: 0, strictReplies: false }
    ],
    [
      { HOST: '::1', PORT: '65535' },
      { host: '::1', port: 65_535, strictReplies: false }
    ],
    [{ STRICT_REPLIES: 'true' }, { host: '127.0.0.1', port: 8000, strictReplies: true }],
    [{ HOST: 'my-host.example' }, { host: 'my-host.example', port: 8000, strictReplies: false }]
  ])('takes %j', (environment, config) => {
    expect(readConfig(environment)).toMatchObject(config)
  })

  test('without an environment has no database, and the limits that the README shows', () => {
    expect(readConfig({})).toMatchObject({ databaseUrl: '', tokenSecrets: [], tokenKeyFiles: [], trustProxy: 0 })
    const { hashMemoryMiB, hashPasses, loginFailures, loginMinutes, userFailures, addressFailures } = readConfig({})
    expect([hashMemoryMiB, hashPasses, loginFailures, loginMinutes, userFailures, addressFailures]).toEqual([
      19, 2, 10, 15, 50, 100
    ])
  })

  test('tells all that is wrong at once, and never shows what may be a secret', () => {
    const wrong = { PORT: 'x', DATABASE_URL: 'mysql://root:hunter2@host/db', TOKEN_SECRETS: 'hunter2,,x' }
    expect(() => readConfig(wrong)).toThrow(
      new ConfigError(
        [
          'PORT is "x"; it takes a number from 0 to 65535, such as 8000.',
          "DATABASE_URL can't be used; it takes sqlite:data/users.db, or postgres://user:password@host/database.",
          "TOKEN_SECRETS can't be used; it takes secrets of at least 32 characters with commas between them."
        ].join('\n')
      )
    )
  })

  test('takes several secrets, and hashes no weaker than its defaults', () => {
    expect(readConfig({ TOKEN_SECRETS: 'a, b' }).tokenSecrets).toEqual(['a', 'b'])
    expect(() => readConfig({ HASH_MEMORY_MIB: '18' })).toThrow('it takes a number from 19 to 1024, such as 19.')
  })

  test.each(['http', '65536', '100000', '', '-1', '8000.5', '8e3', '0x50', ' 80'])('refuses the port %j', port => {
    const sentence = `PORT is ${JSON.stringify(port)}; it takes a number from 0 to 65535, such as 8000.`
    expect(() => readConfig({ PORT: port })).toThrow(new ConfigError(sentence))
  })

  test.each(['', '1', 'True'])('refuses STRICT_REPLIES %j', value => {
    const sentence = `STRICT_REPLIES is ${JSON.stringify(value)}; it takes true or false.`
    expect(() => readConfig({ STRICT_REPLIES: value })).toThrow(new ConfigError(sentence))
  })

  test.each(['', 'no host', 'http://127.0.0.1', '127.0.0.1\n'])('refuses the host %j', host => {
    const sentence = `HOST is ${JSON.stringify(host)}; it takes a host name or an IP address, such as 127.0.0.1.`
    expect(() => readConfig({ HOST: host })).toThrow(new ConfigError(sentence))
  })
})

describe('a secret in a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'secrets-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const canary = 'hunter2'
  const url = `postgres://keeper:${canary}@host/users`
  const fileWith = (name: string, content: string | Buffer): string => {
    const file = join(folder, name)
    writeFileSync(file, content)
    return file
  }
  const refusalOf = (environment: Readonly<Record<string, string>>): string => {
    try {
      readConfig(environment)
    } catch (error) {
      if (error instanceof ConfigError) return error.message
      throw error
    }
    return 'It is taken.'
  }
  const takesUrl = 'it takes sqlite:data/users.db, or postgres://user:password@host/database'

  test.each([
    ['url', url],
    ['url-with-newline', `${url}\n`],
    ['url-from-windows', `\ufeff${url}\r\n`]
  ])('is taken as it is, but for a newline at its end: %s', (name, content) => {
    expect(readConfig({ DATABASE_URL_FILE: fileWith(name, content) }).databaseUrl).toBe(url)
  })

  test('is taken for each setting that is secret, and for no other', () => {
    const names = Object.values(settings).flatMap(setting => fileVariableOf(setting) ?? [])
    expect(names).toEqual(['DATABASE_URL_FILE', 'TOKEN_SECRETS_FILE'])
    expect(readConfig({ TOKEN_SECRETS_FILE: fileWith('two', 'a, b \n') }).tokenSecrets).toEqual(['a', 'b'])
    expect(readConfig({ PORT_FILE: fileWith('port', '80') }).port).toBe(8000)
  })

  test.each([
    ['of another kind', `mysql://root:${canary}@host`, `has what can't be used; ${takesUrl}`],
    ['empty', '\n', `is empty; ${takesUrl}`],
    ['of two lines', `${url}\n${url}\n`, `has more than one line; ${takesUrl}`],
    ['not text', Buffer.from(`${url}\xff`, 'latin1'), "isn't text in UTF-8"]
  ])('is refused by its variable and its file, and not shown, if its content is %s', (name, content, why) => {
    const file = fileWith(name, content)
    expect(refusalOf({ DATABASE_URL_FILE: file })).toBe(`DATABASE_URL_FILE names ${file}, which ${why}.`)
  })

  test('is refused where its variable is set, too, and where nothing can be read, all at once', () => {
    const both = { DATABASE_URL: url, DATABASE_URL_FILE: fileWith('again', url) }
    expect(refusalOf({ ...both, PORT: 'x', TOKEN_SECRETS_FILE: folder })).toBe(
      [
        'PORT is "x"; it takes a number from 0 to 65535, such as 8000.',
        'DATABASE_URL and DATABASE_URL_FILE are both set: take one of them.',
        `TOKEN_SECRETS_FILE names ${folder}, which can't be read (EISDIR).`
      ].join('\n')
    )
    const missing = join(folder, 'missing')
    expect(refusalOf({ DATABASE_URL_FILE: missing })).toContain(`names ${missing}, which can't be read (ENOENT).`)
  })

  test.each(['', canary, url])('is not shown where the name of its file should be: %j', wrong => {
    expect(refusalOf({ DATABASE_URL_FILE: wrong })).toBe(
      "DATABASE_URL_FILE names a file, which can't be read (ENOENT)."
    )
  })
})

describe('the help', () => {
  const escapes = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g')
  const shown = (columns: number, isTTY: boolean, environment = {}): string =>
    help(columns, styleOf({ stdout: { isTTY }, environment }))

  test('has a row for each setting, with its default, what it is for and what it takes, within 100 columns', () => {
    const lines = shown(100, false).split('\n')
    const words = lines.map(line => line.slice(52)).join(' ')
    for (const { name, fallback, says, takes } of Object.values(settings)) {
      const row = lines.find(line => line.startsWith(`${name} `))
      expect(row?.slice(28, 50).trim()).toBe(fallback || '–')
      expect(words).toContain(says)
      expect(words).toContain(`It takes ${takes.replace(`, such as ${fallback}`, '')}`)
    }
    expect(lines.filter(line => line.length > 100)).toEqual([])
    expect(lines.filter(line => line.includes('_FILE names'))).toHaveLength(1)
  })

  test('is bold and dim at a terminal only, and not with NO_COLOR', () => {
    const plain = shown(120, false)
    expect(plain).not.toMatch(escapes)
    expect(shown(120, true, { NO_COLOR: '1' })).toBe(plain)
    expect(shown(120, true)).toMatch(escapes)
    expect(shown(120, true).replace(escapes, '')).toBe(plain)
  })

  test('fits 80 columns, too, and can be read in fewer', () => {
    const tooLong = shown(80, false)
      .split('\n')
      .filter(line => line.length > 80)
    expect(tooLong.filter(line => !/^ +\S+$/.test(line))).toEqual([]) // but for a word that is too long by itself
    expect(shown(20, false)).toContain('The address to listen')
  })
})

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { afterAll, describe, expect, test } from '@jest/globals'
import { sendBytes } from '../../../scripts/contract-tests/client.js'
import { openAccounts } from '../../../src/accounts.js'
import { ConfigError, readConfig } from '../../../src/config.js'
import { connectSqlite } from '../../../src/database/sqlite-library.js'
import { compose } from '../../../src/services.js'
import { startMain } from '../../support/process.js'
import { startReal } from './real-server.js'

const folder = mkdtempSync(join(tmpdir(), 'secrets-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Every secret has this in it, and nothing else has. */
const canary = 'cAnArY'
const right = `${canary}-right`
const tokenSecret = `${canary}-token-secret-of-32-bytes-or-more`
const form = (fields: string): string => `username=keeper&${fields}`

const requestText = (line: string, body = '', ...headers: readonly string[]): string => {
  const all = [
    `${line} HTTP/1.1`,
    'Host: x',
    'Connection: close',
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...headers
  ]
  return `${all.join('\r\n')}\r\n\r\n${body}`
}
const formRequest = (body: string, ...headers: readonly string[]): string =>
  requestText('POST /token', body, 'Content-Type: application/x-www-form-urlencoded', ...headers)
const me = (authorization: string): string => requestText('GET /users/me', '', `Authorization: ${authorization}`)

/** Requests with secrets in all the wrong places. */
const bag: readonly string[] = [
  formRequest(form(`password=${canary}-wrong`)),
  formRequest(form(`password=${right}&scope=${canary}`)),
  formRequest(form(`password=${right}&client_secret=${canary}&grant_type=${canary}`)),
  formRequest(form(`password=${canary}${'x'.repeat(3000)}`)),
  formRequest(form(`password=${right}&password=${canary}`)),
  formRequest(form(`password=%zz${canary}`)),
  formRequest(form(`password=%00${canary}%ed%a0%80`)),
  formRequest(`username=${right}&password=`),
  formRequest(`username=${right}&password=${canary}`),
  formRequest(`username=%00${right}&password=${canary}`),
  formRequest(right),
  formRequest(form(`password=${right}&${`${canary}=${canary}&`.repeat(70)}`)),
  formRequest(form(`password=${canary}${'x'.repeat(17_000)}`)),
  formRequest(form(`password=${right}`), 'Content-Encoding: gzip'),
  requestText('POST /token', `{"username":"keeper","password":"${right}"}`, 'Content-Type: application/json'),
  requestText('POST /token', `--b\r\n${right}`, 'Content-Type: multipart/form-data; boundary=b'),
  requestText(`POST /token?password=${right}`),
  requestText(`PUT /token?password=${right}`, form(`password=${right}`)),
  requestText(`GET /${right}`),
  requestText(`GET /users/me?access_token=${canary}`),
  me(`Bearer ${canary}`),
  me(`Bearer ${canary}.${canary}.${canary}`),
  me(`Bearer ${Buffer.from('{"alg":"none"}').toString('base64url')}.${canary}.`),
  me(`Basic ${Buffer.from(`keeper:${right}`).toString('base64')}`),
  me(canary),
  `POST /token HTTP/1.1\r\nHost: x\r\n${canary}\r\n\r\n`,
  `${canary}\r\n\r\n`
]

interface Target {
  readonly port: number
  readonly file: string
  /** All that the server has written. */
  readonly written: () => string
}

/** Adds the keeper of the secrets to a database. */
const addKeeper = async (file: string): Promise<string> => {
  const config = { ...readConfig({ DATABASE_URL: `sqlite:${file}` }), hashMemoryMiB: 1, hashPasses: 1 }
  const { database, passwords } = await openAccounts(config, () => undefined)
  const hash = await passwords.hash(right)
  await database.users.add({ username: 'keeper', hash })
  await database.users.add({ username: 'odd', hash, scopes: ['no"scope'] })
  await database.close()
  return hash
}

const statusesOf = (answers: readonly string[]): string[] =>
  [...new Set(answers.map(answer => answer.slice('HTTP/1.1 '.length, 'HTTP/1.1 200'.length)))].sort()

/** Sends the bag, is throttled, breaks the database; and expects no secret anywhere but in the answer that gives one. */
const expectNoSecrets = async ({ port, file, written }: Target): Promise<void> => {
  await addKeeper(file)
  const login = await sendBytes(port, formRequest(form(`password=${right}`)))
  const [, token = ''] = /"access_token":"([^"]+)"/.exec(login) ?? []
  expect(token).not.toBe('')
  const answers = [login.replace(token, ''), await sendBytes(port, me(`Bearer ${token}`))]
  expect(answers[1]).toMatch(
    /^HTTP\/1\.1 200 [^]*\{"username":"keeper","email":null,"full_name":null,"disabled":false\}$/
  )

  for (const request of bag) answers.push(await sendBytes(port, request))
  answers.push(await sendBytes(port, formRequest(`username=odd&password=${right}`)))
  for (let time = 0; time < 6; time += 1) answers.push(await sendBytes(port, formRequest(form(`password=${canary}`))))
  const operator = await connectSqlite(file)
  const hashes = operator.prepare('select password_hash from users').all([]) as { password_hash: string }[]
  operator.exec('alter table users rename to elsewhere')
  operator.close()
  answers.push(await sendBytes(port, formRequest(`username=${right}&password=${canary}`)))
  answers.push(await sendBytes(port, me(`Bearer ${token}`)))

  expect(statusesOf(answers)).toEqual(['200', '400', '401', '404', '405', '413', '415', '422', '429', '500'])
  const everything = [...answers, written()].join('\n')
  expect(written()).toContain('no such table: users')
  expect(written()).toContain('"username":"keeper","outcome":"accepted"')
  expect(linesWith(everything, canary)).toEqual([])
  expect(linesWith(everything, '$argon2')).toEqual([])
  for (const part of token.split('.').slice(1)) expect(linesWith(everything, part)).toEqual([])
  const salts = hashes.flatMap(({ password_hash: hash }) => hash.split('$').slice(-2))
  expect(salts.length).toBeGreaterThanOrEqual(4)
  for (const part of salts) expect(linesWith(everything, part)).toEqual([])
}

/** The lines with a text, in any case, as it is or encoded. */
const linesWith = (text: string, secret: string): string[] => {
  const encoded = (['base64', 'hex'] as const).map(encoding => Buffer.from(secret).toString(encoding))
  const forms = [secret, ...encoded].map(one => one.toLowerCase())
  return text.split('\n').filter(line => forms.some(one => line.toLowerCase().includes(one)))
}

describe('no secret leaves, in answers, logs, errors or the list of processes', () => {
  test('of a server with all its reasons', async () => {
    const server = await startReal({ tokenSecrets: [tokenSecret], loginFailures: 8 })
    try {
      await expectNoSecrets({ ...server, written: () => server.log.map(line => JSON.stringify(line)).join('\n') })
    } finally {
      await server.close()
    }
  })

  test('of a process', async () => {
    const file = join(folder, 'users.db')
    const environment = {
      DATABASE_URL: `sqlite:${file}`,
      TOKEN_SECRETS: tokenSecret,
      LOGIN_FAILURES: '8',
      LOG_REQUESTS: 'all'
    }
    const main = await startMain(environment)
    try {
      const commandLine = `/proc/${String(main.child.pid)}/cmdline`
      const isListed = existsSync(commandLine)
      const listed = isListed ? readFileSync(commandLine, 'utf8') : ''
      expect(listed.includes('dist/main.js')).toBe(isListed)
      await expectNoSecrets({ port: main.port, file, written: () => main.printed() + listed })
      main.child.kill()
      expect(await main.ended).toEqual({ code: 0, signal: null })
      expect(linesWith(main.printed(), canary)).toEqual([])
    } finally {
      main.child.kill('SIGKILL')
    }
  })

  const badKey = join(folder, 'key.pem')
  writeFileSync(badKey, `-----BEGIN PRIVATE KEY-----\n${canary}\n-----END PRIVATE KEY-----\n`)

  test.each([
    ['a PostgreSQL that is away', { DATABASE_URL: `postgres://keeper:${canary}@127.0.0.1:1/users` }],
    ['a password that is not encoded', { DATABASE_URL: `postgres://keeper:%zz${canary}@127.0.0.1:1/users` }],
    ['a URL that is none', { DATABASE_URL: `postgres://keeper:${canary}@127.0.0.1:port/users` }],
    ['a host that is none', { DATABASE_URL: `postgres://keeper:a/${canary}@127.0.0.1/users` }],
    ['another database', { DATABASE_URL: `mysql://keeper:${canary}@127.0.0.1/users` }],
    ['a short secret', { DATABASE_URL: `sqlite:${folder}/a.db`, TOKEN_SECRETS: canary }],
    [
      'the same secret twice',
      { DATABASE_URL: `sqlite:${folder}/a.db`, TOKEN_SECRETS: `${tokenSecret},${tokenSecret}` }
    ],
    ['an empty secret', { DATABASE_URL: `sqlite:${folder}/a.db`, TOKEN_SECRETS: `${tokenSecret},` }],
    ['a key that is none', { DATABASE_URL: `sqlite:${folder}/a.db`, TOKEN_KEY_FILE: badKey }]
  ])('of a start that fails with %s', async (_what, environment) => {
    const start = async (): Promise<unknown> => {
      const config = { ...readConfig(environment), hashMemoryMiB: 1, hashPasses: 1 }
      return compose(config, { contract: () => undefined, log: () => undefined })
    }
    const error: unknown = await start().catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(ConfigError)
    expect(linesWith(inspect(error, { depth: 12, showHidden: true }), canary)).toEqual([])
  })

  test('of what services throw', async () => {
    const server = await startReal({ tokenSecrets: [tokenSecret] })
    try {
      const { users, passwords, tokens } = server.services
      await addKeeper(server.file)
      const odd = await users.findWithHash('odd')
      if (!odd) throw new Error('there is no such user')
      const operator = await connectSqlite(server.file)
      operator.exec('alter table users rename to elsewhere')
      operator.close()
      const failures = await Promise.allSettled([
        users.findWithHash(right),
        users.find(right),
        users.add({ username: 'x', hash: right }),
        users.change('x', { hash: right }),
        users.renewHash('x', right, canary),
        users.change('x', { hash: `\0${right}` }),
        passwords.hash(canary.repeat(100)),
        tokens.issue(odd, [])
      ])
      expect(failures.map(({ status }) => status)).toEqual(Array(8).fill('rejected'))
      const shown = inspect(failures, { depth: 12, showHidden: true })
      expect([...linesWith(shown, canary), ...linesWith(shown, odd.hash)]).toEqual([])
    } finally {
      await server.close()
    }
  })
})

import { hash as argon2 } from '@node-rs/argon2'
import { hash as bcrypt } from '@node-rs/bcrypt'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Answer } from '../../../scripts/contract-tests/client.js'
import { connectSqlite } from '../../../src/database/sqlite-library.js'
import { stackOf } from '../../support/keep-log.js'
import { logIn, readMe } from '../../support/login.js'
import { type RealOptions, type RealServer, startReal, tokenOf } from './real-server.js'

const [argon2d, argon2i] = [0, 1] // an enum that modules don't have
const john = 'username=johndoe&password=secret'
const wrong = 'username=johndoe&password=wrong'

const isRetryable = ({ headers }: Answer): boolean => /^[1-9]\d*$/.test(String(headers['retry-after']))
const statusOf = async (answer: Promise<Answer>): Promise<number> => (await answer).status

/** Runs a server for the time of one test. */
const withServer = async (options: RealOptions, work: (server: RealServer) => Promise<void>): Promise<void> => {
  const server = await startReal(options)
  await work(server).finally(() => server.close())
}

describe('hashes', () => {
  let server: RealServer
  beforeAll(async () => {
    server = await startReal()
  })
  afterAll(() => server.close())

  const hashOf = async (username: string): Promise<string> =>
    (await server.services.users.findWithHash(username))?.hash ?? ''

  const cheap = { memoryCost: 1024, timeCost: 1, parallelism: 1 }
  const strong = /^\$argon2id\$v=19\$m=1024,t=1,p=1\$/

  test.each([
    ['less memory', { ...cheap, memoryCost: 256 }],
    ['Argon2i', { ...cheap, algorithm: argon2i }],
    ['Argon2d', { ...cheap, algorithm: argon2d }],
    ['bcrypt', undefined]
  ])('%s is renewed at the login, and tokens go on', async (_what, options) => {
    const token = tokenOf(await logIn(server.port, john))
    const weak = await (options ? argon2('secret', options) : bcrypt('secret', 4))
    await server.services.users.renewHash('johndoe', await hashOf('johndoe'), weak)
    expect((await logIn(server.port, wrong)).status).toBe(400)
    expect(await hashOf('johndoe')).toBe(weak)
    const fresh = tokenOf(await logIn(server.port, john))
    const renewed = await hashOf('johndoe')
    expect(renewed).toMatch(strong)
    expect(await statusOf(logIn(server.port, john))).toBe(200)
    expect(await hashOf('johndoe')).toBe(renewed)
    expect(await statusOf(readMe(server.port, token))).toBe(200)
    expect(await statusOf(readMe(server.port, fresh))).toBe(200)
  })

  test.each([
    ['an empty text', ''],
    ["the chapter's hash", 'fakehashedsecret'],
    ['the beginning of one', '$argon2id$'],
    ['one without its end', '$argon2id$v=19$m=1024,t=1,p=1$c2FsdHNhbHQ'],
    ['one of 4 GiB', `$argon2id$v=19$m=4194304,t=100,p=1$${'c2FsdHNhbHQ'.repeat(2)}$${'aGFzaGhhc2g'.repeat(4)}`],
    ['no bcrypt', '$2b$04$short'],
    ['bcrypt of a day', '$2b$31$abcdefghijklmnopqrstuuWbvQ8o8ZzAUl9sZl1q8Yb1lCMWvR1V2'],
    ['100,000 letters', 'x'.repeat(100_000)]
  ])('%s in the table lets nobody in, and is no fault of the server', async (_what, hash) => {
    const before = server.log.length
    await server.services.users.change('johndoe', { hash })
    const answer = await logIn(server.port, john)
    expect([answer.status, answer.json]).toMatchObject([400, { error: 'invalid_grant' }])
    expect(server.log.slice(before)).toEqual([expect.objectContaining({ message: 'login', outcome: 'refused' })])
    expect(await hashOf('johndoe')).toBe(hash)
  })
})

describe('the throttle', () => {
  const from = (address: string) => ({ 'X-Forwarded-For': address })
  const fail = async (server: RealServer, times: number, form = wrong, address = '198.51.100.7'): Promise<void> => {
    for (let time = 0; time < times; time += 1) {
      expect(await statusOf(logIn(server.port, form, from(address)))).toBe(400)
    }
  }
  const expectThrottled = (answer: Answer): void => {
    expect([answer.status, answer.text]).toEqual([429, '{"detail":"Too Many Requests"}'])
    expect(isRetryable(answer)).toBe(true)
    expect(answer.headers['cache-control']).toBe('no-store')
  }

  test.each([
    ['of a user', 'johndoe'],
    ['of nobody', 'nobody']
  ])('turns away after ten failures %s, and logs it without more', async (_whose, username) =>
    withServer({ loginFailures: 10 }, async server => {
      await fail(server, 10, `username=${username}&password=wrong`)
      const answer = await logIn(server.port, `username=${username}&password=secret`)
      expectThrottled(answer)
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(14 * 60)
      expect(Number(answer.headers['retry-after'])).toBeLessThanOrEqual(15 * 60)
      const known = { outcome: 'throttled', address: '127.0.0.1', request: expect.any(String) }
      const line = { level: 'warn', message: 'login', ...known }
      expect(server.log.at(-1)).toEqual(line)
      expect(await statusOf(logIn(server.port, 'username=alice&password=secret2'))).toBe(200)
    })
  )

  test('gives back what succeeds, and nothing of what failed', async () =>
    withServer({ loginFailures: 3 }, async server => {
      for (let time = 0; time < 5; time += 1) expect(await statusOf(logIn(server.port, john))).toBe(200)
      await fail(server, 2)
      expect(await statusOf(logIn(server.port, john))).toBe(200)
      await fail(server, 1)
      expectThrottled(await logIn(server.port, john))
    }))

  test('lets no more guesses in when they come at once', async () =>
    withServer({ loginFailures: 3 }, async server => {
      const statuses = await Promise.all(Array.from({ length: 12 }, () => statusOf(logIn(server.port, wrong))))
      expect(statuses.filter(status => status === 400)).toHaveLength(3)
      expect(statuses.filter(status => status === 429)).toHaveLength(9)
    }))

  test('goes by the /64 of an IPv6 address, behind a proxy that is trusted', async () =>
    withServer({ loginFailures: 4, trustProxy: 1 }, async server => {
      await fail(server, 2, wrong, '2001:db8:1:2::1')
      await fail(server, 2, wrong, '2001:db8:1:2:ffff:ffff:ffff:ffff')
      expectThrottled(await logIn(server.port, john, from('2001:DB8:1:2:0:0:0:3')))
      expect(await statusOf(logIn(server.port, john, from('2001:db8:1:3::1')))).toBe(200)
      expectThrottled(await logIn(server.port, john, from('2001:db8:1:3::1, 2001:db8:1:2::9')))
    }))

  test('goes by the address without the port that some proxies add', async () =>
    withServer({ loginFailures: 2, trustProxy: 1 }, async server => {
      await fail(server, 1, wrong, '198.51.100.1:50001')
      await fail(server, 1, wrong, '198.51.100.1:50002')
      expectThrottled(await logIn(server.port, john, from('198.51.100.1')))
      await fail(server, 2, wrong, '[2001:db8:1:2::1]:50001')
      expectThrottled(await logIn(server.port, john, from('[2001:db8:1:2::2]')))
    }))

  test('goes by the connection where no proxy is trusted', async () =>
    withServer({ loginFailures: 2 }, async server => {
      await fail(server, 1, wrong, '198.51.100.1')
      await fail(server, 1, wrong, '198.51.100.2')
      expectThrottled(await logIn(server.port, john, from('198.51.100.3')))
    }))

  test('goes by the address, whatever the names', async () =>
    withServer({ addressFailures: 3, trustProxy: 1 }, async server => {
      for (const name of ['one', 'two', 'three']) await fail(server, 1, `username=${name}&password=wrong`)
      expectThrottled(await logIn(server.port, john, from('198.51.100.7')))
      expect(await statusOf(logIn(server.port, john, from('198.51.100.8')))).toBe(200)
    }))

  test('lets a user in from a known address while the account is under attack, after a restart, too', async () =>
    withServer({ userFailures: 3, trustProxy: 1 }, async first => {
      expect(await statusOf(logIn(first.port, john, from('203.0.113.5')))).toBe(200)
      await withServer({ userFailures: 3, trustProxy: 1, file: first.file }, async server => {
        for (const address of ['198.51.100.1', '198.51.100.2', '198.51.100.3']) await fail(server, 1, wrong, address)
        expectThrottled(await logIn(server.port, john, from('198.51.100.4')))
        expect(await statusOf(logIn(server.port, john, from('203.0.113.5')))).toBe(200)
        expectThrottled(await logIn(server.port, john, from('198.51.100.4')))
      })
    }))
})

describe('what is away or too busy', () => {
  const expectUnavailable = (answer: Answer): void => {
    expect([answer.status, answer.text]).toEqual([503, '{"detail":"Service Unavailable"}'])
    expect(isRetryable(answer)).toBe(true)
  }

  test('too many passwords at once are turned away, uncounted, and tokens are good meanwhile', async () =>
    withServer({ hashMemoryMiB: 128, hashQueue: 1, threads: 3, loginFailures: 3 }, async server => {
      const alice = 'username=alice&password=secret2'
      const token = tokenOf(await logIn(server.port, john))
      const ended: (Answer | 'me')[] = []
      const logins = Array.from({ length: 12 }, async () => ended.push(await logIn(server.port, alice)))
      expect(await statusOf(readMe(server.port, token))).toBe(200)
      ended.push('me')
      await Promise.all(logins)
      const answers = ended.filter(one => one !== 'me')
      const accepted = answers.filter(({ status }) => status === 200)
      expect(accepted).toHaveLength(2)
      for (const answer of answers) if (answer.status !== 200) expectUnavailable(answer)
      expect(ended.indexOf('me')).toBeLessThan(ended.lastIndexOf(accepted[1] ?? 'me'))
      expect(await statusOf(logIn(server.port, alice))).toBe(200)
      expect(server.log.filter(line => line.message !== 'login')).toEqual([])
    }))

  test('a login that the database fails is a 500 with its stack in the log, and not counted', async () =>
    withServer({ loginFailures: 2 }, async server => {
      const operator = await connectSqlite(server.file)
      operator.exec('alter table users rename to elsewhere')
      for (let time = 0; time < 3; time += 1) expect(await statusOf(logIn(server.port, john))).toBe(500)
      expect(server.log).toHaveLength(3)
      for (const line of server.log) expect(stackOf(line)).toMatch(/no such table: users\n {4}at /)
      operator.exec('alter table elsewhere rename to users')
      operator.close()
      expect(await statusOf(logIn(server.port, john))).toBe(200)
    }))

  test('a login that has to write to a locked file is turned away within 2.5 s, and others go on', async () =>
    withServer({ trustProxy: 1 }, async server => {
      const { users } = server.services
      const known = { 'X-Forwarded-For': '203.0.113.5' }
      const token = tokenOf(await logIn(server.port, john, known))
      const eve = { username: 'eve', hash: await argon2('secret', { memoryCost: 256, timeCost: 1, parallelism: 1 }) }
      await users.add(eve)
      const writer = await connectSqlite(server.file)
      writer.exec('begin immediate')
      const began = performance.now()
      const waiting = Promise.all([
        logIn(server.port, john, { 'X-Forwarded-For': '198.51.100.1' }), // to be remembered
        logIn(server.port, 'username=eve&password=secret', known) // to be renewed
      ])
      expect(await statusOf(logIn(server.port, john, known))).toBe(200)
      expect(await statusOf(logIn(server.port, wrong, known))).toBe(400)
      expect(await statusOf(readMe(server.port, token))).toBe(200)
      for (const answer of await waiting) expectUnavailable(answer)
      expect(performance.now() - began).toBeLessThan(2500)
      writer.exec('rollback')
      writer.close()
      expect(await statusOf(logIn(server.port, john, { 'X-Forwarded-For': '198.51.100.1' }))).toBe(200)
      expect(await statusOf(logIn(server.port, 'username=eve&password=secret', known))).toBe(200)
      const lines = server.log.filter(line => line.message !== 'login')
      expect(lines[0]?.message).toMatch(/^The database is away or too slow \(another process has locked the file\)/)
      expect(lines.filter(line => stackOf(line) !== '')).toEqual([])
    }))
})

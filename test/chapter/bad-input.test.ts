import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { maxBodyBytes } from '../../src/http/body.js'
import { maxFormFields } from '../../src/http/body.js'
import { send, sendBytes } from '../../scripts/contract-tests/client.js'
import type { TestServer } from '../support/server.js'
import { chapterOptions, startChapter } from './chapter.js'
import { contractText } from '../support/project.js'
import { formType, logIn, readMe } from '../support/login.js'

let server: TestServer
beforeAll(async () => {
  server = await startChapter()
})
afterAll(() => server.close())

const johndoe = 'username=johndoe&password=secret'
const missing = (...fields: string[]) => ({
  detail: fields.map(field => ({ loc: ['body', field], msg: 'field required', type: 'value_error.missing' }))
})
const incorrect = { detail: 'Incorrect username or password' }

const login = (headers: string, body: string) =>
  `POST /token HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n${headers}\r\n\r\n${body}`

/** Sends bytes on one connection, then a good request on the same, and gives both answers as they came. */
const thenGood = (first: string): Promise<string> =>
  sendBytes(server.port, `${first}GET /users/me HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)

describe('too much', () => {
  const filled = (bytes: number) => `${johndoe}&filler=`.padEnd(bytes, 'x')

  test('the contract says what the limits are', () => {
    expect(contractText).toContain(`${maxBodyBytes / 1024} KiB (${maxBodyBytes.toLocaleString('en')} bytes)`)
    expect(contractText).toContain(`more than ${maxFormFields} fields`)
  })

  test('a body of 16 KiB is read, and one byte more is a 413', async () => {
    expect((await logIn(server.port, filled(16 * 1024))).status).toBe(200)
    const answer = await logIn(server.port, filled(16 * 1024 + 1))
    expect([answer.status, answer.json]).toEqual([413, { detail: 'Content Too Large' }])
  })

  test('a chunked body of more than 16 KiB is a 413', async () => {
    const size = 20_000
    const chunks = `${size.toString(16)}\r\n${filled(size)}\r\n0\r\n\r\n`
    const answers = await thenGood(login('Transfer-Encoding: chunked', chunks))
    expect(answers).toMatch(/^HTTP\/1\.1 413 [^]*HTTP\/1\.1 401 /)
  })

  test('64 fields are read, and one more is a 413, repeated or not', async () => {
    const fields = (count: number) => johndoe + Array.from({ length: count - 2 }, (_, i) => `&f${i}=1`).join('')
    expect((await logIn(server.port, fields(64))).status).toBe(200)
    expect((await logIn(server.port, fields(65))).status).toBe(413)
    expect((await logIn(server.port, johndoe + '&f='.repeat(70))).status).toBe(413)
  })

  test('the answer to a body of 8 MiB arrives, and the connection can be used again', async () => {
    const body = 'x'.repeat(8 * 1024 * 1024)
    const answers = await thenGood(login(`Content-Length: ${body.length}`, body))
    expect(answers).toMatch(/^HTTP\/1\.1 413 [^]*\{"detail":"Content Too Large"\}HTTP\/1\.1 401 /)
  })

  test('headers of more than 16 KiB are a 431', async () => {
    const answer = await sendBytes(server.port, `GET /users/me HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(17_000)}\r\n\r\n`)
    expect(answer).toMatch(/^HTTP\/1\.1 431 /)
  })
})

test('empty pairs are no fields, and hide none', async () => {
  expect((await logIn(server.port, `${'&'.repeat(500)}${johndoe}`)).status).toBe(200)
  expect((await logIn(server.port, `${johndoe}${'&'.repeat(500)}username=alice`)).status).toBe(422)
})

describe('foreign encodings', () => {
  test.each(['gzip', 'br', 'deflate', 'x-own', 'gzip, identity'])('Content-Encoding: %s is a 415', async coding => {
    const answer = await logIn(server.port, johndoe, { 'Content-Encoding': coding })
    expect([answer.status, answer.json]).toEqual([415, { detail: 'Unsupported Media Type' }])
  })

  test('Content-Encoding: identity is none', async () => {
    expect((await logIn(server.port, johndoe, { 'Content-Encoding': 'Identity' })).status).toBe(200)
  })

  const form = formType['Content-Type']
  test.each(['latin1', 'iso-8859-1', '"utf-16"', 'utf-7', ''])('charset=%s is a 415', async charset => {
    const answer = await logIn(server.port, johndoe, { 'Content-Type': `${form}; charset=${charset}` })
    expect(answer.status).toBe(415)
  })

  test.each(['utf-8', 'UTF-8', '"utf-8"', 'utf8'])('charset=%s is UTF-8', async charset => {
    const answer = await logIn(server.port, johndoe, { 'Content-Type': `${form};charset=${charset}` })
    expect(answer.status).toBe(200)
  })

  test.each([
    ['application/json', '{"username":"johndoe","password":"secret"}'],
    ['text/plain', johndoe],
    [
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="username"\r\n\r\njohndoe\r\n--x--'
    ],
    ['application/x-www-form-urlencodedx', johndoe],
    ['', johndoe]
  ])('a body in %p is no form: both fields are missing', async (mediaType, body) => {
    const headers: Record<string, string> = mediaType === '' ? {} : { 'Content-Type': mediaType }
    const answer = await send(server.port, { method: 'POST', path: '/token', headers, body })
    expect([answer.status, answer.json]).toEqual([422, missing('username', 'password')])
  })
})

describe('fields that are not what they should be', () => {
  test.each(['username', 'password', 'grant_type', 'client_id', 'client_secret'])(
    'a repeated %s is a 422',
    async name => {
      const values: Record<string, string> = { username: 'johndoe', password: 'secret', grant_type: 'password' }
      const field = `${name}=${values[name] ?? 'x'}`
      const { status, json } = await logIn(server.port, `${johndoe}&${field}&${field}`)
      const detail = [{ loc: ['body', name], msg: 'str type expected', type: 'type_error.str' }]
      expect([status, json]).toEqual([422, { detail }])
    }
  )

  test('a repeated scope is a 422 too, though the scope is a list', async () => {
    expect((await logIn(server.port, `${johndoe}&scope=a&scope=b`)).status).toBe(422)
  })

  test.each(['username[]=johndoe', 'username[a]=johndoe', 'username%5B%5D=johndoe', 'user;name=johndoe'])(
    '%s is no username',
    async field => {
      const answer = await logIn(server.port, `${field}&password=secret`)
      expect([answer.status, answer.json]).toEqual([422, missing('username')])
    }
  )

  test('a semicolon separates nothing', async () => {
    const answer = await logIn(server.port, 'username=johndoe;password=secret')
    expect([answer.status, answer.json]).toEqual([422, missing('password')])
  })

  test('16 KiB of brackets, of percent signs or of ampersands take no longer than 16 KiB of letters', async () => {
    const fastest = async (body: string): Promise<number> => {
      const times: number[] = []
      for (let i = 0; i < 5; i += 1) {
        const started = performance.now()
        await logIn(server.port, body)
        times.push(performance.now() - started)
      }
      return Math.min(...times) // the machine may have been busy with something else in all others
    }
    for (const part of ['a[', '%', '&', '=', 'a=&', '%25', '[][]', '+']) {
      expect(await fastest(part.repeat(16_384 / part.length))).toBeLessThan(200) // milliseconds; quadratic time takes seconds
    }
  })

  test.each([
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    '%00',
    'john%00doe',
    '%ZZ',
    '%',
    '%E4%B8',
    'x'.repeat(500)
  ])('the username %s is nobody, as a token too', async name => {
    const answer = await logIn(server.port, `username=${name}&password=secret`)
    expect([answer.status, answer.json]).toEqual([400, incorrect])
    const me = await readMe(server.port, name)
    expect([me.status, me.json]).toEqual([401, { detail: 'Invalid authentication credentials' }])
  })

  test.each(['__proto__=1', '__proto__[x]=1', 'constructor=1', 'toString=1', 'hasOwnProperty=x'])(
    'a field %s is a field like any other unknown one',
    async field => {
      expect((await logIn(server.port, `${johndoe}&${field}`)).status).toBe(200)
      expect(({} as Record<string, unknown>)['x']).toBeUndefined()
    }
  )

  test.each(['/users/%6de', '/users/me/', '/token/', '//users/me', '/users//me', '/users/%ZZ', '/%', '/users/me%00'])(
    '%s is another path than any in the contract',
    async path => {
      const answer = await send(server.port, { path, headers: { Authorization: 'Bearer johndoe' } })
      expect([answer.status, answer.json]).toEqual([404, { detail: 'Not Found' }])
    }
  )
})

describe('what is not HTTP', () => {
  test.each([
    ['length and chunked together', login('Content-Length: 5\r\nTransfer-Encoding: chunked', '0\r\n\r\n')],
    ['two lengths', login('Content-Length: 5\r\nContent-Length: 6', 'a=b&c=')],
    ['a negative length', login('Content-Length: -1', '')],
    ['a bad request line', 'what is this\r\n\r\n'],
    ['a bad header', 'GET / HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n']
  ])('%s: 400, and the server lives', async (_name, bytes) => {
    expect(await sendBytes(server.port, bytes)).toMatch(/^HTTP\/1\.1 400 /)
    expect((await readMe(server.port, 'johndoe')).status).toBe(200)
  })

  test('a target that is none is a 400, without a page', async () => {
    const answer = await sendBytes(server.port, 'GET http://[::1/x HTTP/1.1\r\nHost: x\r\n\r\n')
    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
    expect(answer).not.toContain('<')
  })

  test('a whole URL is matched as it is sent, dots and all', async () => {
    const request = 'GET http://x/docs/../users/me HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'
    expect(await sendBytes(server.port, request)).toMatch(/^HTTP\/1\.1 404 /)
  })

  test('a request target may be a whole URL', async () => {
    const request =
      'GET http://x/users/me?y HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer johndoe\r\nConnection: close\r\n\r\n'
    expect(await sendBytes(server.port, request)).toMatch(/^HTTP\/1\.1 200 /)
  })

  test('a client that hangs up halfway through its body is forgotten, and not logged', async () => {
    await new Promise<void>((resolve, reject) => {
      const socket = connect(server.port, '127.0.0.1', () => {
        socket.write(login('Content-Length: 100', 'username=john'), () => socket.resetAndDestroy())
      })
      socket.on('error', reject)
      socket.on('close', () => {
        resolve()
      })
    })
    expect((await readMe(server.port, 'johndoe')).status).toBe(200)
    expect(server.log).toEqual([])
  })
})

test('a client that stops in its headers is closed after one limit, one that stops in its body after another', async () => {
  const timeouts = { headersTimeout: 600, requestTimeout: 1200, connectionsCheckingInterval: 50 }
  const impatient = await startChapter({ timeouts })
  const closedAfter = async (bytes: string): Promise<number> => {
    const started = performance.now()
    await sendBytes(impatient.port, bytes)
    return performance.now() - started
  }
  try {
    const [headers, body] = await Promise.all([
      closedAfter('GET /users/me HTTP/1.1\r\nHost: x\r\nX-Slow'),
      closedAfter(login('Content-Length: 100', 'username=john'))
    ])
    expect(headers).toBeGreaterThanOrEqual(timeouts.headersTimeout)
    expect(body).toBeGreaterThanOrEqual(timeouts.requestTimeout)
    expect(headers).toBeLessThan(body)
  } finally {
    await impatient.close()
  }
})

test('without other limits, clients have 10 s for their headers and 15 s for all of a request', async () => {
  const { createAppServer, production } = await import('../../src/app.js')
  const made = createAppServer({ ...(await chapterOptions()), log: () => undefined, mode: production })
  expect([made.headersTimeout, made.requestTimeout]).toEqual([10_000, 15_000])
})

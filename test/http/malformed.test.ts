import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { sendBytes } from '../../scripts/contract-tests/client.js'
import { startLogin } from '../support/login.js'
import type { TestServer } from '../support/server.js'

let server: TestServer
beforeAll(async () => {
  const timeouts = { headersTimeout: 300, requestTimeout: 300, connectionsCheckingInterval: 20 }
  server = await startLogin({ timeouts })
})
afterAll(() => server.close())

const me = 'GET /users/me HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer johndoe\r\n'
const form = 'POST /token HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n'
const johndoe = 'username=johndoe&password=secret'

describe("the server's own words for what is no good request", () => {
  test.each([
    ['a bad request line', 'what is this\r\n\r\n', 400, 'Bad Request'],
    ['a bad header', 'GET / HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n', 400, 'Bad Request'],
    ['no Host', 'GET /users/me HTTP/1.1\r\n\r\n', 400, 'Bad Request'],
    ['two Hosts', 'GET /users/me HTTP/1.1\r\nHost: x\r\nhost: y\r\n\r\n', 400, 'Bad Request'],
    ['a Host that is none', 'GET /users/me HTTP/1.1\r\nHost: x/y\r\n\r\n', 400, 'Bad Request'],
    ['another HTTP', 'GET /users/me HTTP/2.0\r\nHost: x\r\n\r\n', 505, 'HTTP Version Not Supported'],
    ['a target that is none', 'GET http://[::1/x HTTP/1.1\r\nHost: x\r\n\r\n', 400, 'Bad Request'],
    ['a bad chunk', `${form}Transfer-Encoding: chunked\r\n\r\nx\r\n`, 400, 'Bad Request'],
    ["HTTP/2's preface", `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n${me}\r\n`, 400, 'Bad Request'],
    ['a coding without an end', `${form}Transfer-Encoding: "chunked"\r\n\r\n`, 400, 'Bad Request'],
    ...(
      [
        ['a bad chunk', 'Transfer-Encoding: chunked', 'x\r\n', 400, 'Bad Request'],
        ['a chunk longer than it says', 'Transfer-Encoding: chunked', '3\r\nabcd\r\n0\r\n\r\n', 400, 'Bad Request'],
        [
          'endless extensions of a chunk',
          'Transfer-Encoding: chunked',
          `1;${'x'.repeat(20_000)}\r\n`,
          413,
          'Content Too Large'
        ],
        ['a coding without an end', 'Transfer-Encoding: "chunked"', johndoe, 400, 'Bad Request']
      ] as const
    ).map(([name, framing, body, status, detail]): [string, string, number, string] => [
      `${name}, where an upgrade is asked for`,
      `${form}Connection: upgrade\r\nUpgrade: h2c\r\n${framing}\r\n\r\n${body}`,
      status,
      detail
    ]),
    ['a head that never ends', 'GET /users/me HTTP/1.1\r\nHost', 408, 'Request Timeout'],
    ['a body that never ends', `${form}Content-Length: 50\r\n\r\nusername`, 408, 'Request Timeout'],
    [
      'endless extensions of a chunk',
      `${form}Transfer-Encoding: chunked\r\n\r\n1;${'x'.repeat(20_000)}\r\n`,
      413,
      'Content Too Large'
    ],
    ['another expectation', `${me}Expect: miracles\r\n\r\n`, 417, 'Expectation Failed'],
    ['a header of 17 KiB', `${me}X: ${'x'.repeat(17_000)}\r\n\r\n`, 431, 'Request Header Fields Too Large'],
    ['1,001 headers', `${me}${'a:b\r\n'.repeat(999)}\r\n`, 431, 'Request Header Fields Too Large']
  ])('%s', async (_name, bytes, status, detail) => {
    const [head = '', body] = (await sendBytes(server.port, bytes)).split('\r\n\r\n')
    const [line, ...fields] = head.split('\r\n')
    expect(line).toMatch(new RegExp(`^HTTP/1\\.1 ${status} [A-Z]`))
    expect(fields).toEqual(
      expect.arrayContaining([
        'Content-Type: application/json',
        `Content-Length: ${Buffer.byteLength(body ?? '')}`,
        'Cache-Control: no-store',
        'Connection: close'
      ])
    )
    expect(JSON.parse(body ?? '')).toEqual({ detail })
  })

  test.each([
    ['no request', 'what is this\r\n\r\n', 400],
    ['a bad header', `${me}no colon\r\n\r\n`, 400],
    ['no text', '\x00', 400],
    ['a header of 17 KiB', `${me}X: ${'x'.repeat(17_000)}\r\n\r\n`, 431],
    ['a target of 17 KiB', `GET /${'x'.repeat(17_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 431],
    ['a bad header before one of 17 KiB', `${me}no colon\r\nX: ${'x'.repeat(17_000)}\r\n\r\n`, 400]
  ])('come for %s behind a request for an upgrade', async (_name, bad, status) => {
    const upgrade = `${me}Connection: upgrade\r\nUpgrade: h2c\r\n\r\n`
    for (const before of [upgrade, upgrade.repeat(2)]) {
      const answers = await sendBytes(server.port, before + bad)
      expect(answers.match(/HTTP\/1\.1 \d+/g)?.slice(-2)).toEqual(['HTTP/1.1 200', `HTTP/1.1 ${status}`])
    }
  })

  test('are not for a good body, in chunks, of a request that asks for an upgrade', async () => {
    const chunks = `${johndoe.length.toString(16)}\r\n${johndoe}\r\n0\r\n\r\n`
    const login = `${form}Connection: upgrade\r\nUpgrade: h2c\r\nTransfer-Encoding: chunked\r\n\r\n${chunks}`
    const answers = await sendBytes(server.port, `${login.repeat(2)}${me}Connection: close\r\n\r\n`)
    expect(answers.match(/HTTP\/1\.1 \d+/g)).toEqual(Array(3).fill('HTTP/1.1 200'))
  })

  test('1,000 headers are all read', async () => {
    const bytes = `GET /users/me HTTP/1.1\r\nHost: x\r\n${'a:b\r\n'.repeat(997)}Authorization: Bearer johndoe\r\nConnection: close\r\n\r\n`
    expect(await sendBytes(server.port, bytes)).toMatch(/^HTTP\/1\.1 200 /)
  })

  test('come after the replies to the good requests before them', async () => {
    const answers = await sendBytes(server.port, `${me}\r\n${me}\r\nwhat is this\r\n\r\n`)
    expect(answers.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 200', 'HTTP/1.1 400'])
    expect(answers).toMatch(/\}HTTP\/1\.1 200 [^]*\}HTTP\/1\.1 400 /)
  })

  test('come after them even if there is no empty line between', async () => {
    const good = `${form}Content-Length: ${johndoe.length}\r\n\r\n${johndoe}`
    const answers = await sendBytes(server.port, `${good}GET /users/me HTTP/1.1\nHost: x\n\n`)
    expect(answers.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 400'])
  })

  test('have no body where it was HEAD', async () => {
    const answer = await sendBytes(server.port, 'HEAD / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n')
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d [^]*\r\n\r\n$/)
  })

  test('are never written into a reply that has begun', async () => {
    const body = `${johndoe}&${'x'.repeat(20_000)}` // refused as soon as its length is known
    const answer = await sendBytes(server.port, `${form}Content-Length: ${body.length}\r\n\r\nusername=`)
    expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 413'])
  })
})

describe('Expect: 100-continue', () => {
  const expecting = 'Expect: 100-continue\r\n'

  test('gets no interim reply without a body, and nothing is written into another reply', async () => {
    for (const path of ['/users/me', '/docs', '/nowhere']) {
      const one = `GET ${path} HTTP/1.1\r\nHost: x\r\n`
      const answers = await sendBytes(server.port, `${one}\r\n${one}${expecting}\r\n${one}Connection: close\r\n\r\n`)
      expect(answers).not.toContain('100 Continue')
      expect(answers.match(/HTTP\/1\.1 \d+/g)?.length).toBeGreaterThanOrEqual(2)
    }
  })

  /** Sends a head, then the body once it has been asked for, and gives all that came back. */
  const exchange = (head: string, body: string): Promise<string> =>
    new Promise((resolve, reject) => {
      let received = ''
      const socket = connect(server.port, '127.0.0.1', () => socket.write(`${head}\r\n`))
      socket.setEncoding('latin1').on('data', (data: string) => {
        received += data
        if (received.endsWith('HTTP/1.1 100 Continue\r\n\r\n')) socket.write(body)
      })
      socket.on('error', reject)
      socket.on('close', () => resolve(received))
    })
  const login = `${form}${expecting}Content-Length: ${johndoe.length}\r\n`

  test('asks for a body that is going to be read, after the replies before it', async () => {
    const answers = await exchange(`${me}\r\n${login}`, `${johndoe}${me}Connection: close\r\n\r\n`)
    expect(answers.match(/HTTP\/1\.1 \d+/g)).toEqual([200, 100, 200, 200].map(status => `HTTP/1.1 ${status}`))
    expect(answers).toMatch(/\}HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK\r\n[^]*"access_token"/)
  })

  test('asks for no body that has come with its head', async () => {
    const answers = await sendBytes(server.port, `${login}\r\n${johndoe}`)
    expect(answers.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200'])
  })

  test.each([
    ['is too long', `${form}${expecting}Content-Length: 20000\r\n`, 413],
    ['is in a coding that nobody reads', `${form}${expecting}Content-Encoding: br\r\nContent-Length: 9\r\n`, 415],
    ['nobody reads', `${me}${expecting}Content-Length: 9\r\n`, 200],
    ['is for nobody', `POST /nowhere HTTP/1.1\r\nHost: x\r\n${expecting}Content-Length: 9\r\n`, 404]
  ])('asks for no body that %s', async (_name, head, status) => {
    expect((await exchange(head, '')).match(/HTTP\/1\.1 \d+/g)).toEqual([`HTTP/1.1 ${status}`])
  })
})

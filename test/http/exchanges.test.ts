import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { send, sendBytes } from '../../scripts/contract-tests/client.js'
import type { Exchange } from '../../src/http/exchange.js'
import { Exchanges } from '../../src/http/exchanges.js'
import { formType, logIn, readMe, startLogin } from '../support/login.js'
import { sampleContract, serverAnswers, startSample } from '../support/sample.js'
import type { TestServer } from '../support/server.js'

const told: Exchange[] = []
const exchanges = new Exchanges([exchange => told.push(exchange)])
let server: TestServer
beforeAll(async () => {
  const timeouts = { headersTimeout: 300, requestTimeout: 300, connectionsCheckingInterval: 20 }
  server = await startLogin({ exchanges, timeouts, trustProxy: 1 })
})
afterAll(() => server.close())
beforeEach(() => void told.splice(0))

/** What has been told, when there is so much of it, and nothing is in flight. */
const toldOf = async (count: number): Promise<readonly Exchange[]> => {
  while (told.length < count || exchanges.inFlight > 0) await sleep(1)
  expect(told).toHaveLength(count)
  return told
}
const ignore = (): void => undefined
const never = `{ get: { operationId: never, responses: { '200': { description: x }, ${serverAnswers} } } }`
const head = `POST /token HTTP/1.1\r\nHost: x\r\nContent-Type: ${formType['Content-Type']}\r\n`

describe('each request that is answered is told of once', () => {
  test('with its operation, its method, its status, its time, its address and its id', async () => {
    await readMe(server.port, 'johndoe')
    await toldOf(1)
    await logIn(server.port, 'username=johndoe&password=wrong', { 'X-Request-Id': 'b', 'X-Forwarded-For': '192.0.2.7' })
    const [me, token] = await toldOf(2)
    expect(me).toMatchObject({ operationId: 'readUsersMe', method: 'GET', status: 200, address: '127.0.0.1' })
    expect(token).toMatchObject({ operationId: 'login', method: 'POST', status: 400, address: '192.0.2.7', id: 'b' })
    for (const { milliseconds, isComplete } of told) {
      expect(milliseconds).toBeGreaterThan(0)
      expect(milliseconds).toBeLessThan(10_000)
      expect(isComplete).toBe(true)
    }
    expect([me?.id, me?.id]).toEqual([expect.stringMatching(/^[\da-f-]{36}$/), me?.id])
  })

  test.each([
    ['outside of the contract', { path: '/openapi.json' }, ['GET', 200, undefined]],
    ['of nothing', { path: '/nothing' }, ['GET', 404, undefined]],
    ['with another method', { method: 'DELETE', path: '/token' }, ['DELETE', 405, undefined]],
    ['with a method that few know', { method: 'PROPFIND', path: '/token' }, ['_OTHER', 405, undefined]],
    ['that nobody sent a token with', { path: '/users/me' }, ['GET', 401, 'readUsersMe']],
    ['with an expectation', { path: '/users/me', headers: { Expect: 'miracles' } }, ['GET', 417, undefined]]
  ])('one %s', async (_what, request, expected) => {
    await send(server.port, request)
    const [exchange] = await toldOf(1)
    expect([exchange?.method, exchange?.status, exchange?.operationId]).toEqual(expected)
  })

  test.each([
    ['that is none', 'what is this\r\n\r\n', '_OTHER', 400],
    ['whose head never ends', 'GET / HTTP/1.1\r\nHost', '_OTHER', 408],
    ['without a Host', 'GET / HTTP/1.1\r\n\r\n', 'GET', 400],
    ['with many headers', `GET / HTTP/1.1\r\nHost: x\r\n${'a:b\r\n'.repeat(1001)}\r\n`, 'GET', 431],
    ['whose body never ends', `${head}Content-Length: 50\r\n\r\nusername`, 'POST', 408],
    ['with a bad chunk', `${head}Transfer-Encoding: chunked\r\n\r\nx\r\n`, 'POST', 400]
  ])('one %s', async (_what, bytes, method, status) => {
    expect(await sendBytes(server.port, bytes)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
    const [exchange] = await toldOf(1)
    expect(exchange).toMatchObject({ method, status, isComplete: true, address: '127.0.0.1' })
    expect(exchange?.id).toMatch(/^[\da-f-]{36}$/)
  })

  test('those of one connection, one after the other', async () => {
    const me = 'GET /users/me HTTP/1.1\r\nHost: x\r\n'
    await sendBytes(server.port, `${me}\r\n${me}Authorization: Bearer johndoe\r\n\r\n${me}Connection: close\r\n\r\n`)
    expect((await toldOf(3)).map(({ status }) => status)).toEqual([401, 200, 401])
  })

  test('one whose client leaves before its reply, which is in flight until then', async () => {
    const left = await startSample(
      sampleContract(`\n  /never: ${never}`),
      { never: () => new Promise(ignore) },
      { exchanges }
    )
    const socket = connect(left.port, '127.0.0.1')
    await once(socket, 'connect')
    socket.write('GET /never HTTP/1.1\r\nHost: x\r\n\r\n')
    while (exchanges.inFlight === 0) await sleep(1)
    expect([exchanges.inFlight, told]).toEqual([1, []])
    socket.destroy()
    const [exchange] = await toldOf(1)
    const { operationId, status, isComplete, address } = exchange ?? {}
    expect([operationId, status, isComplete, address]).toEqual(['never', 499, false, '127.0.0.1'])
    await left.close()
  })

  test('one whose client leaves halfway through its body', async () => {
    const socket = connect(server.port, '127.0.0.1')
    await once(socket, 'connect')
    socket.write(`${head}Content-Length: 32\r\n\r\nusername=`)
    while (exchanges.inFlight === 0) await sleep(1)
    socket.destroy()
    const [exchange] = await toldOf(1)
    expect([exchange?.operationId, exchange?.status]).toEqual(['login', 400])
  })
})

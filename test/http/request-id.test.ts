import { createServer } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { send } from '../../scripts/contract-tests/client.js'
import type { Reply } from '../../src/contract/index.js'
import { createApp, production } from '../../src/app.js'
import { detailProblems } from '../support/login.js'
import { keepLog, stackOf } from '../support/keep-log.js'
import { sampleContract, serverAnswers, startSample } from '../support/sample.js'
import { listenAnywhere, type TestServer } from '../support/server.js'

const operation = (operationId: string) =>
  `{ get: { operationId: ${operationId}, security: [], responses: { '200': { description: x }, ${serverAnswers} } } }`
const contract = sampleContract(`
  /good: ${operation('good')}
  /bad: ${operation('bad')}
  /late: ${operation('late')}
  /away: ${operation('away')}
`)
const operations = {
  good: () => Promise.resolve({ status: 200 }),
  bad: () => Promise.reject(Object.assign(new Error('no answer'), { password: 'hunter2' })),
  late: () => new Promise<Reply>(() => undefined),
  away: () => Promise.reject(Object.assign(new Error('away'), { name: 'Unavailable', retryAfter: 1 }))
}

let server: TestServer
beforeAll(async () => {
  server = await startSample(contract, operations, { patience: 100 })
})
afterAll(() => server.close())

const trace = '4bf92f3577b34da6a3ce929d0e0e4736'
const span = '00f067aa0ba902b7'
const traceparent = `00-${trace}-${span}-01`
const uuid = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/

/** The id that a failing request is answered with, and the line in the log about it, which there is one of. */
const failed = async (headers: Record<string, string>, path = '/bad') => {
  const answer = await send(server.port, { path, headers })
  const [line, ...more] = server.log.splice(0)
  expect(more).toEqual([])
  return { ...answer, id: answer.headers['x-request-id'], line }
}

describe('the id of a request that fails', () => {
  test('is in its answer and in the one line about it, with the operation and the method, and nothing of the error', async () => {
    const { status, text, id, line } = await failed({ 'X-Request-Id': 'user-1:a.b/c+d=' })
    expect([status, id]).toEqual([500, 'user-1:a.b/c+d='])
    expect(line).toEqual({
      level: 'error',
      message: 'Unexpected error',
      request: 'user-1:a.b/c+d=',
      operationId: 'bad',
      method: 'GET',
      stack: expect.stringMatching(/^Error: no answer\n {4}at /)
    })
    expect(text).not.toContain('user-1')
  })

  test('is there, too, when the handler is too late', async () => {
    const { status, headers, id, line } = await failed({ 'X-Request-Id': 'late-1' }, '/late')
    expect([status, headers['retry-after'], id]).toEqual([503, '1', 'late-1'])
    expect(line).toMatchObject({ request: 'late-1', operationId: 'late', method: 'GET' })
    expect(stackOf(line)).toContain('Operation late has not replied')
  })

  test.each([
    ['empty', ''],
    ['too long', 'x'.repeat(129)],
    ['no word', 'a b'],
    ['markup', '<script>'],
    ['sent twice', 'a, b'],
    ['no ASCII', 'é']
  ])('is made if what the client says is %s', async (_what, given) => {
    const { id, line } = await failed({ 'X-Request-Id': given })
    expect(id).toMatch(uuid)
    expect(line?.['request']).toBe(id)
  })

  test('is another one for each request', async () => {
    expect((await failed({})).id).not.toBe((await failed({})).id)
  })

  test('is that of the trace that it is part of, if nobody says another', async () => {
    const { id, line } = await failed({ traceparent })
    expect(id).toBe(trace)
    expect(line).toMatchObject({ request: trace, trace, span })
    const other = await failed({ traceparent, 'X-Request-Id': 'mine' })
    expect([other.id, other.line?.['trace'], other.line?.['span']]).toEqual(['mine', trace, span])
  })

  test.each([
    ['of a later version, with more', `cc-${trace}-${span}-01-more`, trace],
    ['of a later version', `01-${trace}-${span}-01`, trace]
  ])('a traceparent %s counts', async (_what, given, id) => {
    expect((await failed({ traceparent: given })).id).toBe(id)
  })

  test.each([
    ['with more than version 00 has', `${traceparent}-more`],
    ['of no version', `ff-${trace}-${span}-01`],
    ['of no trace', `00-${'0'.repeat(32)}-${span}-01`],
    ['of no span', `00-${trace}-${'0'.repeat(16)}-01`],
    ['in capitals', traceparent.toUpperCase()],
    ['that is short', traceparent.slice(0, -1)],
    ['sent twice', `${traceparent}, ${traceparent}`]
  ])('a traceparent %s counts for nothing', async (_what, given) => {
    const { id, line } = await failed({ traceparent: given })
    expect(id).toMatch(uuid)
    expect([line?.['trace'], line?.['span']]).toEqual([undefined, undefined])
  })
})

test.each([
  ['that succeeds', '/good', 200],
  ['of nothing', '/nothing', 404],
  ['for which something is away', '/away', 503]
])('a request %s is answered without an id, and is no line', async (_what, path, status) => {
  const answer = await send(server.port, { path, headers: { 'X-Request-Id': 'mine', traceparent } })
  expect([answer.status, answer.headers['x-request-id'], server.log]).toEqual([status, undefined, []])
})

test('an error outside of the contract has an id, too, and so it is on a server of Node`s own', async () => {
  const { log, lines } = keepLog()
  const handlers = { operations, security: {} }
  const options = { contract, handlers, services: {}, problems: detailProblems, log, mode: production }
  const { app } = createApp(options)
  const own = await listenAnywhere(createServer(app))
  const bad = await send(own.port, { path: '/bad', headers: { 'X-Request-Id': 'own' } })
  const malformed = await send(own.port, { path: '/%', headers: { 'X-Request-Id': 'own' } })
  await own.close()
  expect([bad.status, bad.headers['x-request-id'], malformed.status]).toEqual([500, 'own', 404])
  expect(lines).toMatchObject([{ request: 'own', operationId: 'bad' }])
})

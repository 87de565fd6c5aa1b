import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { send } from '../../scripts/contract-tests/client.js'
import type { Reply } from '../../src/contract/index.js'
import { stackOf } from '../support/keep-log.js'
import { sampleContract, serverAnswers, startSample } from '../support/sample.js'
import type { TestServer } from '../support/server.js'

const operation = (operationId: string) =>
  `{ get: { operationId: ${operationId}, responses: { '200': { description: x }, ${serverAnswers} } } }`
const contract = sampleContract(`
  /never: ${operation('never')}
  /late: ${operation('late')}
  /aborted: ${operation('aborted')}
  /quick: ${operation('quick')}
`)

interface Asked {
  readonly signal: AbortSignal
}
const events: string[] = []
const aborted = async (signal: AbortSignal): Promise<string> => {
  if (!signal.aborted) await once(signal, 'abort')
  return (signal.reason as Error).name
}

let server: TestServer
let late: Promise<unknown>
beforeAll(async () => {
  const quick = { status: 200 }
  server = await startSample(
    contract,
    {
      never: () => new Promise<Reply>(() => undefined),
      late: ({ signal }) => {
        late = aborted(signal as Asked['signal']).then(name => events.push(name))
        return late.then(() => quick)
      },
      aborted: async ({ signal }) => {
        events.push('begun')
        events.push(await aborted(signal as Asked['signal']))
        throw (signal as Asked['signal']).reason
      },
      quick: ({ signal }) => {
        ;(signal as Asked['signal']).addEventListener('abort', () => events.push('quick'))
        return Promise.resolve(quick)
      }
    },
    { patience: 200 }
  )
})
afterAll(() => server.close())

test('a handler that never replies is answered for: 503, when to try again, and a line in the log', async () => {
  const started = performance.now()
  const { status, headers, json } = await send(server.port, { path: '/never' })
  expect([status, headers['retry-after'], json]).toEqual([503, '1', { detail: 'Service Unavailable' }])
  expect(performance.now() - started).toBeGreaterThanOrEqual(200)
  expect(stackOf(server.log.splice(0)[0])).toMatch(/Operation never has not replied within 0\.2 s/)
})

test('its signal is aborted then, and what it replies later is dropped', async () => {
  expect((await send(server.port, { path: '/late' })).status).toBe(503)
  await late
  expect(events.splice(0)).toEqual(['TimeoutError'])
  expect((await send(server.port, { path: '/quick' })).status).toBe(200)
  expect(server.log.splice(0)).toHaveLength(1)
})

test('what a handler throws because of its signal is not logged again', async () => {
  expect((await send(server.port, { path: '/aborted' })).status).toBe(503)
  expect((await send(server.port, { path: '/quick' })).status).toBe(200)
  expect(events.splice(0)).toEqual(['begun', 'TimeoutError'])
  expect(server.log.splice(0)).toHaveLength(1)
})

test('the signal is aborted when the client goes, and that is not logged', async () => {
  const socket = connect(server.port, '127.0.0.1')
  socket.write('GET /aborted HTTP/1.1\r\nHost: x\r\n\r\n')
  while (events.length === 0) await new Promise(resolve => setImmediate(resolve))
  socket.destroy()
  while (events.length === 1) await new Promise(resolve => setImmediate(resolve))
  expect(events.splice(0)).toEqual(['begun', 'AbortError'])
  expect(server.log).toEqual([])
})

test('the signal of a request that was answered is never aborted', async () => {
  for (let i = 0; i < 3; i += 1) expect((await send(server.port, { path: '/quick' })).status).toBe(200)
  expect(events).toEqual([])
})

import { createServer } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, describe, expect, test } from '@jest/globals'
import { send } from '../../scripts/contract-tests/client.js'
import { AnsweredExchange } from '../../src/http/exchange.js'
import { Exchanges } from '../../src/http/exchanges.js'
import { requestLog } from '../../src/http/request-log.js'
import { keepLog } from '../support/keep-log.js'
import { sampleContract, serverAnswers, startSample } from '../support/sample.js'
import { listenAnywhere } from '../support/server.js'

describe('what is slow', () => {
  const operation = `{ get: { operationId: wait, security: [], responses: { '200': { description: x }, ${serverAnswers} } } }`
  const { log, lines } = keepLog()
  const server = startSample(
    sampleContract(`\n  /slow: ${operation}\n  /quick: ${operation.replace('wait', 'none')}`),
    { wait: () => sleep(1_050, { status: 200 }), none: () => Promise.resolve({ status: 200 }) },
    { exchanges: new Exchanges([requestLog('slow', log)]) }
  )
  afterAll(async () => (await server).close())

  test('is a line that is worth a look, and what is quick is none', async () => {
    const { port } = await server
    await send(port, { path: '/quick' })
    await send(port, { path: '/slow', headers: { 'X-Request-Id': 'mine' } })
    while (lines.length === 0) await sleep(1)
    const [line] = lines
    expect(line).toEqual({
      level: 'warn',
      message: 'slow request',
      request: 'mine',
      operationId: 'wait',
      method: 'GET',
      status: 200,
      milliseconds: expect.any(Number),
      address: '127.0.0.1'
    })
    expect(line?.['milliseconds']).toBeGreaterThan(1_000)
    expect(lines).toHaveLength(1)
  })

  test.each([
    ['text/event-stream', []],
    ['text/event-stream; charset=utf-8', []],
    ['application/json', ['slow request']]
  ])('of %s is %j', async (type, expected) => {
    const { log, lines } = keepLog()
    const observer = requestLog('slow', log)
    const own = await listenAnywhere(
      createServer((request, response) => {
        response.on('close', () => observer(new AnsweredExchange(request, response, 2_000, () => '')))
        response.writeHead(200, ['Content-Type', type]).end()
      })
    )
    await send(own.port, { path: '/' })
    await own.close()
    expect(lines.map(({ message }) => message)).toEqual(expected)
  })
})

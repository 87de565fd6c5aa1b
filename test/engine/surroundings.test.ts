/** What a handler is told besides what the contract declares, and what it can say besides a reply. */
import { describe, expect, test } from '@jest/globals'
import type { Client } from '../../src/contract/index.js'
import { Unavailable } from '../../src/unavailable.js'
import { send } from '../../scripts/contract-tests/client.js'
import { stackOf } from '../support/keep-log.js'
import { sampleContract, serverAnswers, startSample } from '../support/sample.js'

const contract = (header = '{ type: integer, default: 7 }') =>
  sampleContract(
    `
  /where:
    get:
      operationId: where
      security: []
      responses:
        '200': { description: Where, content: { application/json: { schema: { type: string } } } }
        '418':
          description: A teapot
          headers:
            X-Cups: { required: true, schema: ${header} }
            X-Milk: { schema: { type: integer, default: 1 } }
          content: { application/json: { schema: {} } }
        '503':
          description: Away
          headers: { X-Cups: { required: true, schema: ${header} } }
          content: { application/json: { schema: {} } }
        ${serverAnswers.replaceAll(', ', '\n        ')}`
  )

const where = ({ client }: Record<string, unknown>) =>
  Promise.resolve({ status: 200, body: (client as Client).address })

describe('the address of a client', () => {
  test.each([
    [0, '1.2.3.4', '127.0.0.1'],
    [1, '1.2.3.4', '1.2.3.4'],
    [1, '9.9.9.9, 1.2.3.4', '1.2.3.4'],
    [2, '9.9.9.9, 1.2.3.4', '9.9.9.9'],
    [2, '1.2.3.4', '1.2.3.4']
  ])('is what %d trusted proxies say in X-Forwarded-For: %s', async (trustProxy, forwarded, address) => {
    const server = await startSample(contract(), { where }, { trustProxy })
    try {
      const answer = await send(server.port, { path: '/where', headers: { 'X-Forwarded-For': forwarded } })
      expect(answer.json).toBe(address)
    } finally {
      await server.close()
    }
  })
})

test('a request says its id, which the log has, too, and its operation', async () => {
  const bad = ({ id, operation }: Record<string, unknown>) => {
    const { operationId, method, path } = operation as Record<string, string>
    return Promise.reject(new Error([id, operationId, method, path].join(' ')))
  }
  const server = await startSample(contract(), { where: bad })
  try {
    const { headers } = await send(server.port, { path: '/where?a=b' })
    const [line] = server.log
    expect(line).toMatchObject({ request: headers['x-request-id'] })
    expect(stackOf(line)).toContain(`Error: ${String(headers['x-request-id'])} where get /where\n`)
    await send(server.port, { path: '/where', headers: { 'X-Request-Id': 'from-the-proxy' } })
    expect(stackOf(server.log[1])).toContain('Error: from-the-proxy where get /where\n')
  } finally {
    await server.close()
  }
})

test('what is unavailable is a 503 that says when to try again, and nothing unexpected', async () => {
  const away = () => Promise.reject(new Unavailable('the database is away', { retryAfter: 2.5 }))
  const server = await startSample(contract(), { where: away })
  try {
    const { status, headers, json } = await send(server.port, { path: '/where' })
    expect([status, headers['retry-after'], json]).toEqual([503, '3', { detail: 'Service Unavailable' }])
    expect(server.log).toEqual([])
  } finally {
    await server.close()
  }
})

test('what is unavailable to a security handler is a 503, too, never a 401', async () => {
  const secured = sampleContract(
    `
  /where:
    get:
      operationId: where
      security: [{ Key: [] }]
      responses: { '200': { description: Where }, ${serverAnswers} }`,
    '  securitySchemes: { Key: { type: apiKey, in: header, name: X-Key } }'
  )
  const authenticate = () => Promise.reject(new Unavailable('the database is away', { retryAfter: 1 }))
  const server = await startSample(
    secured,
    { where },
    { security: { Key: { kind: 'apiKey', refusals: [401], authenticate } } }
  )
  try {
    const { status, headers } = await send(server.port, { path: '/where' })
    expect([status, headers['retry-after'], headers['www-authenticate']]).toEqual([503, '1', undefined])
  } finally {
    await server.close()
  }
})

describe('a header that is required and has a default', () => {
  const cups = async (headers: Record<string, unknown>, status = 418) => {
    const handler = () => Promise.resolve({ status, body: {}, headers: headers as Record<string, string> })
    const server = await startSample(contract(), { where: handler })
    try {
      const answer = await send(server.port, { path: '/where' })
      return [answer.headers['x-cups'], answer.headers['x-milk']]
    } finally {
      await server.close()
    }
  }

  test('has it where the reply says nothing; one that may be absent stays absent', async () => {
    expect(await cups({})).toEqual(['7', undefined])
  })

  test('has what the reply says', async () => {
    expect(await cups({ 'x-cups': 2, 'X-Milk': 3 })).toEqual(['2', '3'])
  })

  test('has it in the replies of the server itself', async () => {
    const away = () => Promise.reject(new Unavailable('away', { retryAfter: 1 }))
    const server = await startSample(contract(), { where: away })
    try {
      expect((await send(server.port, { path: '/where' })).headers['x-cups']).toBe('7')
    } finally {
      await server.close()
    }
  })
})

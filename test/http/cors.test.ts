import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Answer, type Sent, send, sendBytes } from '../../scripts/contract-tests/client.js'
import { ConfigError, readConfig } from '../../src/config.js'
import type { Reply } from '../../src/contract/index.js'
import { sampleContract, serverAnswers, startSample } from '../support/sample.js'
import type { TestServer } from '../support/server.js'

const answers = serverAnswers.replaceAll(', ', '\n        ')
const contractOf = (location: 'header' | 'cookie') =>
  sampleContract(
    `
  /things/{id}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: string } }
      - { name: X-Tenant, in: header, schema: { type: string } }
    get:
      operationId: readThing
      security: [{ Key: [] }]
      responses:
        '200':
          description: Fine
          headers: { ETag: { schema: { type: string } }, Vary: { schema: { type: string } }, Cache-Control: { schema: { type: string } } }
        ${answers}
    put:
      operationId: writeThing
      security: [{ Token: [] }]
      requestBody: { content: { application/json: { schema: { type: object } } } }
      responses:
        '200': { description: Fine, headers: { x-count: { schema: { type: integer } } } }
        ${answers}
  /open:
    options:
      operationId: askOptions
      security: []
      responses: { '200': { description: Fine }, ${serverAnswers} }`,
    `  securitySchemes:
    Key: { type: apiKey, in: ${location}, name: X-Key }
    Token: { type: http, scheme: bearer }`
  )

const app = 'https://app.example.com'
const fine = { status: 200 }
const json = { 'Content-Type': 'application/json' }
const operations: Record<string, (request: Record<string, unknown>) => Promise<Reply>> = {
  readThing: ({ params }) => {
    const { id } = params as { id: string }
    if (id === 'bad') return Promise.reject(new Error('a fault'))
    return Promise.resolve({ ...fine, headers: { ETag: '"1"', ...(id === 'varies' && { Vary: 'Accept, Cookie' }) } })
  },
  writeThing: () => Promise.resolve(fine),
  askOptions: () => Promise.resolve(fine)
}
const authenticate = ({ credentials: key }: { readonly credentials: unknown }) =>
  Promise.resolve(key === undefined ? { refusal: { status: 401, detail: 'No key' } } : { user: key })
const security = {
  Key: { kind: 'apiKey', refusals: [401], authenticate },
  Token: { kind: 'bearer', refusals: [401], authenticate }
}

const start = (corsOrigins: string[], location: 'header' | 'cookie' = 'header') =>
  startSample(contractOf(location), operations, { security, corsOrigins })

/** What an answer says of CORS, by the names of its headers without what all of them begin with. */
const saidIn = ({ headers }: Answer): Record<string, unknown> => ({
  ...(headers.vary !== undefined && { vary: headers.vary }),
  ...Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      name.startsWith('access-control-') ? [[name.slice('access-control-'.length), value]] : []
    )
  )
})
const tooLarge = `"${'x'.repeat(1_100_000)}"`
const preflight = (path: string, method = 'GET', origin = app): Sent => ({
  method: 'OPTIONS',
  path,
  headers: { Origin: origin, 'Access-Control-Request-Method': method }
})

describe('with an origin in CORS_ORIGINS', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await start([app, 'http://localhost:3000'])
  })
  afterAll(() => server.close())

  test('a preflight is answered from the contract, before security', async () => {
    const answer = await send(server.port, preflight('/things/1', 'PUT'))
    expect([answer.status, answer.text]).toEqual([204, ''])
    expect(saidIn(answer)).toEqual({
      vary: 'Origin',
      'allow-origin': app,
      'allow-methods': 'GET, PUT',
      'allow-headers': 'X-Key, X-Tenant, Authorization, Content-Type',
      'max-age': '600'
    })
  })

  test.each([
    ['of the origin', app, true],
    ['of another', 'https://else.example.com', false]
  ])('a page %s can read what is said of a body that is malformed, or not', async (_name, origin, canRead) => {
    const head = 'PUT /things/1 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer t\r\nContent-Type: application/json\r\n'
    const more = `X-Request-Id: id-1\r\nTransfer-Encoding: chunked\r\nOrigin: ${origin}\r\n\r\nno chunk\r\n`
    const answer = await sendBytes(server.port, head + more)
    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
    expect(answer).toMatch(/^X-Request-Id: id-1\r$/m)
    expect(/^access-control-expose-headers: .*X-Request-Id.*\r$/im.test(answer)).toBe(canRead)
    expect(answer.includes(`access-control-allow-origin: ${app}\r\n`)).toBe(canRead)
  })

  test('what has no whole head says nothing of it', async () => {
    const answer = await sendBytes(
      server.port,
      `GET /things/1 HTTP/1.1\r\nHost: x\r\nOrigin: ${app}\r\nno colon\r\n\r\n`
    )
    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
    expect(answer).not.toMatch(/access-control|x-request-id/i)
  })

  test.each([
    ['an operation', '/things/1', { 'X-Key': 'k' }, 200, 'Origin'],
    [
      'an operation whose handler says what else it varies by',
      '/things/varies',
      { 'X-Key': 'k' },
      200,
      'Accept, Cookie, Origin'
    ],
    ['a refusal', '/things/1', {}, 401, 'Origin'],
    ['a fault', '/things/bad', { 'X-Key': 'k' }, 500, 'Origin']
  ])('a page of it can read the answer of %s', async (_name, path, headers, status, vary) => {
    const answer = await send(server.port, { path, headers: { Origin: app, ...headers } })
    expect(answer.status).toBe(status)
    expect(saidIn(answer)).toEqual({
      vary,
      'allow-origin': app,
      'expose-headers': 'Allow, Retry-After, X-Request-Id, ETag, Vary, x-count'
    })
  })

  test.each<[status: number, Sent]>([
    [404, { path: '/nowhere' }],
    [405, { path: '/open' }],
    [405, { path: '/things/1', method: 'OPTIONS' }],
    [413, { path: '/things/1', method: 'PUT', body: tooLarge }],
    [200, { path: '/openapi.json' }],
    [200, { path: '/docs' }]
  ])('a page of it can read a %d of the server', async (status, sent) => {
    const headers = { Origin: 'http://localhost:3000', 'X-Key': 'k', Authorization: 'Bearer k', ...json }
    const answer = await send(server.port, { ...sent, headers })
    expect(answer.status).toBe(status)
    expect(saidIn(answer)).toMatchObject({ vary: 'Origin', 'allow-origin': 'http://localhost:3000' })
    expect(saidIn(answer)['expose-headers']).toMatch(/^Allow, Retry-After, X-Request-Id/)
  })

  test('OPTIONS that the contract declares reaches its handler, if it is no preflight', async () => {
    expect((await send(server.port, { method: 'OPTIONS', path: '/open', headers: { Origin: app } })).status).toBe(200)
    expect(saidIn(await send(server.port, preflight('/open')))['allow-methods']).toBe('OPTIONS')
  })

  test.each(['https://app.example.com.evil.example', 'http://app.example.com', 'https://APP.example.com', 'null', '*'])(
    'a page of %s may nothing, and a cache is told why',
    async origin => {
      const read = await send(server.port, { path: '/things/1', headers: { Origin: origin, 'X-Key': 'k' } })
      expect([read.status, saidIn(read)]).toEqual([200, { vary: 'Origin' }])
      const asked = await send(server.port, preflight('/things/1', 'PUT', origin))
      expect([asked.status, saidIn(asked)]).toEqual([204, { vary: 'Origin' }])
    }
  )

  test('who asks from nowhere is told no more than that it matters', async () => {
    expect(saidIn(await send(server.port, { path: '/things/1' }))).toEqual({ vary: 'Origin' })
  })

  test('a preflight to what the contract does not have is answered as before', async () => {
    expect((await send(server.port, preflight('/nowhere'))).status).toBe(404)
    expect((await send(server.port, preflight('/docs'))).status).toBe(405)
  })
})

test('where a scheme is a cookie, pages may send theirs, and nowhere else', async () => {
  const server = await start([app], 'cookie')
  try {
    const asked = saidIn(await send(server.port, preflight('/things/1')))
    expect(asked).toMatchObject({
      'allow-credentials': 'true',
      'allow-headers': 'X-Tenant, Authorization, Content-Type'
    })
    const read = saidIn(await send(server.port, { path: '/nowhere', headers: { Origin: app } }))
    expect(read).toMatchObject({ 'allow-credentials': 'true' })
  } finally {
    await server.close()
  }
})

test('without the setting nothing is said of origins, and a preflight is a method like any other', async () => {
  const server = await start([])
  try {
    const asked = await send(server.port, preflight('/things/1'))
    expect([asked.status, asked.headers.allow, saidIn(asked)]).toEqual([405, 'GET, PUT', {}])
    const read = await send(server.port, { path: '/things/1', headers: { Origin: app, 'X-Key': 'k' } })
    expect(saidIn(read)).toEqual({})
  } finally {
    await server.close()
  }
})

describe('CORS_ORIGINS', () => {
  test('takes origins as browsers send them', () => {
    expect(readConfig({}).corsOrigins).toEqual([])
    const all = 'https://app.example.com, http://localhost:3000,http://[::1]:8080'
    expect(readConfig({ CORS_ORIGINS: all }).corsOrigins).toEqual([app, 'http://localhost:3000', 'http://[::1]:8080'])
  })

  test.each([
    '*',
    'null',
    'https://*.example.com',
    'https://app.example.com/',
    'https://app.example.com:443',
    'https://App.example.com',
    'https://user@app.example.com',
    'app.example.com',
    'file:///x',
    'https://app.example.com,'
  ])('refuses %s', value => {
    expect(() => readConfig({ CORS_ORIGINS: value })).toThrow(
      new ConfigError(
        `CORS_ORIGINS is ${JSON.stringify(value)}; it takes origins with commas between them, such as https://app.example.com, without paths and wildcards.`
      )
    )
  })
})

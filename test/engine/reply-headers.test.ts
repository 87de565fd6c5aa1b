/** The headers of replies and of conditional requests, each as it is declared. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Reply } from '../../src/contract/index.js'
import { send } from '../../scripts/contract-tests/client.js'
import { sampleContract, serverAnswers, startSample } from '../support/sample.js'
import type { TestServer } from '../support/server.js'

const contract = sampleContract(`
  /thing:
    get:
      operationId: readThing
      security: []
      parameters:
        - { name: If-None-Match, in: header, schema: { type: array, items: { type: string } } }
        - { name: If-Match, in: header, schema: { type: string } }
        - { name: If-Modified-Since, in: header, schema: { type: string } }
      responses:
        '200':
          description: A thing
          headers:
            ETag: { schema: { type: string, pattern: '^(W/)?"[^"]*"$' } }
            Last-Modified: { schema: { type: string } }
            Expires: { schema: { type: string } }
            Retry-After: { schema: { type: integer } }
            X-Made: { schema: { type: string, format: date-time } }
            X-Pages: { schema: { type: array, items: { type: integer } } }
            X-Fresh: { schema: { type: boolean } }
            Set-Cookie: { schema: { type: string, pattern: '^[a-z]+=' } }
          content: { text/plain: { schema: { type: string } } }
        '304': { description: Nothing new, headers: { ETag: { schema: { type: string } } }, content: { text/plain: {} } }
        '412': { description: Another one }
        ${serverAnswers.split(', ').join('\n        ')}
  /cookies: { get: { operationId: readCookies, security: [], responses: { '204': { description: x, headers: { Set-Cookie: { schema: { type: array, maxItems: 2, items: { type: string } } } } }, '500': { description: x } } } }`)

let reply: Reply
let server: TestServer
let asked: unknown
beforeAll(async () => {
  const answer = ({ headers }: Record<string, unknown>) => {
    asked = headers
    return Promise.resolve(reply)
  }
  server = await startSample(contract, { readThing: answer, readCookies: answer })
})
afterAll(() => server.close())

const moment = new Date('2026-11-30T12:34:56.789Z')

describe('a header leaves as it is declared', () => {
  test.each<[string, unknown, unknown]>([
    ['ETag', 'W/"a,b"', 'W/"a,b"'],
    ['Last-Modified', moment, 'Mon, 30 Nov 2026 12:34:56 GMT'],
    ['Expires', moment, 'Mon, 30 Nov 2026 12:34:56 GMT'],
    ['Last-Modified', 'Mon, 30 Nov 2026 12:34:56 GMT', 'Mon, 30 Nov 2026 12:34:56 GMT'],
    ['X-Made', moment, '2026-11-30T12:34:56.789Z'],
    ['Retry-After', 7, '7'],
    ['X-Pages', [1, 2, 3], '1,2,3'],
    ['X-Pages', [], ''],
    ['X-Fresh', false, 'false'],
    ['Set-Cookie', 'a=1', ['a=1']],
    [
      'Set-Cookie',
      ['a=1; Path=/', 'b=2; Expires=Mon, 30 Nov 2026 12:34:56 GMT'],
      ['a=1; Path=/', 'b=2; Expires=Mon, 30 Nov 2026 12:34:56 GMT']
    ]
  ])('%s: %j', async (name, value, text) => {
    reply = { status: 200, headers: { [name]: value as string }, body: '' }
    const { status, headers } = await send(server.port, { path: '/thing' })
    expect([status, headers[name.toLowerCase()]]).toEqual([200, text])
  })
})

describe('and a 500 leaves instead of one that is not', () => {
  test.each<[string, unknown]>([
    ['ETag', 'a'],
    ['ETag', '"a"\r\nX-Other: b'],
    ['Retry-After', moment],
    ['Retry-After', '7'],
    ['X-Pages', 1],
    ['X-Pages', ['a']],
    ['X-Made', 'yesterday'],
    ['Last-Modified', new Date(NaN)],
    ['Set-Cookie', ['a=1', '7']],
    ['Set-Cookie', 7]
  ])('%s: %p', async (name, value) => {
    reply = { status: 200, headers: { [name]: value as string }, body: '' }
    const { status, headers } = await send(server.port, { path: '/thing' })
    expect([status, headers['x-other']]).toEqual([500, undefined])
  })
})

test('cookies that are declared as a list are held to it', async () => {
  reply = { status: 204, headers: { 'Set-Cookie': ['a=1', 'b=2'] } }
  const { status, headers } = await send(server.port, { path: '/cookies' })
  expect([status, headers['set-cookie']]).toEqual([204, ['a=1', 'b=2']])
  reply = { status: 204, headers: { 'Set-Cookie': ['a=1', 'b=2', 'c=3'] } }
  expect((await send(server.port, { path: '/cookies' })).status).toBe(500)
})

test('a conditional request comes in as it is declared, and what is not new has no body', async () => {
  reply = { status: 304, headers: { ETag: '"b"' } }
  const conditions = { 'If-None-Match': '"a", W/"b"', 'If-Match': '*', 'If-Modified-Since': moment.toUTCString() }
  const { status, headers, text } = await send(server.port, { path: '/thing', headers: conditions })
  expect([status, headers.etag, headers['content-length'], headers['content-type'], text]).toEqual([
    304,
    '"b"',
    undefined,
    undefined,
    ''
  ])
  expect(asked).toEqual({
    'if-none-match': ['"a"', 'W/"b"'],
    'if-match': '*',
    'if-modified-since': moment.toUTCString()
  })
})

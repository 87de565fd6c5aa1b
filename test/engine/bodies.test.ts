import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Answer, send, sendBytes } from '../../scripts/contract-tests/client.js'
import { conformanceFindings } from '../../src/contract/index.js'
import { sampleContract, serverAnswers, startSample } from '../support/sample.js'
import type { TestServer } from '../support/server.js'
import { problemDetails } from '../../src/http/problem-details.js'

const answers = `responses: { '200': { description: Fine, content: { application/json: { schema: {} } } }, ${serverAnswers} }`
const operation = (name: string, content: string, more = 'required: true'): string => `
  /${name}:
    post:
      operationId: ${name}
      security: []
      requestBody: { ${more}, content: { ${content} } }
      ${answers}`

const contract = sampleContract(
  [
    operation('json', `application/json: { schema: {} }`),
    operation('patch', `application/merge-patch+json: { schema: { type: object }, x-max-bytes: 20 }`),
    operation('text', `text/plain: { schema: { type: string, maxLength: 10, pattern: '^[^!]*$' } }`),
    operation('anyText', `text/*: { x-max-bytes: 9 }`),
    operation('form', `application/x-www-form-urlencoded: { schema: { type: object }, x-max-bytes: 100000 }`),
    operation('file', `application/octet-stream: { schema: { type: string, format: binary, minLength: 2 } }`),
    operation('small', `application/octet-stream: { x-max-bytes: 100000 }`),
    operation('image', `image/*: {}, image/png: { schema: { maxLength: 4 } }`),
    operation('anything', `'*/*': {}`, 'required: false'),
    operation('unread', `'*/*': {}`),
    operation('begun', `'*/*': {}`),
    operation(
      'several',
      `Application/JSON: { schema: { type: object } }, text/plain: {}, application/x-www-form-urlencoded: {}, image/*: {}`
    )
  ].join('')
)

type Taken = Record<string, unknown> & { readonly body?: Readable }
const digestOf = async (body: Readable): Promise<object> => {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of body as AsyncIterable<Buffer>) {
    bytes += chunk.length
    hash.update(chunk)
  }
  return { bytes, sha256: hash.digest('hex') }
}
const fine = (body: unknown) => Promise.resolve({ status: 200, body })
const echo = ({ body, form, mediaType }: Record<string, unknown>) => fine({ body, form, mediaType })
const digest = async ({ body, mediaType }: Taken) =>
  fine({ mediaType, body: body === undefined ? 'none' : await digestOf(body) })

const operations = {
  ...Object.fromEntries(['json', 'patch', 'text', 'anyText', 'form'].map(name => [name, echo])),
  ...Object.fromEntries(['file', 'small', 'image', 'anything'].map(name => [name, digest])),
  unread: () => fine('unread'),
  begun: async ({ body }: Taken) => {
    for await (const chunk of (body ?? []) as AsyncIterable<Buffer>) return fine(chunk.length > 0)
    return fine('none')
  },
  several: (request: Taken) =>
    typeof request.body === 'object' && 'read' in request.body ? digest(request) : echo(request)
}

let server: TestServer
beforeAll(async () => {
  server = await startSample(contract, operations)
})
afterAll(() => server.close())

const post = (path: string, type: string | undefined, body: string | Buffer): Promise<Answer> =>
  send(server.port, { method: 'POST', path, headers: type === undefined ? {} : { 'Content-Type': type }, body })
const answerOf = ({ status, json }: Answer) => [status, json]
const sha256 = (bytes: Buffer) => ({ bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') })

describe('JSON', () => {
  test('may have 1 MiB, and not a byte more', async () => {
    const filled = (bytes: number) => JSON.stringify('x'.repeat(bytes - 2))
    expect((await post('/json', 'application/json', filled(1024 * 1024))).status).toBe(200)
    expect((await post('/json', 'application/json', filled(1024 * 1024 + 1))).status).toBe(413)
  })

  test.each([
    ['4,000 levels', '['.repeat(4000) + ']'.repeat(4000)],
    ['500,000 levels', '['.repeat(500_000) + ']'.repeat(500_000)],
    ['a number without end', '1e400'],
    ['a number without end among many', `[${'1,'.repeat(400_000)}1e400]`]
  ])('of %s is refused in no time', async (_what, body) => {
    const started = performance.now()
    expect((await post('/json', 'application/json', body)).status).toBe(422)
    expect(performance.now() - started).toBeLessThan(1000)
  })

  test('of another name is JSON, within the limit of the contract', async () => {
    const type = 'Application/Merge-Patch+JSON; v=1'
    expect(answerOf(await post('/patch', type, '{"a":1}'))).toEqual([200, { body: { a: 1 } }])
    expect((await post('/patch', type, '[]')).status).toBe(422)
    expect((await post('/patch', type, `{"a":"${'x'.repeat(13)}"}`)).status).toBe(413)
  })
})

test('a form may have what the contract says', async () => {
  const form = (bytes: number) => post('/form', 'application/x-www-form-urlencoded', 'a='.padEnd(bytes, 'x'))
  expect([(await form(100_000)).status, (await form(100_001)).status]).toEqual([200, 413])
})

describe('a text', () => {
  const latin = Buffer.from('Zoë', 'latin1')

  test.each<[string, string | Buffer, string]>([
    ['text/plain', 'Zoë', 'Zoë'],
    ['text/plain; charset=UTF-8', 'Zoë', 'Zoë'],
    ['TEXT/PLAIN;charset="iso-8859-1"', latin, 'Zoë'],
    ['text/plain; charset=latin1', latin, 'Zoë'],
    ['text/plain; charset=us-ascii', 'Zoe', 'Zoe'],
    ['text/plain', '', '']
  ])('in %s is read in its charset', async (type, sent, body) => {
    expect(answerOf(await post('/text', type, sent))).toEqual([200, { body }])
  })

  test.each<[string, string | Buffer]>([
    ['text/plain', latin],
    ['text/plain; charset=us-ascii', 'Zoë'],
    ['text/plain; charset=utf-16', 'Zoe'],
    ['text/plain; charset=constructor', 'Zoe']
  ])('in %s that it is not in, or that nobody reads, is refused', async (type, sent) => {
    expect((await post('/text', type, sent)).status).toBe(415)
  })

  test('keeps its schema', async () => {
    expect(answerOf(await post('/text', 'text/plain', 'a!'))).toMatchObject([422, { detail: [{ type: 'pattern' }] }])
    expect((await post('/text', 'text/plain', 'x'.repeat(11))).status).toBe(422)
  })

  test('of any kind says which it is', async () => {
    expect(answerOf(await post('/anyText', 'text/CSV; header=present', 'a,b'))).toEqual([
      200,
      { body: 'a,b', mediaType: 'text/csv' }
    ])
    expect((await post('/anyText', 'text/csv', '0123456789')).status).toBe(413)
    expect((await post('/anyText', 'application/csv', 'a')).status).toBe(422)
  })

  test('is missing where there is none', async () => {
    const head = 'POST /text HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n'
    expect(await sendBytes(server.port, head)).toMatch(/^HTTP\/1\.1 422 [^]*"required"/)
  })
})

describe('a body that nobody parses', () => {
  const octets = 'application/octet-stream'

  test('is a stream, of any size', async () => {
    const bytes = Buffer.alloc(12 * 1024 * 1024, 'abc')
    expect(answerOf(await post('/file', octets, bytes))).toEqual([200, { body: sha256(bytes) }])
  })

  test('may be as long as the contract says, told beforehand or not', async () => {
    expect((await post('/small', octets, 'x'.repeat(100_000))).status).toBe(200)
    expect((await post('/small', octets, 'x'.repeat(100_001))).status).toBe(413)
    const chunk = (size: number) => `${size.toString(16)}\r\n${'x'.repeat(size)}\r\n`
    const head = `POST /small HTTP/1.1\r\nHost: x\r\nContent-Type: ${octets}\r\nTransfer-Encoding: chunked\r\n`
    const next =
      'POST /text HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 1\r\nConnection: close\r\n\r\na'
    const both = await sendBytes(server.port, `${head}\r\n${chunk(60_000)}${chunk(60_000)}0\r\n\r\n${next}`)
    expect(both).toMatch(/^HTTP\/1\.1 413 [^]*HTTP\/1\.1 200 /)
  })

  test('is held to the lengths of its schema, in bytes', async () => {
    expect(answerOf(await post('/file', octets, 'a'))).toEqual([
      422,
      { detail: [{ loc: ['body'], type: 'minLength', msg: 'must NOT have fewer than 2 bytes' }] }
    ])
    expect((await post('/image', 'image/png', '12345')).status).toBe(422)
    expect((await post('/image', 'image/png', '1234')).status).toBe(200)
  })

  test('falls under the closest range', async () => {
    expect(answerOf(await post('/image', 'IMAGE/png; q=1', 'a'))).toMatchObject([200, { mediaType: 'image/png' }])
    expect(answerOf(await post('/image', 'image/webp', '12345'))).toMatchObject([200, { mediaType: 'image/webp' }])
    expect((await post('/image', 'video/mp4', 'a')).status).toBe(422)
    expect(answerOf(await post('/anything', undefined, 'a'))).toMatchObject([200, { mediaType: octets }])
    expect(answerOf(await post('/anything', 'application/json', '{'))).toMatchObject([
      200,
      { mediaType: 'application/json', body: { bytes: 1 } }
    ])
  })

  test('may be absent, which is something else than empty', async () => {
    expect(answerOf(await post('/anything', octets, ''))).toMatchObject([200, { body: { bytes: 0 } }])
    expect(answerOf(await send(server.port, { method: 'POST', path: '/anything', body: null }))).toEqual([
      200,
      { body: 'none' }
    ])
  })

  test('needn’t be read: the answer arrives, and the connection can be used again', async () => {
    const body = 'x'.repeat(3 * 1024 * 1024)
    const next = 'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'
    for (const name of ['unread', 'begun']) {
      const head = `POST /${name} HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n`
      const both = await sendBytes(server.port, `${head}\r\n${body}${next}`)
      expect([name, both]).toEqual([name, expect.stringMatching(/^HTTP\/1\.1 200 [^]*HTTP\/1\.1 404 /)])
    }
  })
})

describe('of several media types', () => {
  test.each<[string, string, object]>([
    ['application/json', '{"a":1}', { mediaType: 'Application/JSON', body: { a: 1 } }],
    ['text/plain', 'a', { mediaType: 'text/plain', body: 'a' }],
    ['application/x-www-form-urlencoded', 'a=1', { mediaType: 'application/x-www-form-urlencoded', form: { a: '1' } }],
    ['image/gif', 'a', { mediaType: 'image/gif', body: sha256(Buffer.from('a')) }]
  ])('%s is told', async (type, body, taken) => {
    expect(answerOf(await post('/several', type, body))).toEqual([200, taken])
  })

  test('another is refused, where it doesn’t count as absent', async () => {
    const strict = await startSample(contract, operations, { problems: problemDetails })
    const headers = { 'Content-Type': 'video/mp4' }
    const answer = await send(strict.port, { method: 'POST', path: '/several', headers, body: 'a' })
    await strict.close()
    expect(answer.status).toBe(415)
  })
})

test.each(['-1', '1.5', 'many', 'null', '"5"'])('a limit of %s is a finding', value => {
  const wrong = sampleContract(operation('a', `'*/*': { x-max-bytes: ${value} }`))
  expect(conformanceFindings(wrong, { operations: { a: 0 }, security: {} }, { mocks: false })).toEqual([
    expect.objectContaining({ what: "`x-max-bytes` isn't a whole number of 0 or more." })
  ])
})

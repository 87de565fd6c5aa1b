/** The words of the server's own replies, in each shape that a contract can ask for. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Sent, send, sendBytes } from '../../scripts/contract-tests/client.js'
import { advice, type Contract, type Problems, type Reply } from '../../src/contract/index.js'
import { problemDetails } from '../../src/http/problem-details.js'
import { statusText } from '../../src/http/status-text.js'
import { detailProblems } from '../support/login.js'
import { sampleContract, startSample } from '../support/sample.js'
import type { TestServer } from '../support/server.js'

const statuses = [401, 403, 413, 415, 422, 500, 503]

const contractOf = (...mediaTypes: string[]): Contract => {
  const content = mediaTypes.map(one => `${one}: { schema: { type: object } }`).join(', ')
  return sampleContract(
    `
  /notes/{id}:
    post:
      operationId: write
      security: [{ Key: [admin] }]
      parameters:
        - { name: id, in: path, required: true, schema: { type: integer } }
        - { name: X-Limit, in: header, schema: { type: integer } }
      requestBody:
        content: { application/json: { schema: { type: object, properties: { n: { type: integer } } } } }
      responses:
        '200': { description: Fine }
        ${statuses.map(status => `'${status}': { description: Not, content: { ${content} } }`).join('\n        ')}`,
    '  securitySchemes: { Key: { type: apiKey, in: header, name: X-Key } }'
  )
}

const operations = {
  write: ({ body }: Record<string, unknown>): Promise<Reply> => {
    const { fails } = (body ?? {}) as { fails?: string }
    if (fails === 'late') return new Promise(() => undefined)
    return fails === undefined ? Promise.resolve({ status: 200 }) : Promise.reject(new Error(fails))
  }
}
const security = {
  Key: {
    kind: 'apiKey',
    refusals: [401],
    authenticate: ({ credentials: key }: { readonly credentials: unknown }) =>
      Promise.resolve(
        key === undefined
          ? { refusal: { status: 401, detail: 'No key', headers: { 'WWW-Authenticate': 'Key' } } }
          : { user: key, granted: key === 'admin' ? (['admin'] as const) : [] }
      )
  }
}
const start = (contract: Contract, problems: Problems) =>
  startSample(contract, operations, { problems, security, patience: 300 })

const json = { 'Content-Type': 'application/json' }
const admin = { 'X-Key': 'admin' }
const post = (more: Partial<Sent>): Sent => ({ method: 'POST', path: '/notes/1?token=s3cret', body: null, ...more })

const inOperation: [status: number, request: Sent, detail?: unknown, errors?: unknown][] = [
  [401, post({}), 'No key'],
  [403, post({ headers: { 'X-Key': 'reader' } }), expect.stringContaining('')],
  [413, post({ headers: { ...admin, ...json }, body: `"${'x'.repeat(1_100_000)}"` })],
  [415, post({ headers: { ...admin, ...json, 'Content-Encoding': 'gzip' }, body: '{}' })],
  [
    422,
    post({ path: '/notes/a', headers: { ...admin, ...json, 'X-Limit': 'b' }, body: '{"n":"c"}' }),
    undefined,
    [
      { parameter: 'id', detail: 'must be integer' },
      { header: 'x-limit', detail: 'must be integer' },
      { pointer: '#/n', detail: 'must be integer' }
    ]
  ],
  [500, post({ headers: { ...admin, ...json }, body: '{"fails":"at once"}' })],
  [503, post({ headers: { ...admin, ...json }, body: '{"fails":"late"}' })]
]

const beside: [status: number, request: Sent][] = [
  [404, { path: '/nowhere?token=s3cret' }],
  [405, { path: '/notes/1', method: 'DELETE' }],
  [405, { path: '/docs', method: 'DELETE' }],
  [412, { path: '/docs', headers: { 'If-Match': '"other"' } }]
]

const malformed: [status: number, bytes: string][] = [
  [400, 'GET / HTTP/1.1\r\n\r\n'],
  [400, 'what is this\r\n\r\n'],
  [417, 'GET / HTTP/1.1\r\nHost: x\r\nExpect: miracles\r\n\r\n'],
  [431, `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(17_000)}\r\n\r\n`]
]

const problem = 'application/problem+json'
const plain = 'application/json'
const both: Problems = { ...detailProblems, others: [problemDetails] }

const id = '8c2a2a4e-2f2b-4d0c-9f0e-3f9a0f6d1c11'
const inRfc = (status: number, detail?: unknown, errors?: unknown): unknown => ({
  type: 'about:blank',
  title: statusText(status),
  status,
  instance: `urn:uuid:${id}`,
  ...(detail !== undefined && { detail }),
  ...(errors !== undefined && { errors })
})
const identified = (request: Sent): Sent => ({ ...request, headers: { ...request.headers, 'X-Request-Id': id } })

describe.each([
  ['that declares problem+json, whatever the others', [problem], both, problem],
  ['that declares it beside other media types', [plain, problem], both, problem],
  ['that declares it with a parameter', ['"application/problem+json; charset=utf-8"'], both, problem],
  ["that declares JSON, in the server's own shape", [plain], both, plain],
  ['that declares JSON as a range', ['application/*'], both, plain],
  ['with problem details for all', [problem], problemDetails, problem]
])('an operation %s', (_name, declared, problems, mediaType) => {
  let server: TestServer
  beforeAll(async () => {
    server = await start(contractOf(...declared), problems)
  })
  afterAll(() => server.close())

  test.each(inOperation.map(one => ({ status: one[0], one })))('is answered $status so', async ({ one }) => {
    const [status, request, detail, errors] = one
    const answer = await send(server.port, identified(request))
    expect([answer.status, answer.headers['content-type']]).toEqual([status, mediaType])
    if (mediaType === problem) expect(answer.json).toEqual(inRfc(status, detail, errors))
    else expect(Object.keys(answer.json as object)).toEqual(['detail'])
    expect(answer.text).not.toContain('s3cret')
  })
})

describe.each([
  ["the server's own shape", both, plain],
  ['problem details', problemDetails, problem]
])('what no operation is asked for, where the default is %s', (_name, problems, mediaType) => {
  let server: TestServer
  beforeAll(async () => {
    server = await start(contractOf(problem), problems)
  })
  afterAll(() => server.close())

  test.each(beside)('is answered %d so: %j', async (status, request) => {
    const answer = await send(server.port, identified(request))
    expect([answer.status, answer.headers['content-type']]).toEqual([status, mediaType])
    expect(answer.json).toEqual(mediaType === problem ? inRfc(status) : { detail: statusText(status) })
  })

  test.each(malformed)('is answered %d so, though nobody could read it', async (status, bytes) => {
    const [head = '', body = ''] = (await sendBytes(server.port, bytes)).split('\r\n\r\n')
    expect(head).toContain(`Content-Type: ${mediaType}\r\n`)
    const about = { type: 'about:blank', title: statusText(status), status }
    expect(JSON.parse(body)).toMatchObject(mediaType === problem ? about : { detail: statusText(status) })
  })
})

test('the instance of a 500 is what the log and the header say', async () => {
  const server = await start(contractOf(problem), both)
  try {
    const request = post({ headers: { ...admin, ...json }, body: '{"fails":"x"}' })
    const { json: body, headers } = await send(server.port, request)
    const [line] = server.log
    expect(headers['x-request-id']).toBe(line?.['request'])
    expect(body).toMatchObject({ instance: `urn:uuid:${String(line?.['request'])}` })
  } finally {
    await server.close()
  }
})

test('a status that is declared only in media types for which there are no words is answered all the same, and advised on', async () => {
  const contract = contractOf('text/plain')
  const server = await start(contract, both)
  try {
    const { status, headers } = await send(server.port, post({}))
    expect([status, headers['content-type']]).toEqual([401, plain])
  } finally {
    await server.close()
  }
  const notes = advice(contract, { operations, security }, both).filter(({ rule }) => rule === 'own-response')
  expect(notes[0]?.what).toBe("The server answers 401 in `application/json`, which isn't declared.")
  expect(notes[0]?.todo).toBe(
    'Declare it in `application/json` or `application/problem+json`: the server has no other words.'
  )
  expect(notes[0]?.pointer).toMatch(/text~1plain$/)
  expect(advice(contractOf(problem), { operations, security }, both)).toEqual([])
})

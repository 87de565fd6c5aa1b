/** A declared HEAD (RFC 9110 §9.3.2): answered by its own handler, or by that of GET. */
import { PassThrough } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { production } from '../../src/app.js'
import {
  type Contract,
  conformanceFindings,
  type Handlers,
  parseContract,
  type Reply
} from '../../src/contract/index.js'
import { typesOf } from '../../scripts/generate/types.js'
import { ask } from '../support/raw-client.js'
import { sampleContract, startSample } from '../support/sample.js'
import type { TestServer } from '../support/server.js'

const thing = `content: { application/json: { schema: { type: object, properties: { id: { type: integer } } } } }`
const id = `{ name: id, in: query, required: true, schema: { type: integer } }`
const contract = sampleContract(`
  /things:
    parameters: [${id}]
    get:
      operationId: readThing
      security: []
      responses:
        '200': { description: x, headers: { ETag: { schema: { type: string } } }, ${thing} }
        '404': { description: x }
        '422': { description: x, content: { application/json: {} } }
    head:
      operationId: headThing
      security: []
      responses: { '200': { description: x }, '404': { description: x }, '422': { description: x } }
  /files:
    get: { operationId: readFile, responses: { '200': { description: x, content: { image/png: {}, text/csv: {} } } } }
    head: { responses: { '200': { description: x } } }
  /own:
    get: { operationId: readOwn, responses: { '200': { description: x, ${thing} } } }
    head: { operationId: headOwn, responses: { '200': { description: x, ${thing} }, '204': { description: x } } }
  /none: { get: { operationId: readNone, responses: { '204': { description: x } } } }`)

const source = new PassThrough()
let own: Reply = { status: 200 }
let asked: unknown
const operations = {
  readThing: (request: Record<string, unknown>) => {
    asked = request['operation']
    const { id: wanted } = request['query'] as { id: number }
    return Promise.resolve<Reply>(
      wanted === 1 ? { status: 200, headers: { ETag: '"1"' }, body: { id: 1, secret: 'x' } } : { status: 404 }
    )
  },
  readFile: () =>
    Promise.resolve<Reply>({ status: 200, bodies: { 'image/png': () => source, 'text/csv': () => 'äb' } }),
  readOwn: () => Promise.resolve<Reply>({ status: 200, body: { id: 1 } }),
  headOwn: () => Promise.resolve(own),
  readNone: () => Promise.resolve<Reply>({ status: 204 })
}

let server: TestServer
beforeAll(async () => {
  server = await startSample(contract, operations, { mode: production })
})
afterAll(() => server.close())

/** The head of an answer, in which nothing but a head may come. */
const answerTo = async (path: string, method = 'HEAD', headers = ''): Promise<readonly string[]> => {
  const client = await ask(server.port, path, { method, headers: `Connection: close\r\n${headers}` })
  expect(await client.closed).toBe('ended')
  const [head = '', body] = client.received().split('\r\n\r\n')
  if (method === 'HEAD') expect(body).toBe('')
  return head.split('\r\n').filter(line => !/^(?:Date|Connection|Keep-Alive|X-Request-Id):/.test(line))
}

describe('without a handler of its own', () => {
  test.each(['/things?id=1', '/things?id=2', '/things?id=x', '/things'])(
    'it is answered as GET is, but for the body: %s',
    async path => {
      expect(await answerTo(path)).toEqual(await answerTo(path, 'GET'))
    }
  )

  test('with the length of what would leave', async () => {
    const head = await answerTo('/things?id=1')
    expect(head).toContain('Content-Length: 8')
    expect(head).toContain('ETag: "1"')
    expect(asked).toMatchObject({ operationId: 'headThing', method: 'head', path: '/things' })
  })

  test('in the media type that the client would rather have', async () => {
    const head = await answerTo('/files', 'HEAD', 'Accept: text/csv\r\n')
    expect(head).toEqual(['HTTP/1.1 200 OK', 'Vary: Accept', 'Content-Type: text/csv', 'Content-Length: 3'])
    expect((await answerTo('/files', 'HEAD', 'Accept: text/html\r\n'))[0]).toBe('HTTP/1.1 406 Not Acceptable')
  })

  test('a stream is closed before it is read, and has no length', async () => {
    expect(await answerTo('/files')).toEqual(['HTTP/1.1 200 OK', 'Vary: Accept', 'Content-Type: image/png'])
    expect(source.destroyed).toBe(true)
  })
})

describe('with a handler of its own', () => {
  test.each<[Reply, readonly string[]]>([
    [{ status: 200 }, ['Content-Type: application/json']],
    [{ status: 200, length: 70 }, ['Content-Type: application/json', 'Content-Length: 70']],
    [{ status: 200, body: { id: 1 } }, ['Content-Type: application/json', 'Content-Length: 8']],
    [{ status: 204 }, []]
  ])('it says %j', async (reply, lines) => {
    own = reply
    const [, ...head] = await answerTo('/own')
    expect(head.filter(line => !line.startsWith('X-Content-Type'))).toEqual(lines)
  })
})

test('undeclared it is a 405', async () => {
  expect(await answerTo('/none')).toEqual(expect.arrayContaining(['HTTP/1.1 405 Method Not Allowed', 'Allow: GET']))
})

test('a mock of it says what the mock of GET would say', async () => {
  const handlers = { mode: { ...production, mocks: true } }
  const mocking = await startSample(contract, {}, handlers)
  const before = server
  server = mocking
  const heads = [await answerTo('/things?id=1'), await answerTo('/things?id=1', 'GET')]
  server = before
  await mocking.close()
  expect(heads[0]).toEqual(heads[1])
})

describe('its handler is missing only where that of GET would not do', () => {
  const pair = (head: string): Contract =>
    sampleContract(`
  /things:
    get:
      operationId: readThing
      security: []
      parameters: [{ name: a, in: query, description: A, schema: { type: integer } }]
      responses: { '200': { description: x, headers: { ETag: { schema: {} } } }, 4XX: { description: x } }
    head: { operationId: headThing, security: [], ${head} }`)
  const a = 'parameters: [{ name: a, in: query, schema: { type: integer } }]'
  const responses = (...all: string[]) => `responses: { ${all.map(key => `${key}: { description: x }`).join(', ')} }`
  const code: Handlers<unknown> = { operations: { readThing: () => Promise.resolve({ status: 200 }) }, security: {} }
  const found = (of: Contract, handlers = code): string[] =>
    conformanceFindings(of, handlers, { mocks: false }).map(({ what }) => what)

  test.each([
    [`${a}, ${responses("'200'", '4XX')}`],
    [`${a}, ${responses('default')}`],
    [
      `${a}, responses: { '200': { description: x, headers: { ETag: { required: true, schema: {} } } }, 4XX: { description: x } }`
    ]
  ])('%s', head => {
    expect(found(pair(head))).toEqual([])
    expect(typesOf(pair(head))).toContain('export interface heads {\n    headThing: "readThing";\n}\n')
  })

  test.each([
    [responses("'200'", '4XX'), 'it has another parameter `a` in `query`'],
    [
      `parameters: [{ name: a, in: query, schema: { type: string } }], ${responses('default')}`,
      'it has another parameter `a` in `query`'
    ],
    [`${a}, ${responses("'200'")}`, "it doesn't declare the response `4XX`"],
    [`${a}, ${responses("'200'", "'404'")}`, "it doesn't declare the response `4XX`"],
    [
      `${a}, responses: { 2XX: { description: x, headers: { X-A: { required: true, schema: {} } } }, 4XX: { description: x } }`,
      "its response `200` has the header `X-A`, which GET's hasn't"
    ]
  ])('%s', (head, why) => {
    expect(found(pair(head))).toEqual([
      `The operation \`headThing\` has no handler, and that of GET can't answer it: ${why}.`
    ])
    expect(typesOf(pair(head))).toContain('export interface heads {\n}\n')
  })

  test('other security', () => {
    const Key = { kind: 'apiKey', refusals: [401], authenticate: () => Promise.resolve(undefined) }
    const secured = parseContract(
      pair(`${a}, ${responses('default')}`)
        .text.replace('headThing, security: []', 'headThing, security: [{ Key: [] }]')
        .replace('components:\n', 'components:\n  securitySchemes: { Key: { type: apiKey, in: header, name: K } }\n')
    )
    expect(found(secured, { ...code, security: { Key } })).toEqual([
      "The operation `headThing` has no handler, and that of GET can't answer it: it asks for other security."
    ])
  })

  test('where GET has none either', () => {
    expect(found(pair(`${a}, ${responses('default')}`), { operations: {}, security: {} })).toEqual([
      'The operation `readThing` has no handler.',
      'The operation `headThing` has no handler.'
    ])
  })
})

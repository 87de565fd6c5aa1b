import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Answer, send } from '../../scripts/contract-tests/client.js'
import { problemDetails } from '../../src/http/problem-details.js'
import { sampleContract, startSample } from '../support/sample.js'
import type { TestServer } from '../support/server.js'

const json = (schema: object | boolean): string => `{ application/json: { schema: ${JSON.stringify(schema)} } }`

const bodies: Record<string, object | boolean> = {
  besideRef: { $ref: '#/components/schemas/Pet', required: ['name'] },
  readOnly: { $ref: '#/components/schemas/Pet' },
  defaults: {
    type: 'object',
    properties: {
      own: { type: 'integer', default: 1 },
      referred: { $ref: '#/components/schemas/Preset' },
      inner: { type: 'object', properties: { list: { type: 'array', default: [1] } } }
    },
    oneOf: [
      { properties: { kind: { const: 'a' }, size: { default: 1 } } },
      { properties: { kind: { const: 'b' }, size: { default: 2 } } }
    ],
    required: ['kind']
  },
  nullableBesideAllOf: { allOf: [{ $ref: '#/components/schemas/Pet' }], nullable: true },
  narrowed: {
    allOf: [
      { type: 'number', default: 1 },
      { type: 'integer', default: 2 }
    ]
  },
  twoNots: { allOf: [{ not: { const: 1 } }, { not: { const: 2 } }] },
  names: { type: 'object', properties: { constructor: { type: 'string' }, ['__proto__']: { type: 'integer' } } },
  money: { type: 'number', multipleOf: 0.01 },
  long: { type: 'integer', format: 'int64' },
  unique: { type: 'array', uniqueItems: true },
  evil: { type: 'string', pattern: '^(a+)+$' },
  nested: { $ref: '#/components/schemas/Nested' },
  anything: true
}

const contract = sampleContract(
  Object.entries(bodies)
    .map(
      ([name, schema]) => `
  /${name}:
    post:
      operationId: ${name}
      requestBody: { required: true, content: ${json(schema)} }
      responses: { '200': { description: The body, content: ${json(true)} } }`
    )
    .join('') +
    `
  /optional:
    post:
      operationId: optional
      requestBody: { content: ${json({ type: 'object' })} }
      responses: { '200': { description: The body, content: ${json(true)} } }
  /unschemed:
    post:
      operationId: unschemed
      requestBody: { required: true, content: { application/json: {} } }
      responses: { '200': { description: The body, content: ${json(true)} } }`,
  `    Pet:
      type: object
      properties: { id: { type: integer, readOnly: true }, name: { type: string } }
      required: [id]
    Preset: { type: string, default: there }
    Nested: { type: array, items: { $ref: '#/components/schemas/Nested' } }`
)

let server: TestServer

beforeAll(async () => {
  const echo = (request: Record<string, unknown>) =>
    Promise.resolve({ status: 200, body: request['body'] === undefined ? 'nothing' : request['body'] })
  const names = [...Object.keys(bodies), 'optional', 'unschemed']
  server = await startSample(contract, Object.fromEntries(names.map(name => [name, echo])), {
    problems: problemDetails
  })
})

afterAll(() => server.close())

const post = (path: string, body: string, headers = { 'Content-Type': 'application/json' }): Promise<Answer> =>
  send(server.port, { method: 'POST', path: `/${path}`, headers, body })

describe('a body of JSON', () => {
  test.each<[string, string, unknown]>([
    ['besideRef', '{"name":"Rex"}', { name: 'Rex' }],
    ['readOnly', '{"id":7,"name":"Rex"}', { name: 'Rex' }],
    ['readOnly', '{"id":"not even a number"}', {}],
    ['readOnly', '{}', {}],
    ['defaults', '{"kind":"b","inner":{}}', { kind: 'b', own: 1, referred: 'there', inner: { list: [1] }, size: 2 }],
    ['nullableBesideAllOf', '{}', {}],
    ['narrowed', '5', 5],
    ['twoNots', '3', 3],
    ['names', '{"constructor":"a","__proto__":1}', JSON.parse('{"constructor":"a","__proto__":1}')],
    ['money', '19.99', 19.99],
    ['long', '9007199254740991', 9_007_199_254_740_991],
    ['unique', '[{"valueOf":1},{"valueOf":2},1,"1",[1]]', [{ valueOf: 1 }, { valueOf: 2 }, 1, '1', [1]]],
    ['evil', JSON.stringify('a'.repeat(5_000)), 'a'.repeat(5_000)],
    ['nested', `${'['.repeat(512)}${']'.repeat(512)}`, JSON.parse(`${'['.repeat(512)}${']'.repeat(512)}`)],
    ['optional', '', 'nothing'],
    ['unschemed', '[1]', [1]]
  ])('to %s arrives (%#)', async (name, body, arrived) => {
    const answer = await post(name, body)
    expect([answer.status, answer.json]).toEqual([200, arrived])
  })

  test.each<[string, string, string]>([
    ['besideRef', '{}', 'required property'],
    ['nullableBesideAllOf', 'null', 'must be object'],
    ['narrowed', '1.5', 'must be integer'],
    ['twoNots', '2', 'must NOT be valid'],
    ['names', '{"constructor":1}', 'must be string'],
    ['names', '{"__proto__":"a"}', 'must be integer'],
    ['money', '19.999', 'multiple of'],
    ['money', '1e400', 'must not have numbers'],
    ['long', '9007199254740993', 'int64'],
    ['unique', '[{"valueOf":1},{"valueOf":1}]', 'duplicate items'],
    ['unique', JSON.stringify([...Array.from({ length: 2_000 }, (_, i) => [i]), [0]]), 'duplicate items'],
    ['evil', JSON.stringify(`${'a'.repeat(5_000)}!`), 'must match pattern'],
    ['nested', '['.repeat(8_000) + ']'.repeat(8_000), 'nested deeper than 512'],
    ['anything', '['.repeat(8_000) + ']'.repeat(8_000), 'nested deeper than 512'],
    ['anything', '{"a":[1e999]}', 'must not have numbers'],
    ['unschemed', '', 'required property']
  ])('to %s is refused (%#)', async (name, body, reason) => {
    const answer = await post(name, body)
    expect(answer.status).toBe(422)
    expect(answer.text).toContain(reason)
  })

  test.each(['anything', 'optional'])('to %s in a media type that is not declared is a 415', async name => {
    const answer = await post(name, '<a/>', { 'Content-Type': 'application/xml' })
    expect([answer.status, answer.text]).toEqual([415, expect.stringContaining('Send application/json')])
  })

  test('that may be absent may be so without a media type', async () => {
    expect((await send(server.port, { method: 'POST', path: '/optional' })).status).toBe(200)
  })
})

describe('operations', () => {
  const served = async (document: string, path: string, method = 'GET'): Promise<Answer> => {
    const own = sampleContract(document)
    const reply = () => Promise.resolve({ status: 204 })
    const operations = { one: reply, ...(document.includes('two') && { two: reply }) }
    const started = await startSample(own, operations, { problems: problemDetails })
    try {
      return await send(started.port, { method, path })
    } finally {
      await started.close()
    }
  }
  const done = "responses: { '204': { description: Done } }"

  test.each([
    ['/api/v1/a', 204],
    ['/b/a', 204],
    ['/a', 404],
    ['/api/v1', 404]
  ])('are served below the paths of their servers: %s is a %i', async (path, status) => {
    const servers = `servers: [{ url: 'https://example.com/api/{version}', variables: { version: { default: v1 } } }, { url: /b/ }]`
    expect((await served(`  /a: { ${servers}, get: { operationId: one, ${done} } }`, path)).status).toBe(status)
  })

  test('may have parameters of other names at the same place in the path', async () => {
    const parameter = (name: string): string => `parameters: [{ name: ${name}, in: path, required: true, schema: {} }]`
    const document = `
  /a/{x}: { get: { operationId: one, ${parameter('x')}, ${done} } }
  /a/{y}/b: { get: { operationId: two, ${parameter('y')}, ${done} } }`
    expect((await served(document, '/a/1')).status).toBe(204)
    expect((await served(document, '/a/1/b')).status).toBe(204)
  })

  test('are found by paths that are not written in ASCII', async () => {
    expect((await served(`  /käse: { get: { operationId: one, ${done} } }`, '/k%C3%A4se')).status).toBe(204)
  })

  test('may have values that look like references in examples, defaults, enums and extensions', async () => {
    const value = "{ $ref: '#/nowhere' }"
    const schema = `{ enum: [${value}], const: ${value}, default: ${value}, examples: [${value}], x-a: ${value} }`
    const parameter = `{ name: q, in: query, content: { application/json: { schema: ${schema}, example: ${value} } } }`
    const document = `  /a: { get: { operationId: one, parameters: [${parameter}], ${done}, x-b: ${value} } }`
    expect((await served(document, `/a?q=${encodeURIComponent('{"$ref":"#/nowhere"}')}`)).status).toBe(204)
    expect((await served(document, '/a?q=1')).status).toBe(422)
  })
})

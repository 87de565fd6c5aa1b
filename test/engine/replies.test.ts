import { describe, expect, test } from '@jest/globals'
import { production } from '../../src/app.js'
import type { Reply } from '../../src/contract/index.js'
import { type Answer, send } from '../../scripts/contract-tests/client.js'
import { type Logged, stackOf } from '../support/keep-log.js'
import { sampleContract, serverAnswers, startSample } from '../support/sample.js'

const contract = sampleContract(
  `
  /thing:
    get:
      operationId: readThing
      security: []
      responses:
        '200':
          description: A thing
          headers:
            X-Kind: { required: true, schema: { type: string, enum: [a, b] } }
            X-Fixed: { schema: { const: always } }
          content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } }
        '202':
          description: Two media types
          content: { application/json: { schema: {} }, text/plain: { schema: { type: string } } }
        '204': { description: Nothing }
        '304': { description: Nothing new, content: { application/json: { schema: { type: object } } } }
        '206':
          description: A list of a text and a thing
          content: { application/json: { schema: { type: array, prefixItems: [{ type: string }, { $ref: '#/components/schemas/Thing' }], items: false } } }
        '207':
          description: A thing and more
          content: { application/json: { schema: { $ref: '#/components/schemas/Thing', properties: { more: { type: string } } } } }
        '208':
          description: Names of all kinds
          content: { application/json: { schema: { type: object, patternProperties: { ^secret: { writeOnly: true } } } } }
        '226':
          description: Others than one
          content: { application/json: { schema: { type: object, properties: { a: {} }, additionalProperties: { writeOnly: true } } } }
        4XX: { $ref: '#/components/responses/Error' }
        ${serverAnswers.split(', ').join('\n        ')}`,
  `    Thing:
      type: object
      required: [id]
      properties:
        id: { type: integer }
        note: { type: [string, 'null'] }
        parts: { type: array, items: { $ref: '#/components/schemas/Thing' } }`
)

const place = (needle: string): string => {
  const before = contract.text.slice(0, contract.text.indexOf(needle)).split('\n')
  return `openapi.yaml:${before.length}:${(before.at(-1) ?? '').length + 1}`
}

const answerOf = async (reply: Reply, strictReplies: boolean): Promise<{ answer: Answer; log: readonly Logged[] }> => {
  const server = await startSample(
    contract,
    { readThing: () => Promise.resolve(reply) },
    { mode: { ...production, strictReplies, reasons: strictReplies } }
  )
  try {
    return { answer: await send(server.port, { path: '/thing' }), log: server.log }
  } finally {
    await server.close()
  }
}

const good: Reply = { status: 200, headers: { 'X-Kind': 'a' }, body: { id: 1, parts: [{ id: 2, note: null }] } }

test.each([true, false])('a reply that the contract declares leaves as it is (strict: %p)', async strict => {
  const { answer, log } = await answerOf(good, strict)
  expect([answer.status, answer.text, log]).toEqual([200, '{"id":1,"parts":[{"id":2,"note":null}]}', []])
  expect([answer.headers['x-kind'], answer.headers['x-fixed']]).toEqual(['a', 'always'])
})

test('a declared class of statuses covers its statuses', async () => {
  expect((await answerOf({ status: 418, body: { detail: 'teapot' } }, true)).answer.status).toBe(418)
})

test('where there are several media types the handler chooses', async () => {
  const { answer } = await answerOf({ status: 202, mediaType: 'text/plain', body: 'hello' }, true)
  expect([answer.status, answer.headers['content-type'], answer.text]).toEqual([202, 'text/plain', 'hello'])
})

test('an answer without content has none, not even a length', async () => {
  const { answer: same } = await answerOf({ status: 304 }, true)
  expect([same.status, same.text]).toEqual([304, ''])
  const { answer } = await answerOf({ status: 204 }, true)
  expect([answer.status, answer.text, answer.headers['content-length']]).toEqual([204, '', undefined])
})

describe('an undeclared field never leaves the server', () => {
  const leaking = { ...good, body: { id: 1, secret: 'x', parts: [{ id: 2, secret: 'x' }] } }

  test.each<[string, Reply, string]>([
    ['an item of a list with items of its own', { status: 206, body: ['a', { id: 1, secret: 'x' }] }, '["a",{"id":1}]'],
    [
      'a schema with more beside its reference',
      { status: 207, body: { id: 1, more: 'y', secret: 'x' } },
      '{"id":1,"more":"y"}'
    ]
  ])('nor with %s', async (_name, reply, text) => {
    expect((await answerOf(reply, false)).answer.text).toBe(text)
    expect((await answerOf(reply, true)).answer.text).toContain("secret`, which isn't declared")
  })

  test('in production it is left out', async () => {
    const { answer } = await answerOf(leaking, false)
    expect([answer.status, answer.text]).toEqual([200, '{"id":1,"parts":[{"id":2}]}'])
  })

  test('in development the reply is refused, and the message says where it is not declared', async () => {
    const { answer, log } = await answerOf(leaking, true)
    expect(answer.status).toBe(500)
    const { detail } = answer.json as { detail: string }
    expect(detail).toContain('The 200 of operation readThing breaks the contract')
    expect(detail).toContain('`/secret`')
    expect(detail).toContain(`/components/schemas/Thing at ${place('Thing:')}`)
    expect(log).toHaveLength(1)
  })
})

describe('what the contract does not declare is a 500, in development with the place of the rule', () => {
  test.each<[string, Reply, string]>([
    ['a status', { status: 300 }, place("responses:\n        '200'")],
    ['a header', { ...good, headers: { 'X-Kind': 'a', 'X-Other': 'b' } }, place("'200':")],
    ['a missing header', { status: 200, body: { id: 1 } }, place('schema: { type: string, enum: [a, b] }')],
    ['the value of a header', { ...good, headers: { 'X-Kind': 'c' } }, place('enum: [a, b]')],
    ['a media type', { status: 202, mediaType: 'text/html', body: '' }, place("'202':")],
    ['a body where there is none', { status: 204, body: {} }, place("'204':")],
    ['the type of a field', { ...good, body: { id: 'x' } }, place('integer }')],
    ['a missing field', { ...good, body: { note: 'x' } }, place('required: [id]')]
  ])('%s', async (_name, reply, where) => {
    const { answer, log } = await answerOf(reply, true)
    expect(answer.status).toBe(500)
    const { detail } = answer.json as { detail: string }
    expect(detail).toContain('readThing')
    expect(detail).toContain(where)
    expect(log).toHaveLength(1)
  })

  test('in production a body that does not fit stays in the server, and out of the log', async () => {
    const { answer, log } = await answerOf({ ...good, body: { id: 'hunter2' } }, false)
    expect([answer.status, answer.json]).toEqual([500, { detail: 'Internal Server Error' }])
    expect(stackOf(log[0])).toContain('The 200 of operation readThing breaks the contract: the body/id must be integer')
    expect(JSON.stringify(log)).not.toContain('hunter2')
  })

  test('in production the message stays in the log', async () => {
    const { answer, log } = await answerOf({ status: 300 }, false)
    expect([answer.status, answer.json]).toEqual([500, { detail: 'Internal Server Error' }])
    expect(stackOf(log[0])).toContain('readThing')
  })

  test.each<[string, Reply]>([
    ['a header', { ...good, headers: { 'X-Kind': 'a', 'X-Other': 'b' } }],
    ['a body where there is none', { status: 204, body: {} }]
  ])('in production %s is left out', async (_name, reply) => {
    const { answer } = await answerOf(reply, false)
    expect([answer.status, answer.headers['x-other']]).toEqual([reply.status, undefined])
  })
})

test('the names of headers are not case-sensitive', async () => {
  for (const isStrict of [true, false]) {
    const { answer } = await answerOf({ ...good, headers: { 'x-kind': 'a' } }, isStrict)
    expect([answer.status, answer.headers['x-kind']]).toEqual([200, 'a'])
  }
})

describe('what JSON has no word for is never written as something else', () => {
  test.each<[string, unknown]>([
    ['NaN', { a: NaN }],
    ['infinity', [Infinity]],
    ['a date that is none', new Date(NaN)],
    ['something missing in a list', ['a', undefined]],
    ['a function in a list', [() => 1]],
    ['a map', new Map([['a', 1]])],
    ['a set below', { a: new Set([1]) }]
  ])('%s', async (_, body) => {
    for (const isStrict of [true, false]) {
      const { answer } = await answerOf({ status: 202, mediaType: 'application/json', body }, isStrict)
      expect([isStrict, answer.status]).toEqual([isStrict, 500])
    }
  })

  test('and what is null or empty by itself leaves', async () => {
    const body = { a: null, b: {}, c: [null, {}], d: undefined, e: 'null', f: new Date(0) }
    const { answer } = await answerOf({ status: 202, mediaType: 'application/json', body }, false)
    expect(answer.json).toEqual({ a: null, b: {}, c: [null, {}], e: 'null', f: '1970-01-01T00:00:00.000Z' })
  })

  test('nor where a number may be null', async () => {
    const { answer } = await answerOf({ ...good, body: { id: 1, note: new Date(NaN) } }, false)
    expect(answer.status).toBe(500)
  })
})

test.each([208, 226])('what is only for the server never leaves, whatever it is called: %s', async status => {
  const { answer } = await answerOf({ status, body: { a: 1, 'secret-b': 2 } }, false)
  expect([answer.status, answer.json]).toEqual([status, { a: 1 }])
})

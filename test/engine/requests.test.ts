import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { production } from '../../src/app.js'
import { type Answer, send } from '../../scripts/contract-tests/client.js'
import { sampleContract, serverAnswers, startSample } from '../support/sample.js'
import type { TestServer } from '../support/server.js'
import { formType } from '../support/login.js'

const answers = `responses: { '200': { description: Fine, content: { application/json: { schema: {} } } }, ${serverAnswers} }`

const contract = sampleContract(
  `
  /items:
    get:
      operationId: listItems
      security: []
      parameters:
        - { name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 9, default: 5 } }
        - { name: tag, in: query, schema: { type: array, items: { type: string } } }
        - { name: sort, in: query, style: pipeDelimited, explode: false, schema: { type: array, items: { type: string } } }
        - { name: filter, in: query, content: { application/json: { schema: { type: object, required: [a] } } } }
        - { name: X-Trace, in: header, required: true, schema: { type: string, minLength: 2 } }
        - { name: theme, in: cookie, schema: { enum: [light, dark] } }
      ${answers}
    post:
      operationId: addItem
      security: []
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [name, count]
              additionalProperties: false
              properties:
                name: { type: string, maxLength: 5 }
                count: { type: integer }
                mail: { type: string, format: email }
                marks: { type: array, uniqueItems: true }
                kind: { enum: [{ a: 1 }, b] }
                shape: { const: { a: [1] } }
      ${answers}
  /switches:
    parameters:
      - { name: X-Mode, in: header, required: true, schema: { type: integer } }
    get:
      operationId: readSwitches
      security: []
      parameters:
        - { name: x-mode, in: header, schema: { type: string } }
        - { name: on, in: query, allowEmptyValue: true, schema: { type: boolean, default: true } }
        - { name: off, in: query, schema: { type: boolean } }
        - { name: tree, in: query, content: { application/json: { schema: { $ref: '#/components/schemas/Tree' } } } }
      ${answers}
  /notes:
    post:
      operationId: addNote
      security: []
      requestBody:
        content:
          application/json;v=1: { schema: { properties: { at: { format: date-time }, bytes: { format: byte }, url: { format: url } } } }
          application/json;v=2: { schema: { type: array } }
      ${answers}
  /items/latest:
    get: { operationId: latestItem, security: [], ${answers} }
  /items/{id}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: integer } }
    get: { operationId: readItem, security: [], ${answers} }
    delete: { operationId: deleteItem, security: [], ${answers} }
  /items/{id}/parts/{part}.json:
    parameters:
      - { name: id, in: path, required: true, schema: { type: string } }
      - { name: part, in: path, required: true, schema: { type: string } }
    get: { operationId: readPart, security: [], ${answers} }
  /files/{name}:
    parameters: [{ name: name, in: path, required: true, schema: { type: string } }]
    get: { operationId: readFile, security: [], ${answers} }
  /files/{name}.json:
    parameters: [{ name: name, in: path, required: true, schema: { type: string } }]
    get: { operationId: readJsonFile, security: [], ${answers} }
  /lists/{ids}:
    parameters: [{ name: ids, in: path, required: true, schema: { type: array, items: { type: integer } } }]
    get: { operationId: readList, security: [], ${answers} }
  /forms:
    post:
      operationId: sendForm
      security: []
      requestBody:
        content:
          application/x-www-form-urlencoded:
            schema:
              type: object
              properties: { age: { type: integer }, agree: { type: boolean }, tags: { type: array, items: { type: string } } }
      ${answers}`,
  "    Tree: { type: [array, number], items: { $ref: '#/components/schemas/Tree' } }"
)

const echo = (name: string) => (request: Record<string, unknown>) =>
  Promise.resolve({ status: 200, body: { name, ...request } })

const names = [
  'listItems',
  'addItem',
  'latestItem',
  'readItem',
  'deleteItem',
  'readPart',
  'sendForm',
  'readFile',
  'readJsonFile',
  'readList',
  'readSwitches',
  'addNote'
]

let server: TestServer
beforeAll(async () => {
  server = await startSample(contract, Object.fromEntries(names.map(name => [name, echo(name)])), {
    mode: production
  })
})
afterAll(() => server.close())

const get = (path: string, headers: Record<string, string> = { 'X-Trace': 'abc' }): Promise<Answer> =>
  send(server.port, { path, headers })
const json = (answer: Answer) => answer.json as Record<string, unknown>
const details = (answer: Answer) => [
  answer.status,
  (json(answer)['detail'] as { loc: unknown; type: string }[]).map(({ loc, type }) => [loc, type])
]

describe('paths', () => {
  test.each([
    ['/items/7', 'readItem', { id: 7 }],
    ['/items/latest', 'latestItem', undefined],
    ['/files/a', 'readFile', { name: 'a' }],
    ['/files/a.json', 'readJsonFile', { name: 'a' }],
    ['/lists/1,2', 'readList', { ids: [1, 2] }],
    ['/items/a%2Fb/parts/c%20d.json', 'readPart', { id: 'a/b', part: 'c d' }],
    ['/items/%ZZ/parts/x.json', 'readPart', { id: '%ZZ', part: 'x' }],
    ['/items/__proto__/parts/constructor.json', 'readPart', { id: '__proto__', part: 'constructor' }]
  ])('%s is %s', async (path, name, params) => {
    const answer = await get(path)
    expect([json(answer)['name'], json(answer)['params']]).toEqual([name, params])
  })

  test.each(['/items/', '/items/7/', '/items/7/parts', '/items/7/parts/.json', '/items/7/parts/xjson', '/items/7/8'])(
    '%s is nothing',
    async path => {
      expect((await get(path)).status).toBe(404)
    }
  )

  test('a concrete path goes before a templated one, with its methods', async () => {
    const answer = await send(server.port, { method: 'DELETE', path: '/items/latest' })
    expect([answer.status, answer.headers.allow]).toEqual([405, 'GET'])
    expect((await send(server.port, { method: 'PUT', path: '/items/7' })).headers.allow).toBe('GET, DELETE')
  })

  test('a path parameter is of its declared type', async () => {
    expect(details(await get('/items/seven'))).toEqual([422, [[['path', 'id'], 'type']]])
  })
})

describe('parameters', () => {
  test('have the types, the lists and the defaults that the contract declares', async () => {
    const answer = await get('/items?limit=3&tag=a&tag=b&sort=x|y&filter=%7B%22a%22%3A1%7D&other=1', {
      'X-Trace': 'abc',
      Cookie: 'theme=dark; x=y'
    })
    const { query, headers, cookies } = json(answer) as Record<string, Record<string, unknown>>
    expect(query).toMatchObject({ limit: 3, tag: ['a', 'b'], sort: ['x', 'y'], filter: { a: 1 } })
    expect([headers?.['x-trace'], cookies?.['theme']]).toEqual(['abc', 'dark'])
    const bare = json(await get('/items?tag=a')) as Record<string, Record<string, unknown>>
    expect(bare['query']).toEqual({ tag: ['a'], limit: 5 })
  })

  test('that break rules are all reported', async () => {
    const answer = await get('/items?limit=10&filter=%7B%7D', { Cookie: 'theme=pink' })
    expect(details(answer)).toEqual([
      422,
      expect.arrayContaining([
        [['query', 'limit'], 'maximum'],
        [['query', 'filter', 'a'], 'required'],
        [['header', 'x-trace'], 'required'],
        [['cookie', 'theme'], 'enum']
      ])
    ])
  })
})

describe('JSON bodies', () => {
  const post = (body: string, headers: Record<string, string> = { 'Content-Type': 'application/json' }) =>
    send(server.port, { method: 'POST', path: '/items', headers, body })

  test('arrive as they were sent', async () => {
    for (const body of [
      { name: 'nail', count: 3 },
      { name: 'nail', count: 3, marks: [{ valueOf: 1 }, { valueOf: 2 }], kind: { a: 1 }, shape: { a: [1] } }
    ]) {
      expect(json(await post(JSON.stringify(body)))['body']).toEqual(body)
    }
  })

  test.each([
    ['{"name":"nail","count":"3"}', [['body', 'count'], 'type']],
    ['{"name":"hammer","count":3}', [['body', 'name'], 'maxLength']],
    ['{"name":"nail","count":3,"x":1}', [['body', 'x'], 'additionalProperties']],
    ['{"name":"nail","count":3,"mail":"x"}', [['body', 'mail'], 'format']],
    ['{"name":"nail","count":3,"marks":[{"valueOf":1},{"valueOf":1}]}', [['body', 'marks'], 'uniqueItems']],
    ['{"name":"nail","count":3,"marks":[{"a":1,"b":[0]},{"b":[-0],"a":1}]}', [['body', 'marks'], 'uniqueItems']],
    ['{"name":"nail","count":3,"kind":{"toString":1}}', [['body', 'kind'], 'enum']],
    ['{"name":"nail","count":3,"shape":{"valueOf":1}}', [['body', 'shape'], 'const']],
    ['[]', [['body'], 'type']],
    ['{"name":', [['body'], 'parse']],
    ['', [['body'], 'required']]
  ])('%s is refused', async (body, detail) => {
    expect(details(await post(body))).toEqual([422, [detail]])
  })

  test('of another media type are missing', async () => {
    expect(details(await post('name=nail', formType))).toEqual([422, [[['body'], 'required']]])
    expect(details(await post('x', {}))).toEqual([422, [[['body'], 'required']]])
  })
})

test.each(['Infinity', '-Infinity'])('a number is finite: %s is none', async value => {
  expect(details(await get(`/items?limit=${value}`))[0]).toBe(422)
})

test('the fields of a form have the types that the contract declares', async () => {
  const form = (body: string) => send(server.port, { method: 'POST', path: '/forms', headers: formType, body })
  expect(json(await form('age=7&agree=true&tags=a&tags=b'))['form']).toEqual({ age: 7, agree: true, tags: ['a', 'b'] })
  expect(json(await form('tags=a'))['form']).toEqual({ tags: ['a'] })
  expect(json(await form(''))['form']).toEqual({})
  expect(details(await form('age=x'))).toEqual([422, [[['body', 'age'], 'type']]])
})

test('a parameter that may be empty counts as not sent where it is', async () => {
  for (const query of ['?on=', '?on', '']) expect(json(await get(`/switches${query}`))['query']).toEqual({ on: true })
  expect(json(await get('/switches?on=false'))['query']).toEqual({ on: false })
  expect(details(await get('/switches?on=x&off='))).toEqual([
    422,
    [
      [['query', 'on'], 'type'],
      [['query', 'off'], 'type']
    ]
  ])
})

test('the header of an operation goes before that of its path, however their names are written', async () => {
  expect((await get('/switches', {})).status).toBe(200)
  expect(json(await get('/switches', { 'X-Mode': 'a' }))['headers']).toEqual({ 'x-mode': 'a' })
})

describe('a note', () => {
  const post = (body: string | Buffer, type: string) =>
    send(server.port, { method: 'POST', path: '/notes', headers: { 'Content-Type': type }, body })

  test('is held to the media type whose parameters it has', async () => {
    for (const type of ['application/json;v=2', 'application/json; V="2"; charset=utf-8']) {
      expect([type, (await post('[]', type)).status, (await post('{}', type)).status]).toEqual([type, 200, 422])
    }
    expect(json(await post('{}', 'application/json; v=1'))['body']).toEqual({})
  })

  test('in another encoding than UTF-8 is refused, rather than read with other characters', async () => {
    expect((await post(Buffer.from([0x22, 0xff, 0x22]), 'application/json;v=1')).status).toBe(415)
  })

  test.each([
    '{"at":"2026-01-01 00:00:00Z"}',
    '{"url":"mailto:a@b.c"}',
    '{"at":"2026-01-01\\n00:00:00Z"}',
    '{"bytes":"!\\n"}',
    '{"bytes":"!\\nYWI="}'
  ])('%s is of none of its formats', async body => {
    expect((await post(body, 'application/json;v=1')).status).toBe(422)
  })
})

test('JSON in a parameter is read within the bounds of JSON in a body', async () => {
  const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
  expect((await get(`/switches?tree=${nested(500)}`)).status).toBe(200)
  for (const tree of [nested(6_000), '[1e400]']) {
    expect(details(await get(`/switches?tree=${tree}`))).toEqual([422, [[['query', 'tree'], 'parse']]])
  }
})

test('a long text that is no URL is refused in no time', async () => {
  const body = JSON.stringify({ url: `http://a/${':'.repeat(15_000)} ` })
  const before = process.cpuUsage() // of the server, too: what else the machine does says nothing
  const headers = { 'Content-Type': 'application/json;v=1' }
  expect((await send(server.port, { method: 'POST', path: '/notes', headers, body })).status).toBe(422)
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(250)
})

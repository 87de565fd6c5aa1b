import { describe, expect, test } from '@jest/globals'
import type { IncomingHttpHeaders } from 'node:http'
import { type Contract, type OperationObject, operationsOf } from '../../src/contract/index.js'
import { createMock, type Mocked } from '../../src/contract/serve/mock/mock.js'
import { sampleContract } from '../support/sample.js'

/** What a mock answers to a request to `GET /thing`, whose responses are given in YAML. */
const answer = (responses: string, headers: IncomingHttpHeaders = {}, components = ''): Mocked => {
  const contract = sampleContract(
    `
  /thing:
    get:
      operationId: readThing
      responses:
        ${responses.trim().split('\n').join('\n        ')}`,
    components
  )
  return createMock(contract)(only(contract), headers)
}

/** The operation of a contract that has one. */
const only = (contract: Contract): OperationObject => {
  const [operation, second] = operationsOf(contract)
  if (!operation || second) throw new Error('not one operation')
  return operation
}

const reply = (...args: Parameters<typeof answer>): unknown => {
  const mocked = answer(...args)
  return 'reply' in mocked ? mocked.reply : mocked.problem
}

const problem = (...args: Parameters<typeof answer>): string => {
  const mocked = answer(...args)
  return 'problem' in mocked ? `${mocked.problem.status} ${mocked.problem.detail ?? ''}` : 'a reply'
}

const json = (value: string): string => `content: { application/json: ${value} }`
const constant = (value: string): string => json(`{ schema: { const: ${value} } }`)

describe('the status', () => {
  test.each([
    ['a success', ['404', '201', '202', '302'], 201],
    ['the class of successes', ['404', '2XX'], 200],
    ['the default', ['404', 'default'], 200],
    ['a redirection', ['404', '302'], 302],
    ['the class of redirections', ['3XX'], 302],
    ['the lowest', ['503', '404'], 404]
  ])('is %s where nothing is wished for', (_what, statuses, status) => {
    const responses = statuses.map(key => `'${key}': { description: '', ${constant(`'${key}'`)} }`).join('\n')
    expect(reply(responses)).toMatchObject({ status })
  })

  test.each([
    ['code=404', 404, 'own'],
    ['code=422', 422, 'class'],
    ['CODE = "503"', 503, 'rest'],
    ['foo, code=404; dynamic=false', 404, 'own'],
    ['code=404, code=422', 404, 'own']
  ])('is the one of `Prefer: %s`, by itself, its class or the default', (prefer, status, body) => {
    const responses = `'200': { description: '', ${constant('ok')} }
'404': { description: '', ${constant('own')} }
4XX: { description: '', ${constant('class')} }
default: { description: '', ${constant('rest')} }`
    expect(reply(responses, { prefer })).toEqual({ status, mediaType: 'application/json', body })
  })

  test.each(['404', '99', '100', 'nonsense', '1e2'])('%s is a 404 that says what is declared, if it is not', code => {
    const responses = `'200': { description: '' }\n'418': { description: '' }`
    expect(problem(responses, { prefer: `code=${code}` })).toBe(
      `404 The answer ${code} isn't declared. Declared are: 200, 418.`
    )
  })

  test('204 has no body, whatever is declared', () => {
    expect(reply(`'204': { description: '', ${constant('1')} }`)).toEqual({ status: 204 })
  })
})

describe('headers', () => {
  const withHeaders = (headers: string): string => `'302': { description: '', headers: { ${headers} } }`
  test.each<[what: string, headers: string, expected: object | undefined]>([
    ['that are required are made', 'X-A: { required: true, schema: { type: integer, minimum: 7 } }', { 'X-A': 7 }],
    [
      'that are required have their example',
      'X-A: { required: true, example: a, schema: { type: string } }',
      { 'X-A': 'a' }
    ],
    [
      'are lists',
      'X-A: { required: true, schema: { type: array, minItems: 2, items: { const: 7 } } }',
      { 'X-A': [7, 7] }
    ],
    [
      'are objects',
      'X-A: { required: true, schema: { type: object, properties: { a: { const: 7 } } } }',
      { 'X-A': { a: 7 } }
    ],
    [
      'are JSON',
      'X-A: { required: true, content: { application/json: { schema: { type: object }, example: { a: 1 } } } }',
      { 'X-A': { a: 1 } }
    ],
    [
      'have no example that no header can have',
      'X-A: { required: true, example: "中", schema: {} }',
      { 'X-A': 'string' }
    ],
    ['have no invalid example', 'X-A: { required: true, example: a, schema: { enum: [b] } }', { 'X-A': 'b' }],
    ['that are not required are left out', 'X-A: { schema: { type: string } }', undefined],
    ['include a Location that is a path', 'location: { schema: { type: string } }', { location: '/' }],
    [
      'include a Location that is a URL',
      'Location: { schema: { type: string, format: uri } }',
      { Location: 'https://example.com/' }
    ]
  ])('%s', (_what, headers, expected) => {
    expect(reply(withHeaders(headers))).toEqual({ status: 302, ...(expected && { headers: expected }) })
  })

  test('that are required and impossible are a 501 with the place', () => {
    expect(problem(withHeaders('X-A: { required: true, schema: { not: {} } }'))).toMatch(
      /^501 No valid value was found for the header X-A; .*: openapi.yaml:\d+:\d+\.$/
    )
  })
})

describe('the media type', () => {
  const responses = `'200':
  description: ''
  content:
    application/json: { example: { a: 1 } }
    text/csv: { schema: { type: array }, example: "a\\n1" }
    text/html: { schema: { type: string }, example: <p> }`
  test.each([
    [undefined, 'application/json'],
    ['*/*', 'application/json'],
    ['text/csv', 'text/csv'],
    ['TEXT/HTML', 'text/html'],
    ['text/*', 'text/csv'],
    ['text/*;q=0.5, text/html', 'text/html'],
    ['text/csv;q=0, text/*', 'text/html'],
    ['*/*;q=0.1, text/html;q=0.2', 'text/html'],
    ['application/xml, text/html;q=0.1', 'text/html'],
    ['application/json; charset=utf-8', 'application/json']
  ])('for `Accept: %s` is %s', (accept, mediaType) => {
    expect(reply(responses, accept === undefined ? {} : { accept })).toMatchObject({ status: 200, mediaType })
  })

  test.each(['application/xml', 'text/plain;q=1', '*/*;q=0'])('is a 406 if `Accept: %s` takes none', accept => {
    expect(problem(responses, { accept })).toBe(
      '406 The answer 200 is declared as application/json, text/csv, text/html.'
    )
  })

  test('of a declared range is one that fits', () => {
    const ranges = `'200': { description: '', content: { text/*: { schema: { type: string } } } }`
    expect(reply(ranges)).toMatchObject({ mediaType: 'text/plain' })
    expect(reply(ranges, { accept: 'text/markdown' })).toMatchObject({ mediaType: 'text/markdown' })
  })

  test('is another one if nothing can be made in the first', () => {
    const both = `'200': { description: '', content: { text/csv: { schema: { type: object } }, application/json: { schema: { type: object } } } }`
    expect(reply(both)).toMatchObject({ mediaType: 'application/json', body: {} })
    expect(problem(both, { accept: 'text/csv' })).toMatch(
      /^501 Nothing was found for this schema that could be written as text\/csv; .*openapi.yaml:\d+:\d+\.$/
    )
  })
})

describe('the body', () => {
  const of = (mediaType: string, name = 'application/json'): string =>
    `'200': { description: '', content: { ${name}: ${mediaType} } }`

  test.each([
    ['false', '{ schema: { type: boolean }, example: false }', false],
    ['zero', '{ example: 0 }', 0],
    ['empty', "{ example: '' }", ''],
    ['null', '{ example: null }', null],
    ['the first of several', '{ examples: { a: { value: 1 }, b: { value: 2 } } }', 1],
    ['the first that is valid', '{ schema: { type: integer }, examples: { a: { value: x }, b: { value: 2 } } }', 2],
    ['the one that can be sent', '{ examples: { a: { externalValue: http://localhost/a }, b: { value: 2 } } }', 2],
    ['a shared one', "{ examples: { a: { $ref: '#/components/examples/Shared' } } }", 3]
  ])('is an example that is %s', (_what, mediaType, body) => {
    expect(reply(of(mediaType), {}, '  examples: { Shared: { value: 3 } }')).toMatchObject({ body })
  })

  test('is made from the schema if the example is invalid', () => {
    expect(reply(of('{ schema: { type: integer, minimum: 4 }, example: x }'))).toMatchObject({ body: 4 })
  })

  test.each([
    ['text/plain', '{ schema: { type: string, minLength: 7 } }', 'strings'],
    ['text/plain', '{ schema: { type: integer } }', 1],
    ['text/csv', '{ schema: { type: array }, example: "a,b" }', 'a,b'],
    ['application/xml', '{ schema: { type: object }, example: <a/> }', '<a/>'],
    ['text/csv', '{ schema: { allOf: [{ type: array }] }, example: "a,b" }', 'a,b'],
    ['text/plain', '{ schema: { type: integer }, example: "a,b" }', 1],
    ['text/event-stream', '{ schema: { type: object, properties: { a: { const: 1 } } } }', 'data: {"a":1}\n\n'],
    ['application/x-ndjson', '{ schema: { type: object, properties: { a: { const: 1 } } } }', '{"a":1}\n'],
    ['application/pdf', '{}', 'string'],
    ['image/png', '{ schema: { type: string, format: binary } }', 'string']
  ])('in %s is a text: %s', (name, mediaType, body) => {
    expect(reply(of(mediaType, name))).toMatchObject({ mediaType: name, body })
  })

  test('is the example that `Prefer: example=` names', () => {
    const examples = '{ examples: { a: { value: 1 }, "b c": { value: 2 } } }'
    expect(reply(of(examples), { prefer: 'example=a' })).toMatchObject({ body: 1 })
    expect(reply(of(examples), { prefer: 'code=200, example="b c"' })).toMatchObject({ body: 2 })
    expect(problem(of(examples), { prefer: 'example=d' })).toBe('404 There is no example "d". There are: a, b c.')
    expect(problem(of('{}'), { prefer: 'example=d' })).toBe('404 There is no example "d". No example has a name.')
  })

  test('is no named example that is invalid or elsewhere: a 501 with its place', () => {
    const examples =
      '{ schema: { type: integer }, examples: { a: { value: x }, b: { externalValue: http://localhost/b } } }'
    expect(problem(of(examples), { prefer: 'example=a' })).toMatch(
      /^501 The example a breaks its own schema: openapi.yaml:\d+:\d+\.$/
    )
    expect(problem(of(examples), { prefer: 'example=b' })).toMatch(
      /^501 The example b has no `value` that could be sent: openapi.yaml:\d+:\d+\.$/
    )
  })

  test('differs with each request for `Prefer: dynamic=true`, and is no example', () => {
    const contract = sampleContract(`
  /thing:
    get:
      operationId: readThing
      responses:
        '200': { description: '', ${json('{ schema: { type: integer, minimum: 0, maximum: 1000000 }, example: 5 }')} }`)
    const mock = createMock(contract)
    const answers = Array.from({ length: 5 }, () => JSON.stringify(mock(only(contract), { prefer: 'dynamic=true' })))
    expect(new Set(answers).size).toBe(5)
  })

  test.each([
    ['no schema names', '{ properties: { a: {}, b: { properties: { c: {} } } } }', '{ a: 1, b: { c: 1, d: 1 }, e: 1 }'],
    [
      'is only written',
      '{ properties: { a: {}, b: { properties: { c: {}, d: { writeOnly: true } } } } }',
      '{ a: 1, b: { c: 1, d: 1 } }'
    ]
  ])('is an example without what %s', (_what, schema, example) => {
    const body = { a: 1, b: { c: 1 } }
    expect(reply(of(`{ schema: ${schema}, example: ${example} }`))).toMatchObject({ body })
    expect(reply(of(`{ schema: ${schema}, examples: { x: { value: ${example} } } }`), { prefer: 'example=x' })).toEqual(
      {
        status: 200,
        mediaType: 'application/json',
        body
      }
    )
    expect(reply(of(`{ schema: { properties: { f: { allOf: [${schema}], example: ${example} } } } }`))).toMatchObject({
      body: { f: body }
    })
  })

  test('is no example that breaks its schema without what no schema names', () => {
    const schema = '{ properties: { a: {}, b: { const: 2 } }, minProperties: 2 }'
    expect(reply(of(`{ schema: ${schema}, example: { a: 1, c: 1 } }`))).toMatchObject({ body: { b: 2 } })
  })

  test('is of the alternative that its discriminator names', () => {
    const components = `    Empty: {}
    Cat: { type: object, required: [kind], properties: { kind: { type: string }, lives: { const: 9 } } }
    Dog: { type: object, required: [kind], properties: { kind: { type: string } } }
    Bird: { type: object, required: [kind], properties: { kind: { type: string } }, discriminator: { propertyName: kind } }
    Owl: { allOf: [{ $ref: '#/components/schemas/Bird' }] }`
    const mapping = "mapping: { feline: '#/components/schemas/Cat', canine: Dog }"
    const either = (discriminator: string, names: string[]): string => {
      const refs = names.map(name => `{ $ref: '#/components/schemas/${name}' }`)
      return of(
        `{ schema: { oneOf: [${refs.join()}, { not: {} }], discriminator: { propertyName: kind, ${discriminator} } } }`
      )
    }
    expect(reply(either('', ['Cat']), {}, components)).toMatchObject({ body: { kind: 'Cat', lives: 9 } })
    expect(reply(either(mapping, ['Cat']), {}, components)).toMatchObject({ body: { kind: 'feline', lives: 9 } })
    expect(reply(either(mapping, ['Dog']), {}, components)).toMatchObject({ body: { kind: 'canine' } })
    expect(reply(of("{ schema: { $ref: '#/components/schemas/Owl' } }"), {}, components)).toMatchObject({
      body: { kind: 'Owl' }
    })
  })

  test('that is impossible is a 501 with the place of its schema', () => {
    expect(problem(of('{ schema: { type: string, maxLength: 0, minLength: 1 } }'))).toMatch(
      /^501 No valid value was found for this schema; .*: openapi.yaml:\d+:\d+\.$/
    )
  })
})

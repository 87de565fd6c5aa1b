import { describe, expect, test } from '@jest/globals'
import { pointer } from '../../src/contract/index.js'
import { evaluatorOf } from '../../src/contract/openapi/evaluator-of.js'
import { operationsOf } from '../../src/contract/openapi/operation-object.js'
import { parametersOf } from '../../src/contract/openapi/parameter.js'
import { rawCookies, rawFields } from '../../src/contract/serve/raw-fields.js'
import { requestReader } from '../../src/contract/serve/request-reader.js'
import { sampleContract } from '../support/sample.js'

interface Sent {
  readonly path?: string
  readonly query?: string
  readonly header?: string
  readonly cookie?: string
}

/** What is read of a request with some parameters, of which those in the path and in headers are called `color`. */
const read = (parameters: readonly object[], { path, query = '', header, cookie }: Sent, components = ''): unknown => {
  const contract = sampleContract(
    `  /a/{color}: { get: { parameters: ${JSON.stringify(parameters.map(one => ({ required: true, ...one })))} } }`,
    components
  )
  const [operation] = operationsOf(contract)
  if (!operation) throw new Error('no operation')
  const evaluator = evaluatorOf(contract)
  const isValid = (at: string, value: unknown): boolean => evaluator.isValid(at, value)
  const readRequest = requestReader(contract, parametersOf(contract, operation), { isValid })
  const { values, unreadable } = readRequest({
    params: path === undefined ? {} : { color: path },
    headers: header === undefined ? {} : { color: header },
    query: rawFields(query),
    cookies: rawCookies(cookie)
  })
  return unreadable.length > 0 ? unreadable.map(({ location, name }) => pointer(location, name)) : values
}

const string = { type: 'string' }
const array = { type: 'array', items: string }
const object = {
  type: 'object',
  properties: { R: { type: 'integer' }, G: { type: 'integer' }, B: { type: 'integer' } }
}
const blue = 'blue'
const colors = ['blue', 'black', 'brown']
const rgb = { R: 100, G: 200, B: 150 }

const at = (location: string) => (sent: string) => ({ [location]: sent })
const location = { path: at('path'), query: at('query'), header: at('header'), cookie: at('cookie') }

// OpenAPI 3.1 §4.8.12.3, with the commas of 3.1.1 and RFC 6570 for `label`; where its table says n/a there is nothing.
describe.each([
  ['path', 'matrix', false, [';color', ''], [';color=blue', ';color=blue,black,brown', ';color=R,100,G,200,B,150']],
  [
    'path',
    'matrix',
    true,
    [';color', ''],
    [';color=blue', ';color=blue;color=black;color=brown', ';R=100;G=200;B=150']
  ],
  ['path', 'label', false, ['.', ''], ['.blue', '.blue.black.brown', '.R.100.G.200.B.150']],
  ['path', 'label', false, ['.', ''], ['.blue', '.blue,black,brown', '.R,100,G,200,B,150']],
  ['path', 'label', true, ['.', ''], ['.blue', '.blue.black.brown', '.R=100.G=200.B=150']],
  ['path', 'simple', false, undefined, ['blue', 'blue,black,brown', 'R,100,G,200,B,150']],
  ['path', 'simple', true, undefined, ['blue', 'blue,black,brown', 'R=100,G=200,B=150']],
  ['path', undefined, undefined, undefined, ['blue', 'blue,black,brown', 'R,100,G,200,B,150']],
  ['header', 'simple', false, ['', ''], ['blue', 'blue, black ,brown', 'R,100, G,200,B,150']],
  ['header', 'simple', true, ['', ''], ['blue', 'blue,black,,brown', 'R=100, G=200,B=150']],
  ['query', 'form', false, ['color=', ''], ['color=blue', 'color=blue,black,brown', 'color=R,100,G,200,B,150']],
  ['query', 'form', true, ['color', ''], ['color=blue', 'color=blue&color=black&color=brown', 'R=100&G=200&B=150']],
  [
    'query',
    undefined,
    undefined,
    ['color=', ''],
    ['color=blue', 'color=blue&color=black&color=brown', 'R=100&G=200&B=150']
  ],
  [
    'query',
    'spaceDelimited',
    false,
    undefined,
    [undefined, 'color=blue%20black+brown', 'color=R%20100%20G%20200%20B%20150']
  ],
  ['query', 'pipeDelimited', false, undefined, [undefined, 'color=blue|black%7Cbrown', 'color=R|100|G%7c200|B|150']],
  ['query', 'spaceDelimited', true, undefined, [undefined, 'color=blue&color=black&color=brown', 'R=100&G=200&B=150']],
  ['query', 'deepObject', true, undefined, [undefined, undefined, 'color[R]=100&color%5BG%5D=200&color[B]=150']],
  ['query', 'deepObject', false, undefined, [undefined, undefined, 'color[R]=100&color%5BG%5D=200&color[B]=150']],
  ['cookie', 'form', false, ['color=', ''], ['color=blue', 'color=blue,black,brown', 'color=R,100,G,200,B,150']],
  ['cookie', 'form', true, ['color=', ''], ['color=blue', 'color=blue&color=black&color=brown', 'R=100&G=200&B=150']],
  [
    'cookie',
    'form',
    true,
    ['color=', ''],
    ['color=blue', 'color=blue; color=black; color=brown', 'R=100; G=200; B=150']
  ]
] as const)('in %s, style %s, explode %s:', (place, style, explode, empty, [primitive, list, map]) => {
  const parameter = { name: 'color', in: place, style, explode }
  const cases: [string | undefined, object, unknown][] = [
    [empty?.[0], string, empty?.[1]],
    [primitive, string, blue],
    [list, array, colors],
    [map, object, rgb]
  ]
  test.each(cases.filter(([sent]) => sent !== undefined))('%s', (sent = '', schema, value) => {
    expect(read([{ ...parameter, schema }], location[place](sent))).toEqual({ [place]: { color: value } })
  })
})

const query = (schema: object, more: object = {}) => ({ name: 'color', in: 'query', schema, ...more })
const nested = {
  type: 'object',
  properties: { a: { type: 'object', properties: { b: { type: 'integer' } } }, c: array }
}

describe('a value', () => {
  test.each([
    [
      'is decoded after it is split',
      [query(array, { explode: false })],
      { query: 'color=a%2Cb,c%20d+e' },
      ['a,b', 'c d e']
    ],
    ['has empty items', [query(array, { explode: false })], { query: 'color=a,,b,' }, ['a', '', 'b', '']],
    ['is an empty list', [query(array, { explode: false })], { query: 'color=' }, []],
    ['may be a list of one', [query(array)], { query: 'color=a,b' }, ['a,b']],
    ['has malformed encodings that stand for themselves', [query(string)], { query: 'color=%ZZ%20' }, '%ZZ '],
    ['that is repeated is a list, whatever it should be', [query(string)], { query: 'color=a&color=b' }, ['a', 'b']],
    [
      'has names that objects have',
      [query({ type: 'object' }, { style: 'deepObject' })],
      { query: 'color[constructor]=1&color[toString]=2' },
      { constructor: '1', toString: '2' }
    ],
    [
      'has objects in objects',
      [query(nested, { style: 'deepObject' })],
      { query: 'color[a][b]=1&color[c]=x&color[c]=y' },
      { a: { b: 1 }, c: ['x', 'y'] }
    ],
    [
      'is no object without its brackets',
      [query(nested, { style: 'deepObject' })],
      { query: 'color=1&color[a=1&color[a]b]=2&colora]=1' },
      undefined
    ],
    [
      'is JSON',
      [{ name: 'color', in: 'query', content: { 'application/json': { schema: {} } } }],
      { query: 'color=%7B%22a%22:[1,%22+%22]%7D' },
      { a: [1, ' '] }
    ],
    [
      'is text, as its media type says',
      [{ name: 'color', in: 'query', content: { 'text/plain': { schema: string } } }],
      { query: 'color=a,b' },
      'a,b'
    ]
  ])('%s', (_what, parameters, sent, value) => {
    expect(read(parameters, sent)).toEqual({ query: value === undefined ? {} : { color: value } })
  })

  test('has the name __proto__ like any other', () => {
    const sent = { query: 'color[__proto__]=1&color[__proto__][x]=2' }
    const { query: values } = read([query({ type: 'object' }, { style: 'deepObject' })], sent) as {
      query: { color: object }
    }
    expect(Object.entries(values.color)).toEqual([['__proto__', ['1', { x: '2' }]]])
    expect(({} as Record<string, unknown>)['x']).toBeUndefined()
  })

  test.each([
    [
      'no JSON',
      [{ name: 'color', in: 'query', content: { 'application/json': { schema: {} } } }],
      { query: 'color=x' },
      '/query/color'
    ],
    ['a list in two texts', [query(array, { explode: false })], { query: 'color=a&color=b' }, '/query/color'],
    ['an object with half a property', [query(object, { explode: false })], { query: 'color=R,1,G' }, '/query/color'],
    [
      'a label without its dot',
      [{ name: 'color', in: 'path', style: 'label', schema: string }],
      { path: 'blue' },
      '/path/color'
    ],
    [
      'a matrix of another name',
      [{ name: 'color', in: 'path', style: 'matrix', schema: string }],
      { path: ';colour=blue' },
      '/path/color'
    ],
    [
      'an exploded object without values',
      [{ name: 'color', in: 'header', explode: true, schema: object }],
      { header: 'R' },
      '/header/color'
    ]
  ])('is unreadable as %s', (_what, parameters, sent, place) => {
    expect(read(parameters, sent)).toEqual([place])
  })
})

describe('an exploded object', () => {
  const limit = { name: 'limit', in: 'query', schema: { type: 'integer' } }
  const deep = { name: 'deep', in: 'query', style: 'deepObject', schema: { type: 'object' } }

  test('has the fields of its properties, through references, alternatives and what stands beside them', () => {
    const schema = {
      $ref: '#/components/schemas/Base',
      anyOf: [{ properties: { a: { type: 'integer' } } }, { properties: { b: { type: 'boolean' } } }]
    }
    const components = '    Base: { type: object, properties: { c: { type: [number, "null"] } } }\n'
    const value = { b: true, c: 1.5 }
    expect(read([query({ ...schema, required: ['b'] })], { query: 'b=true&c=1.5&d=1' }, components)).toEqual({
      query: { color: value }
    })
  })

  test('that is free-form has the fields that no other parameter has', () => {
    const schema = { type: 'object', additionalProperties: { type: 'integer' } }
    expect(read([query(schema), limit, deep], { query: 'a=1&limit=2&deep[x]=3&b=4' })).toEqual({
      query: { color: { a: 1, b: 4 }, limit: 2, deep: { x: '3' } }
    })
  })

  test('is absent if none of its fields is there', () => {
    expect(read([query(object), limit], { query: 'limit=2' })).toEqual({ query: { limit: 2 } })
  })
})

test('parameters that are headers of HTTP itself are ignored', () => {
  const parameters = ['Accept', 'content-type', 'AUTHORIZATION', 'Color'].map(name => ({
    name,
    in: 'header',
    schema: string
  }))
  expect(read(parameters, { header: 'blue' })).toEqual({ header: { color: 'blue' } })
  expect(read([{ name: 'Accept', in: 'query', schema: string }], { query: 'Accept=1' })).toEqual({
    query: { Accept: '1' }
  })
})

test.each([
  ['color[', ']=1'],
  ['color[a][', ']=1&'],
  ['color[a]', '=1&'],
  ['color[a]=1&color[a][b]=2&', ''],
  ['color[a]', '[b]']
])('%j and %j many times take linear time', (first, second) => {
  const sent = { query: `${first}${second}`.repeat(50_000) + first.repeat(50_000) + second.repeat(50_000) }
  const started = performance.now()
  read([query({ type: 'object' }, { style: 'deepObject' })], sent)
  expect(performance.now() - started).toBeLessThan(5000) // milliseconds; quadratic time takes minutes
})

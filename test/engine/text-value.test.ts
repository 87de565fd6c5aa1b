import { describe, expect, test } from '@jest/globals'
import { find, rootOf } from '../../src/contract/index.js'
import { evaluatorOf } from '../../src/contract/openapi/evaluator-of.js'
import { alternativesOf, mostAlternatives } from '../../src/contract/serve/effective-schema.js'
import type { Text } from '../../src/contract/serve/text.js'
import { textDecoders, valueOf } from '../../src/contract/serve/text-value.js'
import { sampleContract } from '../support/sample.js'

const schemaOf = (schema: object | boolean, components: Readonly<Record<string, object>> = {}) => {
  const all = Object.entries({ ...components, Wanted: schema })
  const contract = sampleContract('  {}', all.map(([name, one]) => `    ${name}: ${JSON.stringify(one)}\n`).join(''))
  const node = find(rootOf(contract), 'components', 'schemas', 'Wanted')
  if (!node) throw new Error('no schema')
  let asked = 0
  const evaluator = evaluatorOf(contract)
  const isValid = (at: string, value: unknown): boolean => {
    asked += 1
    return evaluator.isValid(at, value)
  }
  return { node, isValid, asked: () => asked }
}

const value = (text: Text, schema: object | boolean, components: Readonly<Record<string, object>> = {}): unknown => {
  const { node, isValid } = schemaOf(schema, components)
  return valueOf(text, node, isValid)
}

const types = (schema: object | boolean, components: Readonly<Record<string, object>> = {}): unknown =>
  alternativesOf([schemaOf(schema, components).node]).map(one => one.types)

describe('text is read by the grammar of JSON', () => {
  test.each([
    ['number', '1.5', 1.5],
    ['number', '-0.25e-1', -0.025],
    ['integer', '12', 12],
    ['integer', '1.0', 1],
    ['integer', '1e2', 100],
    ['integer', '1.5', 1.5],
    ['boolean', 'true', true],
    ['boolean', 'false', false],
    ['null', 'null', null],
    ['string', 'null', 'null'],
    ['string', '12', '12']
  ])('%s: %s', (type, text, wanted) => {
    expect(value(text, { type })).toEqual(wanted)
  })

  test.each([
    ...['', ' 1', '1 ', '0x10', '1e400', '-1e400', 'NaN', 'Infinity', '+1', '.5', '1.', '01', '1_0', '١'].map(text => [
      'number',
      text
    ]),
    ...['TRUE', '1', '0', '', 'yes', ' true'].map(text => ['boolean', text]),
    ...['', 'Null', '0'].map(text => ['null', text]),
    ['object', '{}'],
    ['object', 'a']
  ])('no %s: %j stays text', (type, text) => {
    expect(value(text, { type })).toBe(text)
  })
})

describe('of several types, the first in the order of the author wins that fits', () => {
  test.each([
    ['12', { oneOf: [{ type: 'integer' }, { type: 'string' }] }, 12],
    ['12', { oneOf: [{ type: 'string' }, { type: 'integer' }] }, '12'],
    ['x', { oneOf: [{ type: 'integer' }, { type: 'string' }] }, 'x'],
    ['12', { type: ['integer', 'string'] }, 12],
    ['12', { type: ['string', 'integer'] }, '12'],
    ['12', { type: ['integer', 'string'], not: { type: 'integer' } }, '12'],
    [
      '12',
      {
        anyOf: [
          { type: 'integer', maximum: 5 },
          { type: 'string', maxLength: 2 }
        ]
      },
      '12'
    ],
    [
      '12',
      {
        anyOf: [
          { type: 'integer', maximum: 5 },
          { type: 'string', maxLength: 1 }
        ]
      },
      12
    ],
    ['1.5', { type: ['integer', 'string'] }, '1.5'],
    ['null', { type: ['string', 'null'] }, 'null'],
    ['null', { type: ['null', 'string'] }, null],
    ['null', { type: ['integer', 'null'] }, null],
    ['true', { type: ['boolean', 'integer'] }, true],
    ['1', { type: ['boolean', 'integer'] }, 1],
    ['1', { enum: [1, 'a', null] }, 1],
    ['a', { enum: [1, 'a', null] }, 'a'],
    ['null', { enum: [1, 'a', null] }, null],
    ['2', { const: 2 }, 2],
    ['2', { type: ['string', 'integer'], const: 2 }, 2],
    ['2', { allOf: [{ type: ['string', 'number'] }, { type: 'integer' }] }, 2],
    ['2', { allOf: [{ type: 'integer' }, { minimum: 1 }], description: 'x' }, 2],
    ['2', {}, '2'],
    ['2', true, '2'],
    ['2', { minimum: 1 }, '2'],
    ['2', { type: 'integer', allOf: [{ type: 'string' }] }, 2]
  ])('%j by %j', (text, schema, wanted) => {
    expect(value(text, schema)).toEqual(wanted)
  })
})

describe('lists and objects', () => {
  const tree = { type: 'object', properties: { n: { type: 'integer' }, next: { $ref: '#/components/schemas/Wanted' } } }
  const map = (entries: Readonly<Record<string, Text>>): Text => new Map(Object.entries(entries))
  test.each<[Text, object, unknown]>([
    [['1', 'x'], { type: 'array', items: { type: 'integer' } }, [1, 'x']],
    ['1', { type: 'array', items: { type: 'integer' } }, [1]],
    [
      ['1', '2', '3'],
      { type: 'array', prefixItems: [{}, { type: 'integer' }], items: { type: 'number' } },
      ['1', 2, 3]
    ],
    [['1'], { type: 'integer' }, ['1']],
    [['1', 'x'], { items: { anyOf: [{ type: 'integer' }, { type: 'string' }] } }, [1, 'x']],
    [map({ a: '1', b: '2' }), { type: 'object', properties: { a: { type: 'integer' } } }, { a: 1, b: '2' }],
    [map({ a: '1', b: '2' }), { additionalProperties: { type: 'integer' }, properties: { a: {} } }, { a: '1', b: 2 }],
    [map({ a: '1' }), { type: 'array' }, { a: '1' }],
    [map({ a: ['1'] }), { type: 'object', properties: { a: { type: 'integer' } } }, { a: ['1'] }],
    [map({ n: '1', next: map({ n: '2', next: map({ n: '3' }) }) }), tree, { n: 1, next: { n: 2, next: { n: 3 } } }],
    [map({ constructor: '1' }), { type: 'object', properties: { a: { type: 'integer' } } }, { constructor: '1' }],
    [
      map({ kind: 'n', v: '1' }),
      {
        oneOf: [
          { type: 'object', properties: { kind: { const: 's' }, v: { type: 'string' } } },
          { type: 'object', properties: { kind: { const: 'n' }, v: { type: 'integer' } } }
        ]
      },
      { kind: 'n', v: 1 }
    ],
    [
      map({ kind: 'n', v: '1' }),
      {
        properties: { kind: {} },
        if: { properties: { kind: { const: 'n' } } },
        then: { properties: { v: { type: 'integer' } } },
        else: { properties: { v: { type: 'string' } } }
      },
      { kind: 'n', v: 1 }
    ]
  ])('%j by %j', (text, schema, wanted) => {
    expect(value(text, schema)).toEqual(wanted)
  })

  test('patterns type properties if somebody runs them', () => {
    const { node, isValid } = schemaOf({ type: 'object', patternProperties: { '^n': { type: 'integer' } } })
    const matches = (pattern: string, text: string): boolean => new RegExp(pattern, 'u').test(text)
    expect(textDecoders({ isValid, matches })([node])(map({ n1: '1', m: '1' }))).toEqual({ n1: 1, m: '1' })
  })
})

test('nobody is asked whether a value of the only type there is is valid', () => {
  const { node, isValid, asked } = schemaOf(
    { $ref: '#/components/schemas/Text', description: 'x' },
    { Text: { type: 'string' } }
  )
  const decode = textDecoders({ isValid })([node])
  expect([decode('a'), asked()]).toEqual(['a', 0])
})

describe('what a schema comes to', () => {
  test.each<[object, unknown]>([
    [{ $ref: '#/components/schemas/A', minimum: 1 }, [['integer', 'null']]],
    [{ $ref: '#/components/schemas/A', type: 'integer' }, [['integer']]],
    [{ anyOf: [{ $ref: '#/components/schemas/A' }, { type: 'string' }] }, [['integer', 'null'], ['string']]],
    [{ type: ['string', 'null'], anyOf: [{ type: 'string' }, { type: 'null' }] }, [['string'], ['null']]],
    [{ properties: {} }, [['object', 'string']]],
    [{ items: {} }, [['array', 'string']]],
    [{}, [['string']]]
  ])('%j', (schema, wanted) => {
    expect(types(schema, { A: { type: ['integer', 'null'] } })).toEqual(wanted)
  })

  test('alternatives that allow the same plain types are one, however many there are', () => {
    const many = Array.from({ length: 500 }, (_, index) => ({ const: `v${index}` }))
    expect(types({ oneOf: [...many, { type: 'integer' }] })).toEqual([['string'], ['integer']])
  })

  test('there are not more alternatives than a request can be held against', () => {
    const some = Array.from({ length: 9 }, (_, index) => ({ properties: { [`p${index}`]: {} } }))
    expect(
      alternativesOf([schemaOf({ allOf: [{ anyOf: some }, { anyOf: some }, { anyOf: some }] }).node])
    ).toHaveLength(mostAlternatives)
  })

  test('schemas that refer to the next ones twice are looked at once', () => {
    const chain = Array.from({ length: 60 }, (_, index): [string, object] => {
      const next = { $ref: `#/components/schemas/S${index + 1}` }
      return [`S${index}`, { allOf: [next, next], properties: { [`p${index}`]: {} } }]
    })
    const components = Object.fromEntries([...chain, ['S60', { type: 'object' }]])
    expect(types({ $ref: '#/components/schemas/S0' }, components)).toEqual([['object']])
  })
})

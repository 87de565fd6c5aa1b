import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { resolve } from '../../src/contract/document/reference.js'
import { type Choice, firstChoice, randomChoice } from '../../src/contract/serve/mock/choice.js'
import { schemaValues } from '../../src/contract/serve/mock/schema-values.js'
import { evaluatorOf } from '../../src/contract/openapi/evaluator-of.js'
import { sampleContract } from '../support/sample.js'

const empty = sampleContract(' {}')
const at = '/components/schemas/Sample'

interface Made {
  readonly values: readonly unknown[]
  readonly checks: number
}

/** The first values made of a schema, which may refer to itself as `Sample`, and how many were tried for them. */
const made = (
  schema: object | boolean,
  { count = 1, choice = firstChoice }: { count?: number; choice?: Choice } = {}
): Made => {
  const document = { ...empty.document, components: { schemas: { Sample: schema as object } } }
  const contract = { ...empty, document, resolve: (path: string) => resolve(document, path) }
  const evaluator = evaluatorOf(contract)
  let checks = 0
  const counted = (path: string, value: unknown): boolean => {
    checks++
    return evaluator.isValid(path, value, 'reply')
  }
  const values: unknown[] = []
  for (const { value } of schemaValues({ contract, pointer: at, value: schema }, choice, counted)) {
    expect(evaluator.isValid(at, value, 'reply')).toBe(true)
    values.push(value)
    if (values.length === count) break
  }
  return { values, checks }
}

const own = { $ref: `#${at}` }

test.each<[what: string, schema: object, value: unknown]>([
  ['the first example', { type: 'string', examples: ['Ada', 'Bob'] }, 'Ada'],
  ['an example that is false', { type: 'boolean', example: false }, false],
  ['the default', { type: 'integer', default: 0 }, 0],
  ['null, as an example', { type: ['string', 'null'], examples: [null] }, null],
  ['the second example if the first is invalid', { type: 'string', examples: [1, 'Bob'] }, 'Bob'],
  ['an example deep inside', { properties: { a: { items: { example: 'x' } } } }, { a: ['x'] }],
  ['a constant', { const: { a: [1] } }, { a: [1] }],
  ['the member of an enumeration that is allowed', { enum: ['a', 'b'], not: { const: 'a' } }, 'b'],
  [
    'a property named like those of all objects',
    { required: ['constructor'], properties: { constructor: { const: 1 } } },
    { constructor: 1 }
  ],
  ['a bound', { type: 'integer', minimum: 18 }, 18],
  ['the next number after an exclusive bound', { type: 'integer', exclusiveMinimum: 18 }, 19],
  [
    'a number between close bounds',
    { type: 'number', exclusiveMinimum: 0.2, exclusiveMaximum: 0.4 },
    0.30000000000000004
  ],
  ['a negative number', { type: 'integer', maximum: -3 }, -3],
  ['a decimal multiple', { type: 'number', minimum: 0.3, maximum: 0.7, multipleOf: 0.25 }, 0.5],
  ['a common multiple', { type: 'integer', minimum: 1, allOf: [{ multipleOf: 4 }, { multipleOf: 6 }] }, 12],
  ['a long text', { type: 'string', minLength: 8 }, 'stringst'],
  ['a short text', { type: 'string', maxLength: 3 }, 'str'],
  ['no text at all', { type: 'string', maxLength: 0 }, ''],
  [
    'all that is merged',
    { allOf: [{ properties: { a: { const: 1 } } }, { properties: { b: { const: 2 } } }] },
    { a: 1, b: 2 }
  ],
  [
    'the keywords beside an alternative',
    { properties: { a: { const: 1 } }, oneOf: [{ required: ['b'], properties: { b: { const: 2 } } }] },
    { a: 1, b: 2 }
  ],
  [
    'another alternative if the first is impossible',
    { type: 'object', anyOf: [{ type: 'string' }, { required: ['b'], properties: { b: { const: 2 } } }] },
    { b: 2 }
  ],
  [
    'no more than one of two that exclude each other',
    { properties: { a: { const: 1 }, b: { const: 2 } }, oneOf: [{ required: ['a'] }, { required: ['b'] }] },
    { a: 1 }
  ],
  [
    'the condition and what follows',
    {
      type: 'object',
      if: { required: ['a'], properties: { a: { const: 1 } } },
      then: { required: ['b'], properties: { b: { const: 2 } } }
    },
    { a: 1, b: 2 }
  ],
  ['what else follows', { type: 'integer', if: { minimum: -9 }, then: false, else: { multipleOf: 7 } }, -14],
  [
    'what a property requires',
    { required: ['a'], properties: { a: { const: 1 } }, dependentRequired: { a: ['b'] } },
    { a: 1, b: 'string' }
  ],
  ['a member of a map', { type: 'object', additionalProperties: { const: 1 } }, { property1: 1 }],
  [
    'as many members as there must be',
    { type: 'object', minProperties: 2, additionalProperties: { const: 1 } },
    { property1: 1, property2: 1 }
  ],
  [
    'names by their pattern',
    { type: 'object', patternProperties: { '^x-[a-c]$': { const: 1 } }, additionalProperties: false },
    { 'x-a': 1 }
  ],
  [
    'names by their schema',
    { type: 'object', minProperties: 1, propertyNames: { enum: ['n'] }, additionalProperties: { const: 1 } },
    { n: 1 }
  ],
  [
    'no more members than there may be',
    { maxProperties: 1, properties: { a: { const: 1 }, b: { const: 2 } } },
    { a: 1 }
  ],
  [
    'only what all of several closed schemas name',
    { allOf: [{ properties: { a: { const: 1 } }, additionalProperties: false }], properties: { b: { const: 2 } } },
    { a: 1 }
  ],
  ['one item', { type: 'array', items: { const: 1 } }, [1]],
  ['no item', { type: 'array', maxItems: 0 }, []],
  ['distinct items', { type: 'array', minItems: 3, uniqueItems: true, items: { type: 'integer' } }, [1, 2, 3]],
  [
    'distinct objects',
    {
      type: 'array',
      minItems: 2,
      uniqueItems: true,
      items: { required: ['a'], properties: { a: { type: 'integer' } } }
    },
    [{ a: 1 }, { a: 2 }]
  ],
  ['items by their position', { type: 'array', prefixItems: [{ const: 'a' }, { const: 1 }], items: false }, ['a', 1]],
  [
    'an item that must be contained',
    { type: 'array', prefixItems: [{ const: 'a' }], contains: { const: 2 }, minContains: 2 },
    ['a', 2, 2]
  ],
  [
    'an empty list, where it would contain itself',
    { required: ['children'], properties: { children: { type: 'array', items: own } } },
    { children: [] }
  ],
  ['no optional property that would contain itself', { properties: { a: { const: 1 }, parent: own } }, { a: 1 }],
  [
    'null, where it would contain itself again',
    { type: 'object', required: ['next'], properties: { next: { oneOf: [own, { type: 'null' }] } } },
    { next: { next: null } }
  ],
  [
    'what a reference and its siblings say',
    { $defs: { s: { type: 'string' } }, properties: { a: { $ref: `#${at}/$defs/s`, maxLength: 2 } } },
    { a: 'st' }
  ],
  [
    'what is only read, and nothing that is only written',
    { properties: { id: { const: 1, readOnly: true }, password: { const: 'p', writeOnly: true } } },
    { id: 1 }
  ]
])('a made value is %s', (_what, schema, value) => {
  expect(made(schema).values).toEqual([value])
})

test.each([
  '^[a-f0-9]{8}$',
  '^\\+?[1-9]\\d{1,14}$',
  '^(GB|FR|DE)-\\d{2}(?:-[A-Z]+)?$',
  '^#?([0-9A-F]{3}){1,2}$',
  '[\\p{Lu}][\\w.-]*@example\\.(com|org)',
  '^(?=.*[a-z])(?=.*[A-Z])(?=.*\\d)[a-zA-Z\\d]{8,}$',
  '^(?!-)[a-z-]+$',
  '^(?<quote>["\']).*\\k<quote>$',
  '^(a|b)\\1$',
  '^[\\u4e00-\\u9fa5]+$',
  '^\\u{1F600}$',
  '^[^\\s]+\\.$',
  '^$',
  '^\\[\\(\\]\\)\\/\\|$'
])('a text is made for the pattern %s', pattern => {
  expect(made({ type: 'string', pattern }).values[0]).toMatch(new RegExp(pattern, 'u'))
})

test('a pattern and a length are both kept to', () => {
  const schema = { type: 'string', pattern: '^[a-z]+(-[a-z]+)*$', minLength: 30, maxLength: 32 }
  expect(made(schema).values).toHaveLength(1)
})

test('each format has values, and more than one', () => {
  const formats = 'date-time date time duration email idn-email hostname ipv4 ipv6 uri uri-reference iri iri-reference'
  const others =
    'uri-template uuid json-pointer relative-json-pointer regex byte int32 int64 float double binary password'
  for (const format of [...formats.split(' '), ...others.split(' ')]) {
    const type = /^(int|float|double)/.test(format) ? 'number' : 'string'
    expect([format, made({ type, format }, { count: 3 }).values.length]).toEqual([format, 3])
  }
})

test('of what is impossible nothing is made, after a bounded number of tries', () => {
  const members = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`p${i}`, { type: 'string' }]))
  const all = { oneOf: Array.from({ length: 50 }, () => ({ properties: members })), not: {} }
  const result = made({ type: 'object', properties: { a: all, b: all }, required: ['a', 'b'] })
  expect(result.values).toEqual([])
  expect(result.checks).toBeLessThanOrEqual(10_000)
  expect(made({ type: 'object', required: ['self'], properties: { self: own } }).values).toEqual([])
})

test('what is wide and deep takes a bounded number of tries', () => {
  const level = (depth: number): object =>
    depth === 0
      ? { type: 'string' }
      : { properties: Object.fromEntries(Array.from('abcd').map(name => [name, level(depth - 1)])) }
  const result = made(level(5))
  expect(result.values).toHaveLength(1)
  expect(result.checks).toBeLessThanOrEqual(10_000)
})

test('random values differ with the seed, and are the same for the same one', () => {
  const schema = { properties: { id: { format: 'uuid' }, n: { type: 'integer' }, kind: { enum: ['a', 'b', 'c'] } } }
  const of = (seed: number): string => JSON.stringify(made(schema, { choice: randomChoice(seed) }).values)
  expect(of(1)).toBe(of(1))
  expect(new Set([1, 2, 3, 4, 5].map(of)).size).toBe(5)
})

// Small schemas of all kinds, most of them satisfiable.
const { schema: schemas } = fc.letrec<{ schema: object }>(tie => {
  const few = fc.nat({ max: 3 })
  const names = fc.constantFrom('a', 'b', 'c')
  const member = tie('schema')
  const optional = { requiredKeys: [] as [] }
  return {
    schema: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.record(
        {
          type: fc.constant('integer'),
          minimum: fc.integer({ min: -9, max: 9 }),
          multipleOf: fc.constantFrom(1, 3, 5)
        },
        { requiredKeys: ['type'] }
      ),
      fc.record(
        {
          type: fc.constant('number'),
          exclusiveMinimum: fc.double({ min: -9, max: 9, noNaN: true }),
          multipleOf: fc.constantFrom(0.01, 0.5)
        },
        { requiredKeys: ['type'] }
      ),
      fc.record(
        { type: fc.constant('string'), minLength: few, pattern: fc.constantFrom('^a+b*$', '^[x-z]{4}', '\\d$') },
        { requiredKeys: ['type'] }
      ),
      fc.record({ type: fc.constant('string'), format: fc.constantFrom('date', 'uuid', 'email', 'ipv4') }),
      fc.constantFrom(
        { type: 'boolean' },
        { type: ['string', 'null'] },
        { enum: [1, 'a', null] },
        { const: { a: 1 } },
        { type: 'object', properties: { next: own } },
        { type: 'array', items: own }
      ),
      fc.record(
        { type: fc.constant('array'), items: member, minItems: few, maxItems: fc.integer({ min: 3, max: 5 }) },
        { requiredKeys: ['type'] }
      ),
      fc.record(
        { type: fc.constant('array'), prefixItems: fc.array(member, { minLength: 1, maxLength: 2 }), contains: member },
        { requiredKeys: ['type'] }
      ),
      fc.record(
        {
          type: fc.constant('object'),
          properties: fc.dictionary(names, member),
          required: fc.uniqueArray(names),
          additionalProperties: member,
          minProperties: few
        },
        { requiredKeys: ['type'] }
      ),
      fc.record({ oneOf: fc.array(member, { minLength: 1, maxLength: 3 }) }),
      fc.record({ anyOf: fc.array(member, { minLength: 1, maxLength: 3 }), not: member }, { requiredKeys: ['anyOf'] }),
      fc.record({
        allOf: fc.array(
          fc.record({ properties: fc.dictionary(names, member), required: fc.uniqueArray(names) }, optional),
          { minLength: 1, maxLength: 2 }
        )
      }),
      fc.record({ if: member, then: member, else: member }, { requiredKeys: ['if'] })
    )
  }
})

test('of random schemas hardly one gets no value, and none too many tries', () => {
  let all = 0
  let none = 0
  fc.assert(
    fc.property(schemas, fc.nat(), (schema, seed) => {
      all++
      const result = made(schema, { choice: seed % 2 === 0 ? firstChoice : randomChoice(seed) })
      if (result.values.length === 0) none++
      expect(result.checks).toBeLessThanOrEqual(10_000)
    }),
    { numRuns: 300, seed: 7 }
  )
  expect(none / all).toBeLessThan(0.1)
})

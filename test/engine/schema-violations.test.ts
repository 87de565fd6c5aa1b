import { expect, test } from '@jest/globals'
import { schemaViolations } from '../../src/contract/schema/schema-violations.js'

/** Values that keywords can have, and values that they can't (JSON Schema 2020-12, its meta-schemas). */
const forms: readonly (readonly [
  keywords: string,
  good: readonly unknown[],
  bad: readonly unknown[],
  words: string
])[] = [
  ['type', ['string', ['string', 'null']], ['text', [], ['null', 'null'], ['text'], 1], 'or a list of them'],
  ['enum', [[], ['a', 1]], ['a', {}], 'a list'],
  ['minimum maximum exclusiveMinimum exclusiveMaximum', [0, -1.5], ['1', true, null], 'a number'],
  ['multipleOf', [0.1], [0, -1, '1'], 'a number above 0'],
  [
    'minLength maxLength minItems maxItems minContains maxContains minProperties maxProperties',
    [0, 5],
    [-1, 1.5, '1', null],
    'a whole number from 0'
  ],
  ['uniqueItems readOnly writeOnly deprecated', [true, false], ['true', 1, null], 'true or false'],
  [
    'pattern format title description $ref $comment contentMediaType contentEncoding',
    ['a'],
    [1, ['a'], null],
    'a string'
  ],
  ['required', [[], ['a', 'b']], ['a', ['a', 'a'], [1]], 'a list of names, each once'],
  ['dependentRequired', [{ a: ['b'] }], [['a'], { a: 'b' }, { a: ['b', 'b'] }], 'lists of names, by names'],
  ['examples', [[1]], [{}, 'a'], 'a list'],
  [
    'items not if then else contains propertyNames additionalProperties unevaluatedItems unevaluatedProperties',
    [{}, true, false],
    [1, 'a', [{}]],
    'a schema: an object, true or false'
  ],
  ['allOf anyOf oneOf prefixItems', [[{}]], [[], {}, true], 'a list of schemas, of at least one'],
  ['properties patternProperties $defs dependentSchemas', [{}, { a: {} }], [[], true], 'schemas by names']
]

const cases = forms.flatMap(([keywords, ...rest]) => keywords.split(' ').map(keyword => [keyword, ...rest] as const))

test.each(cases)('%s has the form that JSON Schema gives it', (keyword, good, bad, words) => {
  for (const value of good) expect(schemaViolations({ [keyword]: value }, '/s')).toEqual([])
  for (const value of bad) {
    const [first, ...more] = schemaViolations({ [keyword]: value }, '/s')
    expect(more).toEqual([])
    expect(first).toMatchObject({
      pointer: `/s/${keyword}`,
      what: expect.stringContaining(`\`${keyword}\` isn't `) as unknown
    })
    expect(first?.what).toContain(words)
  }
})

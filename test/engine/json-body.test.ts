import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parseJson } from '../../src/contract/serve/json-body.js'

const deep = { message: 'must not be nested deeper than 512 levels' }
const huge = { message: 'must not have numbers of 1.8e308 or more' }
const nested = (levels: number, inside = '1'): string =>
  `${'[{"a":'.repeat(levels / 2)}${inside}${'}]'.repeat(levels / 2)}`

test.each([
  ['512 levels', nested(512), JSON.parse(nested(512))],
  [
    'brackets in strings, behind quotes and backslashes',
    `["${'['.repeat(600)}\\"${'{'.repeat(600)}\\\\", "]"]`,
    undefined
  ],
  ['numbers that are large enough for anybody', '[1e308, -1.7E+308, 1e-400, 0e9999]', [1e308, -1.7e308, 0, 0]],
  [
    '308 digits, and an exponent that takes back what they are',
    `[${'9'.repeat(308)}, ${'9'.repeat(400)}e-200]`,
    undefined
  ],
  ['what looks like too much in a string', `["1e400", "${'9'.repeat(400)}"]`, undefined]
])('a body may have %s', (_what, text, value: unknown) => {
  expect(parseJson(text)).toEqual({ value: value ?? (JSON.parse(text) as unknown) })
})

test.each([
  ['513 levels', nested(512, '[1]'), deep],
  ['20,000 levels, whole or cut off', '['.repeat(20_000), deep],
  ['levels behind a string that ends with a backslash', `["\\\\", ${nested(512)}]`, deep],
  ['an infinite number', '{"a": [1e400]}', huge],
  ['a negative one', '[-1E+309]', huge],
  ['one of 400 digits', `[${'9'.repeat(400)}]`, huge],
  ['nothing but one of 400 digits', '9'.repeat(400), huge],
  ['one whose digits are behind a point', `[1${'0'.repeat(20)}.5e400]`, huge],
  ['a string without an end', '{"a": "b}', { message: 'must be well-formed JSON' }],
  ['a backslash at its end', '{"a": "\\', { message: 'must be well-formed JSON' }]
])('a body may not have %s', (_what, text, fault) => {
  expect(parseJson(text)).toEqual(fault)
})

test('what is written as JSON is read as it was, or refused for a number that JSON.parse makes infinite', () => {
  const number = fc.oneof(
    fc.double(),
    fc.tuple(fc.integer(), fc.integer({ min: -500, max: 500 })).map(([a, b]) => `${a}e${b}`)
  )
  const texts = fc.array(
    fc.oneof(
      fc.jsonValue({ maxDepth: 3 }).map(value => JSON.stringify(value)),
      number.map(String)
    )
  )
  fc.assert(
    fc.property(texts, parts => {
      const text = `[${parts.filter(part => !/Infinity|NaN/.test(part)).join(',')}]`
      const value = JSON.parse(text) as unknown[]
      const isInfinite = value.some(one => one === Infinity || one === -Infinity)
      expect(parseJson(text)).toEqual(isInfinite ? huge : { value })
    }),
    { numRuns: 2000 }
  )
})

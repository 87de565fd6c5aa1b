import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { anyCharacter } from '../../scripts/contract-tests/any-character.js'
import { Evaluated } from '../../src/contract/schema/evaluated.js'
import { Evaluator } from '../../src/contract/schema/evaluator.js'
import { sendable } from '../../src/contract/schema/sendable.js'
import { misfit } from '../../src/contract/serve/trim.js'
import { trimmer } from '../../src/contract/serve/trimmer.js'

const names = fc.constantFrom('a', 'b', 'items', '$ref', 'required')
const scalar = fc.oneof(
  fc.string({ unit: anyCharacter(), maxLength: 50 }),
  fc.double(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null)
)

const { value } = fc.letrec(tie => ({
  value: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    scalar,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(names, fc.oneof(tie('value'), fc.constant(undefined)), { maxKeys: 4, noNullPrototype: true })
  )
}))

const typeOr = (type: string): fc.Arbitrary<unknown> => fc.constantFrom(type, [type, 'null'])

const { schema } = fc.letrec(tie => ({
  schema: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    fc.constantFrom(true, {}, { $ref: '#/$defs/one' }, { type: 'null' }),
    fc.constantFrom('string', 'number', 'integer', 'boolean').chain(type => fc.record({ type: typeOr(type) })),
    fc.record({ enum: fc.array(scalar, { minLength: 1, maxLength: 3 }) }),
    fc.record({ type: typeOr('array'), items: tie('schema') }),
    fc.record(
      {
        type: typeOr('object'),
        properties: fc.dictionary(names, tie('schema'), { maxKeys: 4, noNullPrototype: true }),
        additionalProperties: fc.oneof(fc.boolean(), tie('schema')),
        required: fc.uniqueArray(names, { maxLength: 2 })
      },
      { requiredKeys: ['type'] }
    ),
    fc.record({
      allOf: fc.array(
        fc.record(
          {
            type: fc.constant('object'),
            properties: fc.dictionary(names, tie('schema'), { maxKeys: 2, noNullPrototype: true }),
            required: fc.uniqueArray(names, { maxLength: 1 })
          },
          { requiredKeys: [] }
        ),
        { minLength: 1, maxLength: 2 }
      )
    })
  )
}))

const wholly = (schema: unknown): Record<string, unknown> => ({
  ...(schema === true ? {} : (schema as object)),
  $defs: { one: { type: 'object', properties: { a: { $ref: '#/$defs/one' }, b: { type: 'string' } } } }
})

/** What is to leave of a value by the evaluator, as text; `undefined` if it is of another shape. */
const expected = (document: unknown, sent: unknown): unknown => {
  const text = JSON.stringify(sent) as string | undefined
  if (text === undefined) return undefined
  const plain: unknown = JSON.parse(text)
  const evaluated = new Evaluated(true)
  const { checks } = new Evaluator(document)
  return checks.of('', false, 'reply')(plain, undefined, evaluated) ? sendable(plain, evaluated) : undefined
}

/** What leaves of a value, as text; `undefined` if somebody has to look closer. */
const written = (document: unknown, sent: unknown): string | undefined => {
  const trimmed = trimmer(document, '')?.(sent)
  return trimmed === misfit ? undefined : JSON.stringify(trimmed)
}

describe('what replies are trimmed by', () => {
  test('lets leave what the evaluator does, or leaves it to the evaluator', () => {
    const counts = { written: 0, left: 0 }
    fc.assert(
      fc.property(schema, fc.array(value, { minLength: 10, maxLength: 10 }), (root, values) => {
        const document = wholly(root)
        for (const one of values) {
          const text = written(document, one)
          counts[text === undefined ? 'left' : 'written'] += 1
          if (text !== undefined)
            expect({ value: one, sent: JSON.parse(text) as unknown }).toEqual({
              value: one,
              sent: expected(document, one)
            })
        }
      }),
      { numRuns: 1000 }
    )
    expect(counts.written).toBeGreaterThan(1000)
  })

  test.each([
    [{ type: 'string' }, 'x\u0000"\\\ud800', '"x\\u0000\\"\\\\\\ud800"'],
    [{ type: 'string' }, new Date(0), '"1970-01-01T00:00:00.000Z"'],
    [{ type: 'number' }, -0, '0'],
    [{ type: 'object', properties: { a: {} } }, { a: 1, b: 2 }, '{"a":1}'],
    [{ type: 'object' }, { a: 1, b: undefined }, '{"a":1}'],
    [{ type: 'object', properties: { a: { writeOnly: true } }, required: ['a'] }, { a: 1 }, '{}'],
    [{ type: 'array', items: { type: 'integer' } }, [1, 2], '[1,2]'],
    [
      { allOf: [{ type: 'object', properties: { b: {} } }], properties: { a: {} } },
      { a: 1, b: 2, c: 3 },
      '{"a":1,"b":2}'
    ]
  ])('by %j of %j', (document, sent, text) => {
    expect(written(document, sent)).toBe(text)
  })

  test.each([
    [{ type: 'string' }, null],
    [{ type: 'integer' }, 1.5],
    [{ type: 'number' }, NaN],
    [{ type: 'boolean' }, 1],
    [{ type: 'object', properties: { a: {} }, required: ['a'] }, {}],
    [{ type: 'object', properties: { a: {} }, additionalProperties: false }, { b: 1 }],
    [{ type: 'object', properties: { a: {} } }, new Map([['a', 1]])],
    [{ type: 'array' }, 'a'],
    [{ enum: ['a'] }, 'b']
  ])('writes nothing by %j of %p', (document, sent) => {
    expect(written(document, sent)).toBeUndefined()
  })

  test('is for no schema that has to be looked at more closely', () => {
    expect(trimmer({ anyOf: [{}] }, '')).toBeUndefined()
    expect(trimmer({ type: 'object', properties: { a: { items: { not: {} }, type: 'array' } } }, '')).toBeUndefined()
    expect(trimmer({ type: 'object', properties: { constructor: {} } }, '')).toBeUndefined()
  })
})

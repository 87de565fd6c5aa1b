import { registerSchema, unregisterSchema, validate } from '@hyperjump/json-schema/draft-2020-12'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { Evaluator } from '../../src/contract/schema/evaluator.js'

const names = fc.constantFrom('a', 'b', 'items', '__proto__')
const text = fc.constantFrom('', 'a', 'ab', '💩', 'b1')
const number = fc.constantFrom(-1, 0, 0.5, 1, 2, 19.75)
const count = fc.integer({ min: 0, max: 3 })

const { value } = fc.letrec(tie => ({
  value: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    fc.oneof(text, number, fc.boolean(), fc.constant(null)),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(names, tie('value'), { maxKeys: 4 })
  )
}))

const type = fc.constantFrom('string', 'number', 'integer', 'boolean', 'null', 'object', 'array')

const { schema } = fc.letrec(tie => {
  const below = tie('schema')
  const schemas = fc.array(below, { minLength: 1, maxLength: 3 })
  const keywords = fc.record(
    {
      type: fc.oneof(type, fc.uniqueArray(type, { minLength: 1, maxLength: 3 })),
      enum: fc.array(value, { maxLength: 3 }),
      const: value,
      minimum: number,
      exclusiveMaximum: number,
      multipleOf: fc.constantFrom(0.5, 0.25, 2), // those of decimals are exact here, which the other's aren't
      minLength: count,
      maxLength: count,
      pattern: fc.constantFrom('^a', '\\d', '^.{2}$', 'b$'),
      minItems: count,
      uniqueItems: fc.boolean(),
      maxProperties: count,
      required: fc.uniqueArray(names, { maxLength: 2 }),
      dependentRequired: fc.dictionary(names, fc.uniqueArray(names, { maxLength: 2 }), { maxKeys: 2 }),
      properties: fc.dictionary(names, below, { maxKeys: 3 }),
      patternProperties: fc.dictionary(fc.constantFrom('^a', '[ab]'), below, { maxKeys: 1 }),
      additionalProperties: below,
      propertyNames: below,
      prefixItems: schemas,
      items: below,
      contains: below,
      minContains: count,
      maxContains: count,
      unevaluatedProperties: below,
      unevaluatedItems: below,
      allOf: schemas,
      anyOf: schemas,
      oneOf: schemas,
      not: below,
      if: below,
      then: below,
      else: below,
      dependentSchemas: fc.dictionary(names, below, { maxKeys: 1 }),
      $ref: fc.constantFrom('#/$defs/one', '#/$defs/two')
    },
    { requiredKeys: [] }
  )
  // A few keywords at a time: with all of them nothing is valid.
  const some = fc.tuple(keywords, fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 33 }))
  return {
    schema: fc.oneof(
      { depthSize: 'small', maxDepth: 3 },
      fc.boolean(),
      some.map(([all, most, from]) => {
        const entries = Object.entries(all)
        const start = from % Math.max(1, entries.length)
        return Object.fromEntries([...entries.slice(start), ...entries.slice(0, start)].slice(0, most))
      })
    )
  }
})

const withDefinitions = (root: unknown, one: unknown): Record<string, unknown> => ({
  ...(typeof root === 'object' ? root : { not: root === false ? {} : false }),
  $defs: { one: { type: 'object', properties: { a: { $ref: '#/$defs/two' } } }, two: one }
})

const withoutReferences = (_key: string, part: unknown): unknown => {
  if (typeof part !== 'object' || part === null || Array.isArray(part) || !('$ref' in part)) return part
  return Object.fromEntries(Object.entries(part).filter(([key]) => key !== '$ref'))
}

const copy = (json: unknown): unknown => JSON.parse(JSON.stringify(json)) as unknown

let run = 0

test('a schema means what another validator of JSON Schema 2020-12 says that it means', async () => {
  await fc.assert(
    fc.asyncProperty(schema, schema, fc.array(value, { minLength: 8, maxLength: 12 }), async (root, one, values) => {
      const document = withDefinitions(root, JSON.parse(JSON.stringify(one, withoutReferences)) as unknown)
      const uri = `https://test/${(run += 1)}`
      registerSchema(copy(document) as never, uri, 'https://json-schema.org/draft/2020-12/schema')
      const judge = await validate(uri)
      unregisterSchema(uri)
      const evaluator = new Evaluator(document)
      for (const one of values.map(copy)) {
        const { valid } = judge(one as never)
        expect({ value: one, valid: evaluator.isValid('', one) }).toEqual({ value: one, valid })
        expect(evaluator.violations('', one).length === 0).toBe(valid)
      }
    }),
    { numRuns: 400 }
  )
})

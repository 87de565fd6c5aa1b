import { describe, expect, test } from '@jest/globals'
import { type Contract, mapSubschemas, subschemasOf, walk } from '../../src/contract/index.js'
import { securityOf } from '../../src/contract/openapi/security-requirement.js'
import { operationsOf } from '../../src/contract/openapi/operation-object.js'
import { sampleContract, serverAnswers } from '../support/sample.js'

const keywordLike = ['items', 'prefixItems', '$ref', 'id', 'required', 'properties', 'const', 'allOf', '$defs']

describe('schemas in schemas', () => {
  test('are found below keywords that hold them, whatever their properties are called', () => {
    const schema = {
      type: 'object',
      properties: Object.fromEntries(keywordLike.map(name => [name, { type: 'string' }])),
      items: { minimum: 1 },
      anyOf: [true, { maximum: 2 }],
      default: { properties: { a: {} } },
      'x-more': { items: {} }
    }
    expect(subschemasOf(schema).map(({ pointer }) => pointer)).toEqual([
      ...keywordLike.map(name => `/properties/${name}`),
      '/items',
      '/anyOf/0',
      '/anyOf/1'
    ])
    const changed = mapSubschemas(schema, () => 'changed')
    expect(changed['anyOf']).toEqual(['changed', 'changed'])
    expect(changed['default']).toEqual(schema.default)
    expect(changed['properties']).toEqual(Object.fromEntries(keywordLike.map(name => [name, 'changed'])))
  })
})

test('a document is walked by its grammar: not into examples, defaults and extensions, nor by names alone', () => {
  const seen: string[] = []
  walk(
    {
      paths: {
        '/schema': {
          get: {
            parameters: [
              { name: 'a', schema: { default: { $ref: '#/no' } }, examples: { x: { value: { schema: {} } } } }
            ],
            responses: { 200: { $ref: '#/components/responses/schema' }, 'x-schema': { content: {} } }
          }
        }
      },
      components: { schemas: { responses: { properties: { schema: {} } } }, 'x-schemas': { A: {} } }
    },
    (kind, _object, pointer) => seen.push(`${kind} ${pointer}`)
  )
  expect(seen.filter(one => /^(Schema|Response) /.test(one))).toEqual([
    'Schema /paths/~1schema/get/parameters/0/schema',
    'Response /paths/~1schema/get/responses/200',
    'Schema /components/schemas/responses',
    'Schema /components/schemas/responses/properties/schema'
  ])
})

test('whom an operation lets in is its own security, else that of the contract', () => {
  const operation = (id: string, security: string) =>
    `  /${id}: { get: { operationId: ${id}, ${security} responses: { '200': { description: Fine }, ${serverAnswers} } } }\n`
  const contract: Contract = sampleContract(
    operation('own', 'security: [{ A: [] }, {}],') + operation('open', 'security: [],') + operation('none', ''),
    '  securitySchemes: { A: { type: http, scheme: a } }'
  )
  const whom = operationsOf(contract).map(one => securityOf(contract, one))
  expect(whom.map(({ isOpen, isDeclared, schemes }) => [isOpen, isDeclared, schemes])).toEqual([
    [true, true, ['A']],
    [true, true, []],
    [true, false, []]
  ])
})

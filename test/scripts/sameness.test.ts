import { expect, test } from '@jest/globals'
import { changesBetween } from '../../scripts/contract-diff/changes.js'
import { changedOperations } from '../../scripts/contract-diff/sameness.js'
import { parseContract } from '../../src/contract/index.js'
import { edited } from './edits.js'

const text = `openapi: 3.1.0
info: { title: Trees, version: '1' }
paths:
  /trees:
    parameters: [{ name: depth, in: query, schema: { type: integer, maximum: 9 } }]
    get:
      operationId: readTree
      responses: { '200': { description: x, content: { application/json: { schema: { $ref: '#/components/schemas/Tree' } } } } }
  /stones:
    get:
      operationId: readStone
      responses: { '200': { description: x, content: { application/json: { schema: { $ref: '#/components/schemas/Stone' } } } } }
  /pets:
    get:
      operationId: readPet
      responses: { '200': { description: x, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } } }
components:
  schemas:
    Tree: { type: object, properties: { left: { $ref: '#/components/schemas/Branch' }, age: { type: integer } } }
    Branch: { type: object, properties: { tree: { $ref: '#/components/schemas/Tree' }, leaf: { type: string, maxLength: 5 } } }
    Stone: { type: object, properties: { weight: { type: number } } }
    Pet:
      type: object
      required: [kind]
      properties: { kind: { type: string } }
      oneOf: [{ $ref: '#/components/schemas/Cat' }]
      discriminator: { propertyName: kind, mapping: { cat: '#/components/schemas/Cat' } }
    Cat: { type: object, properties: { kind: { const: cat }, lives: { type: integer } } }
`
const before = parseContract(text)

test.each([
  ['a schema that comes back to itself', 'maxLength: 5', 'maxLength: 6', ['readTree']],
  ['a parameter of its path', 'maximum: 9', 'maximum: 8', ['readTree']],
  ['what an alternative refers to', 'lives: { type: integer }', 'lives: { type: string }', ['readPet']],
  ['its own words', 'operationId: readStone', 'operationId: readRock', ['readRock']],
  ['its path', '/stones:', '/rocks:', ['readStone']],
  ['nothing that it refers to', "version: '1'", "version: '2'", []]
])('an operation is another by %s', (_what, from, to, ids) => {
  const after = parseContract(edited(text, from, to))
  expect(changedOperations(before, after).map(({ operationId }) => operationId)).toEqual(ids)
})

test('what has changed deep inside is told, however the schemas lead there, and asked for in whatever order', () => {
  const after = parseContract(edited(text, 'leaf: { type: string, maxLength: 5 }', 'leaf: { type: integer }'))
  for (let times = 0; times < 2; times += 1) {
    expect(changesBetween(before, after).map(({ what }) => what)).toEqual([
      'GET /trees, answer 200: the field `left.leaf` is now `integer` instead of `string`.',
      'GET /trees, answer 200: the field `left.leaf` no longer has `maxLength` `5`.'
    ])
  }
})

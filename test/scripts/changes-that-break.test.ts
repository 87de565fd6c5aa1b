import { describe, expect, test } from '@jest/globals'
import { changesBetween } from '../../scripts/contract-diff/changes.js'
import { parseContract } from '../../src/contract/index.js'

const contract = (schema: string): string => `openapi: 3.1.0
info: { title: One schema, version: 1.0.0 }
paths:
  /:
    post:
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Schema' } } } }
      responses:
        '200':
          description: The same
          content: { application/json: { schema: { $ref: '#/components/schemas/Schema' } } }
components:
  schemas:
    Schema: ${schema}
    Cat: { type: object, required: [kind], properties: { kind: { const: cat }, name: { type: string } } }
    Dog: { type: object, required: [kind], properties: { kind: { enum: [dog, wolf] }, name: { type: string } } }
    Pet: { type: object, properties: { name: { type: string } } }
    Thing: { type: object, properties: { size: { type: string } } }
`

/** What a change of a schema breaks: the requests that are sent by it, the answers, both or neither. */
type Broken = 'neither' | 'requests' | 'answers' | 'both'

type Row = readonly [name: string, before: string, after: string, breaks: Broken]

const cat = "{ $ref: '#/components/schemas/Cat' }"
const dog = "{ $ref: '#/components/schemas/Dog' }"
const pet = "{ $ref: '#/components/schemas/Pet' }"
const thing = "{ $ref: '#/components/schemas/Thing' }"
const sized = '{ type: object, required: [size] }'
const oneOf = (...alternatives: readonly string[]): string => `{ oneOf: [${alternatives.join(', ')}] }`
const anyOf = (...alternatives: readonly string[]): string => `{ anyOf: [${alternatives.join(', ')}] }`
const short = (length: number): string => field(`{ type: string, maxLength: ${length} }`, ', required: [a]')
const field = (schema: string, more = ''): string => `{ type: object, properties: { a: ${schema} }${more} }`

const brokenBy = (before: string, after: string): Broken => {
  const changes = changesBetween(parseContract(contract(before)), parseContract(contract(after)))
  const breaking = changes.filter(change => change.breaking)
  const answers = breaking.some(({ what }) => what.startsWith('POST /, answer 200'))
  const requests = breaking.some(({ what }) => what.startsWith('POST /:'))
  return answers && requests ? 'both' : answers ? 'answers' : requests ? 'requests' : 'neither'
}

describe('alternatives', () => {
  test.each<Row>([
    [
      'one more that a type tells apart',
      oneOf(cat, '{ type: string }'),
      oneOf(cat, '{ type: string }', '{ type: boolean }'),
      'answers'
    ],
    [
      'one more that a value tells apart',
      oneOf('{ const: a }', '{ const: b }'),
      oneOf('{ const: a }', '{ const: b }', '{ const: c }'),
      'answers'
    ],
    ['a second that a required property tells apart', oneOf(cat), oneOf(cat, dog), 'answers'],
    [
      'a second that an alternative inside it tells apart',
      oneOf(cat),
      oneOf(cat, anyOf(dog, "{ type: 'null' }")),
      'answers'
    ],
    ['a second that fits what the first fits', oneOf(cat), oneOf(cat, pet), 'both'],
    ['a third that fits what the others fit', oneOf(cat, dog), oneOf(cat, dog, thing), 'both'],
    ['a third of anyOf that fits what the others fit', anyOf(cat, dog), anyOf(cat, dog, thing), 'answers'],
    ['one less of those that overlap', oneOf(cat, dog, thing), oneOf(cat, dog), 'both'],
    ['anyOf becomes oneOf, and they overlap', anyOf(pet, thing), oneOf(pet, thing), 'requests'],
    ['anyOf becomes oneOf, and they are told apart', anyOf(cat, dog), oneOf(cat, dog), 'neither'],
    ['oneOf becomes anyOf, and they overlap', oneOf(pet, thing), anyOf(pet, thing), 'answers'],
    ['one of those that overlap lets in more', oneOf(short(3), sized), oneOf(short(9), sized), 'both'],
    ['one of those that overlap lets in less', oneOf(short(9), sized), oneOf(short(3), sized), 'both'],
    ['the order of alternatives that overlap', oneOf(pet, thing), oneOf(thing, pet), 'neither'],
    [
      'a property that the alternatives share tells them apart no more',
      oneOf(cat, dog),
      oneOf('{ type: object, required: [kind] }', dog),
      'both'
    ]
  ])('%s', (_name, before, after, breaks) => {
    expect(brokenBy(before, after)).toBe(breaks)
  })
})

describe('properties that only one side sends', () => {
  test.each<Row>([
    [
      'one is no longer sent in answers',
      field('{ type: string }'),
      field('{ type: string, writeOnly: true }'),
      'answers'
    ],
    ['one is sent in answers, too', field('{ type: string, writeOnly: true }'), field('{ type: string }'), 'neither'],
    [
      'an optional one is no longer taken from requests',
      field('{ type: string }'),
      field('{ type: string, readOnly: true }'),
      'neither'
    ],
    [
      'a required one is no longer taken from requests',
      field('{ type: string }', ', required: [a]'),
      field('{ type: string, readOnly: true }', ', required: [a]'),
      'requests'
    ],
    [
      'one that is never in answers gets another type',
      field('{ type: string, writeOnly: true }'),
      field('{ type: integer, writeOnly: true }'),
      'requests'
    ],
    [
      'one that is never in requests gets another type',
      field('{ type: string, readOnly: true }'),
      field('{ type: integer, readOnly: true }'),
      'answers'
    ],
    ['one that is never in answers is removed', field('{ writeOnly: true }'), '{ type: object }', 'neither'],
    [
      'one that is never in answers becomes optional',
      field('{ writeOnly: true }', ', required: [a]'),
      field('{ writeOnly: true }'),
      'neither'
    ],
    [
      'one that is never in answers is added to a closed object',
      '{ type: object, additionalProperties: false }',
      field('{ writeOnly: true }', ', additionalProperties: false'),
      'neither'
    ]
  ])('%s', (_name, before, after, breaks) => {
    expect(brokenBy(before, after)).toBe(breaks)
  })
})

describe('patterns, encodings and lists', () => {
  test.each<Row>([
    ...['.*', '', '^.*$', '^', '.*$'].map((pattern): Row => [
      `to '${pattern}', which fits all`,
      "{ pattern: '^a' }",
      `{ pattern: '${pattern}' }`,
      'answers'
    ]),
    ['one that fits all is added', '{ type: string }', "{ type: string, pattern: '.*' }", 'neither'],
    ['a text holds bytes in another encoding', '{ contentEncoding: base64 }', '{ contentEncoding: base64url }', 'both'],
    [
      'a field of a JSON body becomes a list',
      field('{ type: string }'),
      field('{ type: array, items: { type: string } }'),
      'both'
    ],
    ['to one that fits only the empty text', "{ pattern: '^a' }", "{ pattern: '^$' }", 'both']
  ])('%s', (_name, before, after, breaks) => {
    expect(brokenBy(before, after)).toBe(breaks)
  })
})

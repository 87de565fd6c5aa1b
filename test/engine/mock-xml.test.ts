import { expect, test } from '@jest/globals'
import { isXml, xmlOf } from '../../src/contract/serve/mock/xml.js'
import { sampleContract } from '../support/sample.js'

/** A value as XML, without the declaration, by a schema `Thing` that is given in YAML. */
const xml = (schema: string, value: unknown): string => {
  const contract = sampleContract('  {}', `    Thing: ${schema}\n    Item: { xml: { name: item } }`)
  const pointer = '/components/schemas/Thing'
  const [declaration, ...rest] = xmlOf({ contract, pointer, value: contract.resolve(pointer).value }, value).split('\n')
  expect(declaration).toBe('<?xml version="1.0" encoding="UTF-8"?>')
  return rest.join('\n')
}

// As in the examples of the XML Object (OpenAPI 3.1 §4.8.26.2).
test.each<[what: string, schema: string, value: unknown, written: string]>([
  ['a text', '{}', 'a', '<Thing>a</Thing>'],
  ['an object', '{}', { a: 1, b: null }, '<Thing><a>1</a><b></b></Thing>'],
  ['another name', '{ xml: { name: thing } }', 1, '<thing>1</thing>'],
  ['another name of a property', '{ properties: { a: { xml: { name: b } } } }', { a: 1 }, '<Thing><b>1</b></Thing>'],
  [
    'an attribute',
    '{ properties: { a: { xml: { attribute: true } } } }',
    { a: '"', b: 2 },
    '<Thing a="&quot;"><b>2</b></Thing>'
  ],
  ['a prefix', '{ xml: { prefix: x, namespace: "urn:x" } }', 1, '<x:Thing xmlns:x="urn:x">1</x:Thing>'],
  ['a list', '{ properties: { a: { items: {} } } }', { a: [1, 2] }, '<Thing><a>1</a><a>2</a></Thing>'],
  [
    'names of items',
    "{ properties: { a: { items: { $ref: '#/components/schemas/Item' } } } }",
    { a: [1] },
    '<Thing><item>1</item></Thing>'
  ],
  [
    'a wrapped list',
    '{ properties: { a: { items: {}, xml: { wrapped: true } } } }',
    { a: [1, 2] },
    '<Thing><a><a>1</a><a>2</a></a></Thing>'
  ],
  [
    'a wrapped list with a name',
    "{ properties: { a: { items: { $ref: '#/components/schemas/Item' }, xml: { wrapped: true, name: as } } } }",
    { a: [1] },
    '<Thing><as><item>1</item></as></Thing>'
  ],
  [
    'a list as the document',
    "{ items: { $ref: '#/components/schemas/Item' } }",
    [1, 2],
    '<Thing><item>1</item><item>2</item></Thing>'
  ],
  ['a name that is no text', '{ xml: { name: 5, prefix: [], attribute: 1 } }', 1, '<Thing>1</Thing>'],
  ['what no XML has', '{}', { '1 a': '<\u0000&>' }, '<Thing><_1_a>&lt;&amp;&gt;</_1_a></Thing>']
])('%s is written as XML', (_what, schema, value, written) => {
  expect(xml(schema, value)).toBe(written)
})

test.each([
  ['application/xml', true],
  ['application/problem+xml; charset=utf-8', true],
  ['text/xml', true],
  ['application/xmlish', false],
  ['application/json', false]
])('%s is XML: %s', (mediaType, is) => {
  expect(isXml(mediaType)).toBe(is)
})

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { evaluatorOf } from '../../src/contract/openapi/evaluator-of.js'
import { type Contract, ContractError, compileContract, parseContract, readContract } from '../../src/contract/index.js'
import { identifySchemas } from '../../src/contract/openapi/schema-identifiers.js'

const documentOf = (schemas: object, rest: object = {}): object => ({
  openapi: '3.1.0',
  info: { title: 'A', version: '1' },
  components: { schemas },
  ...rest
})

const read = (schemas: object, rest?: object): Contract =>
  parseContract(JSON.stringify(documentOf(schemas, rest), null, 2))

const schemasOf = (contract: Contract): unknown => contract.document.components?.schemas

const refusalOf = (schemas: object, rest?: object): string => {
  try {
    read(schemas, rest)
  } catch (error) {
    if (error instanceof ContractError) return error.message
  }
  return ''
}

const to = (path: string): object => ({ $ref: `#/components/schemas/${path}` })

describe('references by names of schemas become pointers', () => {
  test.each<[string, object, object]>([
    ['an anchor', { A: { $anchor: 'a' }, B: { $ref: '#a' } }, { A: {}, B: to('A') }],
    ['a dynamic anchor', { A: { $dynamicAnchor: 'a' }, B: { $ref: '#a' } }, { A: {}, B: to('A') }],
    [
      'an $id, and what is relative to it',
      {
        A: { $id: 'https://example.com/a/', items: { $ref: 'b#/$defs/x' }, contains: { $ref: '#' } },
        B: { $id: 'https://example.com/a/b', $defs: { x: { $anchor: 'x', $ref: '/a/' } }, contains: { $ref: '#x' } }
      },
      { A: { items: to('B/$defs/x'), contains: to('A') }, B: { $defs: { x: to('A') }, contains: to('B/$defs/x') } }
    ],
    [
      'an $id that is relative to the document, and one that is relative to that',
      {
        A: {
          $id: '/x/a',
          $defs: { b: { $id: 'b', not: { $ref: '#/$defs/c' }, $defs: { c: {} } } },
          not: { $ref: 'b' }
        },
        C: { $ref: 'x/a' }
      },
      { A: { $defs: { b: { not: to('A/$defs/b/$defs/c'), $defs: { c: {} } } }, not: to('A/$defs/b') }, C: to('A') }
    ],
    [
      'a URN',
      {
        A: { $id: 'urn:uuid:1', $defs: { b: { $anchor: 'b' } } },
        C: { $ref: 'urn:uuid:1#b' },
        D: { $ref: 'urn:uuid:1' }
      },
      { A: { $defs: { b: {} } }, C: to('A/$defs/b'), D: to('A') }
    ],
    [
      'names with signs that a URL writes in another way',
      { A: { $id: 'urn:a', $defs: { 'a b#%"': {} }, not: { $ref: '#/$defs/a%20b%23%25%22' } } },
      { A: { $defs: { 'a b#%"': {} }, not: to('A/$defs/a%20b%23%25%22') } }
    ],
    [
      'the known dialects',
      {
        A: { $schema: 'https://json-schema.org/draft/2020-12/schema' },
        B: { $schema: 'https://spec.openapis.org/oas/3.1/dialect/base' }
      },
      { A: {}, B: {} }
    ],
    [
      'only where a schema stands',
      {
        A: { $anchor: 'a', const: { $id: 1 }, enum: [{ $ref: '#a' }], properties: { $id: { $ref: '#a' }, $anchor: {} } }
      },
      { A: { const: { $id: 1 }, enum: [{ $ref: '#a' }], properties: { $id: to('A'), $anchor: {} } } }
    ],
    [
      'a $dynamicRef to a pointer or to an anchor that is not dynamic',
      { A: { $dynamicRef: '#/components/schemas/B' }, B: { $anchor: 'b' }, C: { $dynamicRef: '#b' } },
      { A: to('B'), B: {}, C: to('B') }
    ],
    [
      'a $dynamicRef to the only anchor of its name, beside a $ref',
      { A: { $dynamicRef: '#b', $ref: '#/components/schemas/C' }, B: { $dynamicAnchor: 'b' }, C: {} },
      { A: { ...to('C'), allOf: [to('B')] }, B: {}, C: {} }
    ]
  ])('%s', (_name, schemas, plain) => {
    const contract = read(schemas)
    expect(schemasOf(contract)).toEqual(plain)
    expect(contract.resources).toEqual([])
  })

  test('an object that stands below two $ids by an alias means two things', () => {
    const { document } = parseContract(`
openapi: 3.1.0
info: { title: A, version: '1' }
components:
  schemas:
    A: { $id: 'https://a/', $defs: { x: { type: string } }, items: &items { $ref: '#/$defs/x' } }
    B: { $id: 'https://b/', $defs: { x: { type: number } }, items: *items }
`)
    expect(document.components?.schemas).toMatchObject({ A: { items: to('A/$defs/x') }, B: { items: to('B/$defs/x') } })
  })
})

describe('what has no place in the file is refused, with its place', () => {
  test.each<[string, object, string, object?]>([
    [
      'a URL',
      { A: { $ref: 'https://example.com/a' } },
      '10:17  `$ref: https://example.com/a` is a URL that no `$id` in this file has.'
    ],
    [
      "JSON Schema's own schema",
      { A: { $ref: 'https://json-schema.org/draft/2020-12/schema' } },
      '10:17  `$ref: https://json-schema.org/draft/2020-12/schema` is a URL that no `$id`'
    ],
    [
      'an anchor that nobody has',
      { A: { $ref: '#a' } },
      '10:17  `$ref: #a` leads to nothing: the document has no such anchor.'
    ],
    [
      'an anchor of another schema',
      { A: { $id: 'urn:a', $ref: '#b' }, B: { $anchor: 'b' } },
      '11:17  `$ref: #b` leads to nothing: `urn:a` has no such anchor.'
    ],
    [
      'a pointer into the document from a schema with an $id',
      { A: { $id: 'urn:a', ...to('A') } },
      '11:17  `$ref: #/components/schemas/A` leads to nothing: it is looked for in the schema `urn:a`.'
    ],
    ['another file', { A: { $ref: 'b.yaml' } }, '10:17  `$ref: b.yaml` leads out of the file.'],
    ['one $id twice', { A: { $id: 'urn:a' }, B: { $id: 'urn:a' } }, '13:16  Another schema has the `$id` `urn:a`.'],
    [
      'one anchor twice',
      { A: { $anchor: 'a' }, B: { $dynamicAnchor: 'a' } },
      '13:27  Another schema has the anchor `a`.'
    ],
    [
      'another dialect',
      { A: { $schema: 'http://json-schema.org/draft-07/schema#' } },
      "10:20  The dialect `http://json-schema.org/draft-07/schema#` isn't known."
    ],
    ['another dialect for all', {}, "10:24  The dialect `urn:d` isn't known.", { jsonSchemaDialect: 'urn:d' }],
    ['an $id that is none', { A: { $id: '#a' } }, "10:16  The `$id` `#a` isn't a URL reference without a fragment."],
    [
      'an $id that no URL can be made of',
      { A: { $id: 'https://[' } },
      "10:16  The `$id` `https://[` isn't a URL reference without a fragment."
    ],
    ['an anchor that is no name', { A: { $anchor: '1' } }, "10:20  The anchor `1` isn't a name."]
  ])('%s', (_name, schemas, message, rest = {}) => {
    expect(refusalOf(schemas, rest)).toMatch(
      new RegExp(`^openapi\\.yaml:${message.replace(/[[\]$.?#()*+/]/g, '\\$&')}[^\n]*$`)
    )
  })
})

test('a $dynamicRef that depends on the way to it is kept as a pointer, with the resources that it can lead to', () => {
  const document = documentOf({
    List: {
      $id: 'https://example.com/list',
      items: { $dynamicRef: '#item' },
      $defs: { any: { $dynamicAnchor: 'item' }, plain: { $id: 'plain' } }
    },
    Numbers: {
      $id: 'https://example.com/numbers',
      $ref: 'list',
      $defs: { item: { $dynamicAnchor: 'item', type: 'number' } }
    }
  })
  const { findings, resources } = identifySchemas(document, path => path)
  expect(findings).toEqual([])
  expect(document).toMatchObject({
    components: {
      schemas: {
        List: { items: { $dynamicRef: '#/components/schemas/List/$defs/any' } },
        Numbers: { ...to('List'), $defs: { item: { type: 'number' } } }
      }
    }
  })
  expect(resources.map(({ pointer, anchors }) => [pointer, Object.fromEntries(anchors)])).toEqual([
    ['', {}],
    ['/components/schemas/List', { item: '/components/schemas/List/$defs/any' }],
    ['/components/schemas/List/$defs/plain', {}],
    ['/components/schemas/Numbers', { item: '/components/schemas/Numbers/$defs/item' }]
  ])
})

test('what a $dynamicRef leads to by its way is known of a compiled contract, too', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dynamic-'))
  try {
    const file = join(folder, 'openapi.yaml')
    const text = JSON.stringify(
      documentOf({
        Any: { $id: 'urn:any', $dynamicAnchor: 'x', properties: { a: { $dynamicRef: '#x' } } },
        Closed: { $id: 'urn:closed', $dynamicAnchor: 'x', $ref: 'urn:any', unevaluatedProperties: false }
      })
    )
    writeFileSync(file, text)
    const first = await readContract(file)
    writeFileSync(join(folder, 'contract.json'), compileContract(first))
    const second = await readContract(file, undefined, join(folder, 'contract.json'))
    for (const contract of [first, second]) {
      const isValid = (name: string, value: unknown): boolean =>
        evaluatorOf(contract).isValid(`/components/schemas/${name}`, value)
      expect([isValid('Any', { a: { b: 1 } }), isValid('Closed', { a: { b: 1 } })]).toEqual([true, false])
      expect(isValid('Closed', { a: { a: {} } })).toBe(true)
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
})

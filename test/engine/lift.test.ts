import { describe, expect, test } from '@jest/globals'
import { type Contract, ContractError, parseContract } from '../../src/contract/index.js'

const documentOf = (version: string, rest: object): string =>
  JSON.stringify({ openapi: version, info: { title: 'A', version: '1' }, paths: {}, ...rest }, null, 2)

const read = (version: string, rest: object): Contract => parseContract(documentOf(version, rest))

const ofSchema = (version: string, schema: object): Contract =>
  read(version, { components: { schemas: { A: schema } } })

const schemaOf = (contract: Contract): unknown => contract.resolve('/components/schemas/A').value

const refusalOf = (version: string, rest: object): string => {
  try {
    read(version, rest)
  } catch (error) {
    if (error instanceof ContractError) return error.message
  }
  return ''
}

const withOperation = (method: string, operation: object, item: object = {}): object => ({
  paths: { '/a': { ...item, [method]: { responses: { 200: { description: 'A' } }, ...operation } } }
})

describe('a document of OpenAPI 3.0 is read as one of 3.1 that means the same', () => {
  test.each<[string, object, object, readonly string[]]>([
    [
      'nullable beside a type allows null',
      { type: 'string', nullable: true, format: 'byte', example: null },
      { type: ['string', 'null'], format: 'byte', example: null },
      []
    ],
    [
      'nullable beside an enum is up to the enum',
      { type: 'string', nullable: true, enum: ['a'] },
      { type: ['string', 'null'], enum: ['a'] },
      ['/components/schemas/A/nullable nullable-enum']
    ],
    [
      'an enum with null',
      { type: 'string', nullable: true, enum: [null] },
      { type: ['string', 'null'], enum: [null] },
      []
    ],
    [
      'nullable without a type means nothing',
      { nullable: true, allOf: [{ type: 'string' }] },
      { allOf: [{ type: 'string' }] },
      ['/components/schemas/A/nullable nullable-without-type']
    ],
    ['nullable: false', { nullable: false }, {}, []],
    [
      'exclusive bounds',
      { minimum: 1, exclusiveMinimum: true, maximum: 2, exclusiveMaximum: false },
      { exclusiveMinimum: 1, maximum: 2 },
      []
    ],
    [
      'an exclusive bound without a bound',
      { exclusiveMaximum: true },
      {},
      ['/components/schemas/A/exclusiveMaximum exclusive-without-bound']
    ],
    [
      'what stands beside a $ref has no effect',
      { properties: { a: { description: 'A', $ref: '#/components/schemas/A', nullable: true } } },
      { properties: { a: { $ref: '#/components/schemas/A' } } },
      ['/components/schemas/A/properties/a/description sibling-of-ref']
    ],
    [
      'properties that are called like keywords',
      { properties: { nullable: { type: 'boolean' }, $ref: { type: 'string', nullable: true } } },
      { properties: { nullable: { type: 'boolean' }, $ref: { type: ['string', 'null'] } } },
      []
    ],
    [
      'values and extensions',
      {
        enum: [{ type: 'a', nullable: true }],
        default: { $ref: '#/x', a: 1 },
        example: { nullable: true },
        'x-a': { nullable: true }
      },
      {
        enum: [{ type: 'a', nullable: true }],
        default: { $ref: '#/x', a: 1 },
        example: { nullable: true },
        'x-a': { nullable: true }
      },
      []
    ]
  ])('%s', (_name, schema, lifted, notes) => {
    const contract = ofSchema('3.0.3', schema)
    expect(schemaOf(contract)).toEqual(lifted)
    expect(contract.notes.map(({ pointer, rule }) => `${pointer} ${rule}`)).toEqual(notes)
    expect(contract.document.openapi).toBe('3.1.0')
  })

  test('a Path Item keeps what stands beside its $ref, a reference to a parameter does not', () => {
    const parameter = { name: 'q', in: 'query', schema: { type: 'string' } }
    const contract = read('3.0.0', {
      ...withOperation(
        'get',
        { parameters: [{ $ref: '#/components/parameters/P', description: 'A' }] },
        { $ref: '#/x-item' }
      ),
      components: { parameters: { P: parameter } },
      'x-item': { summary: 'A' }
    })
    expect(contract.notes.map(({ rule, what }) => `${rule} ${what}`)).toEqual([
      'sibling-of-ref Nothing beside a `$ref` has an effect in OpenAPI 3.0: `description`.'
    ])
    expect(contract.document.paths?.['/a']?.get?.parameters).toEqual([{ $ref: '#/components/parameters/P' }])
  })

  test.each(['get', 'head', 'delete'])('the body of %s is ignored, and its alias elsewhere is not', method => {
    const text = `
openapi: 3.0.4
info: { title: A, version: '1' }
paths:
  /a:
    ${method}: &operation
      requestBody: { content: { application/json: {} } }
      responses: { 200: { description: A } }
    post: *operation
`
    const { document, notes, place } = parseContract(text)
    const item: Record<string, unknown> = { ...document.paths?.['/a'] }
    expect(item[method]).not.toHaveProperty('requestBody')
    expect(item['post']).toHaveProperty('requestBody')
    expect(notes.map(note => `${place(note.pointer)} ${note.rule}`)).toEqual(['openapi.yaml:7:7 ignored-body'])
  })

  test.each<[string, object, string]>([
    ['a word of 3.1', { type: 'string', const: 1 }, "`const` isn't known to OpenAPI 3.0 here."],
    ['a list of types', { type: ['string', 'null'] }, 'must be string.'],
    ['an unknown type', { type: 'file' }, 'must be equal to one of the allowed values: array, boolean,'],
    ['a bound that is none', { exclusiveMinimum: 1 }, 'must be boolean.'],
    ['a zero that should be more', { multipleOf: 0 }, 'must be > 0.'],
    ['a reference that is none', { items: { $ref: 1 } }, 'must be string.']
  ])('%s is refused, once, with its place', (_name, schema, what) => {
    const lines = refusalOf('3.0.3', { components: { schemas: { A: schema } } }).split('\n')
    expect(lines[0]).toMatch(/^openapi\.yaml:1\d:\d+ {2}/)
    expect(lines[0]).toContain(what)
    expect(new Set(lines.map(line => line.split('  ')[0])).size).toBe(1)
  })

  test('what is wrong with a security scheme is told by its type', () => {
    const scheme = (rest: object): object => ({ components: { securitySchemes: { A: rest } } })
    expect(refusalOf('3.0.3', scheme({ type: 'apiKey', in: 'query' }))).toMatch(
      /^\S+ {2}`name` is missing\. {2}Add it\.$/
    )
    expect(refusalOf('3.0.3', scheme({ type: 'mutualTLS' }))).toMatch(
      /must be equal to one of the allowed values: apiKey/
    )
    expect(refusalOf('3.0.3', scheme({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }))).toBe('')
  })
})

describe('words that mean nothing in OpenAPI 3.1 are advised against, and served as if they were not there', () => {
  test.each<[object, readonly string[]]>([
    [{ type: 'string', nullable: true }, ["nullable Write `type: [string, 'null']`."]],
    [{ type: ['string'], nullable: true }, ["nullable Add `'null'` to `type`."]],
    [{ $ref: '#/components/schemas/B', nullable: true }, ["nullable Write `anyOf` with `type: 'null'`."]],
    [{ nullable: false, 'x-nullable': true }, ['nullable Remove it.']],
    [{ id: 'a', $async: true }, ['id Write `$id`, or remove it.', '$async Remove it.']],
    [
      { definitions: {}, dependencies: {} },
      ['definitions Write `$defs`.', 'dependencies Write `dependentRequired` or `dependentSchemas`.']
    ],
    [{ items: { format: 'color' } }, ['format Use a known one, or say it with `pattern`.']],
    [
      {
        anyOf: ['int32', 'int64', 'float', 'double', 'byte', 'binary', 'password', 'uuid'].map(format => ({ format }))
      },
      []
    ],
    [
      { properties: { nullable: {}, id: {}, format: { type: 'string' } }, const: { nullable: true, format: 'color' } },
      []
    ],
    [{ examples: { a: 1 } }, ['examples Write a list.']],
    [
      { minimum: 0, exclusiveMinimum: true, maximum: 5, exclusiveMaximum: false },
      ['exclusiveMinimum Write `exclusiveMinimum: 0` without `minimum`.', 'exclusiveMaximum Remove it.']
    ],
    [{ required: ['a', 'b', 'a'] }, ['required Write each once.']]
  ])('%j', (schema, advice) => {
    const contract = read('3.1.1', { components: { schemas: { A: schema, B: {} } } })
    expect(contract.notes.map(({ pointer, todo }) => `${pointer.split('/').at(-1) ?? ''} ${todo}`)).toEqual(advice)
  })

  test('a boolean exclusive bound beside its bound holds as it was meant', () => {
    const contract = read('3.1.1', { components: { schemas: { A: { minimum: 0, exclusiveMinimum: true } } } })
    expect(contract.document.components?.schemas?.['A']).toEqual({ exclusiveMinimum: 0 })
  })

  test('unknown formats are told by name in documents of 3.0, too', () => {
    const { notes } = ofSchema('3.0.3', { type: 'string', format: 'color' })
    expect(notes.map(({ rule }) => rule)).toEqual(['unknown-format color'])
  })

  test.each([
    { exclusiveMinimum: true },
    { exclusiveMaximum: false },
    { type: 'strng' },
    { type: 'file' },
    { required: 'a' }
  ])('%j is refused, with its place', schema => {
    expect(refusalOf('3.1.0', { components: { schemas: { A: schema } } })).toMatch(
      /^openapi\.yaml:11:\d+ {2}(`\w+`) isn't /
    )
  })
})

describe('OpenAPI 3.2', () => {
  test('is served where what is new only informs', () => {
    const contract = read('3.2.0', {
      servers: [{ url: '/', name: 'here' }],
      tags: [
        { name: 'a', summary: 'A', kind: 'nav' },
        { name: 'b', parent: 'a' }
      ],
      ...withOperation('get', {
        responses: {
          200: {
            summary: 'A',
            content: { 'application/json': { examples: { a: { dataValue: 1, serializedValue: '1' } } } }
          }
        }
      }),
      components: {
        schemas: { A: { xml: { nodeType: 'cdata' } } },
        securitySchemes: { S: { type: 'http', scheme: 'basic', deprecated: true } }
      }
    })
    expect(contract.document.openapi).toBe('3.1.0')
  })

  const media = (mediaType: object): object =>
    withOperation('post', { requestBody: { content: { 'multipart/mixed': mediaType } } })

  test.each<[string, object, string]>([
    ['$self', { $self: 'https://example.com/' }, '`$self`'],
    ['the method query', withOperation('query', {}), '`query`'],
    [
      'other methods',
      { paths: { '/a': { additionalOperations: { COPY: { responses: { 200: {} } } } } } },
      '`additionalOperations`'
    ],
    [
      'a whole query as a parameter',
      withOperation('get', { parameters: [{ name: 'q', in: 'querystring', content: { 'application/json': {} } }] }),
      '`in: querystring`'
    ],
    [
      'a style of cookies',
      withOperation('get', { parameters: [{ name: 'q', in: 'cookie', style: 'cookie', schema: {} }] }),
      '`style: cookie`'
    ],
    ['streams', media({ itemSchema: {} }), '`itemSchema`'],
    ['parts by position', media({ prefixEncoding: [] }), '`prefixEncoding`'],
    ['parts of one kind', media({ itemEncoding: {} }), '`itemEncoding`'],
    ['parts in parts', media({ encoding: { a: { encoding: {} } } }), '`encoding`'],
    ['media types to refer to', { components: { mediaTypes: {} } }, '`mediaTypes`'],
    ['a reference to a media type', media({ $ref: '#/components/mediaTypes/A' }), '`$ref`']
  ])('is refused with %s, with the place and the reason', (_name, rest, word) => {
    const message = refusalOf('3.2.0', rest)
    expect(message).toMatch(/^openapi\.yaml:\d+:\d+ {2}[^\n]+$/)
    expect(message).toContain(`${word} is new in OpenAPI 3.2 and can't be served: `)
  })

  test('is held to its own structure', () => {
    expect(refusalOf('3.2.0', { pathz: {} })).toContain("`pathz` isn't known to OpenAPI 3.2 here.")
  })
})

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import {
  childOf,
  compileContract,
  type Contract,
  ContractError,
  operationsOf,
  parseContract,
  readContract
} from '../../src/contract/index.js'
import { createSourceFiles } from '../../src/contract/document/source-files.js'
import { bundle } from '../../src/contract/openapi/bundle.js'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'files-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

const head = "openapi: 3.1.0\ninfo: { title: Files, version: '1' }\n"

const write = (files: Readonly<Record<string, string>>): void => {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
}

/** Reads a contract that is written in several files. */
const read = (openapi: string, files: Readonly<Record<string, string>> = {}): Promise<Contract> => {
  write({ ...files, 'openapi.yaml': head + openapi })
  return readContract(join(folder, 'openapi.yaml'))
}

const refusal = (openapi: string, files?: Readonly<Record<string, string>>): Promise<string[]> =>
  read(openapi, files).then(
    () => [],
    (error: unknown) => {
      if (error instanceof ContractError) return error.findings.map(({ place, what }) => `${place} ${what}`)
      throw error
    }
  )

const pets = `paths:
  /pets/{id}:
    $ref: paths/pets.json
components:
  schemas:
    Pet: { $ref: ./schemas/pet.yaml#/Pet }
    Id: { type: integer }
`
const petFiles = {
  'paths/pets.json': `{
  "parameters": [{ "$ref": "../parameters.yaml#/id" }],
  "get": {
    "operationId": "readPet",
    "responses": { "200": { "$ref": "../responses/pet%20found.yaml" } }
  }
}`,
  'parameters.yaml':
    'id:\n  name: id\n  in: path\n  required: true\n  schema: { $ref: openapi.yaml#/components/schemas/Id }\n',
  'responses/pet found.yaml': `description: A pet
headers:
  X-Total: { $ref: ../shared.yaml#/headers/total }
links:
  self: { $ref: ../shared.yaml#/links/self }
content:
  application/json:
    schema: { $ref: ../schemas/pet.yaml#/Pet }
    examples:
      one: { $ref: ../shared.yaml#/examples/one }
`,
  'shared.yaml': `headers: { total: { schema: { type: integer } } }
links: { self: { operationId: readPet } }
examples: { one: { value: { $ref: not/a/reference.yaml } } }
`,
  'schemas/pet.yaml': `Pet:
  type: object
  properties:
    id: { $ref: ../openapi.yaml#/components/schemas/Id }
    parents: { type: array, items: { $ref: '#/Pet' } }
    owner:
      $ref: '#/Owner'
    ownersName: { $ref: '#/Pet/properties/owner/properties/name' }
    none: { const: { $ref: ./none.yaml }, default: { $ref: ./none.yaml }, enum: [{ $ref: ./none.yaml }] }
    x-pet: { x-note: { $ref: ./none.yaml }, example: { $ref: ./none.yaml } }
Owner:
  properties: { name: { type: string }, pets: { items: { $ref: ./pet.yaml#/Pet } } }
`
}

describe('references to other files', () => {
  test('become references to components of their kind, from file to file, to themselves, and back', async () => {
    const { document } = await read(pets, petFiles)
    expect(document.paths).toEqual({ '/pets/{id}': { $ref: '#/components/pathItems/pets' } })
    expect(document.components).toMatchObject({
      pathItems: {
        pets: {
          parameters: [{ $ref: '#/components/parameters/id' }],
          get: { responses: { 200: { $ref: '#/components/responses/pet_found' } } }
        }
      },
      parameters: { id: { name: 'id', schema: { $ref: '#/components/schemas/Id' } } },
      responses: {
        pet_found: {
          headers: { 'X-Total': { $ref: '#/components/headers/total' } },
          links: { self: { $ref: '#/components/links/self' } },
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/Pet' },
              examples: { one: { $ref: '#/components/examples/one' } }
            }
          }
        }
      },
      headers: { total: { schema: { type: 'integer' } } },
      links: { self: { operationId: 'readPet' } },
      schemas: {
        Id: { type: 'integer' },
        Pet: {
          properties: {
            id: { $ref: '#/components/schemas/Id' },
            parents: { items: { $ref: '#/components/schemas/Pet' } },
            owner: { $ref: '#/components/schemas/Owner' },
            ownersName: { $ref: '#/components/schemas/name' }
          }
        },
        Owner: { properties: { pets: { items: { $ref: '#/components/schemas/Pet' } } } },
        name: { type: 'string' }
      }
    })
  })

  test('are none in values: examples, defaults, enums, constants and extensions', async () => {
    const { document } = await read(`x-none: { $ref: none.yaml }\n${pets}`, petFiles)
    const none = { $ref: './none.yaml' }
    expect(document).toMatchObject({
      'x-none': { $ref: 'none.yaml' },
      components: {
        examples: { one: { value: { $ref: 'not/a/reference.yaml' } } },
        schemas: {
          Pet: {
            properties: {
              none: { const: none, default: none, enum: [none] },
              'x-pet': { 'x-note': none, example: none }
            }
          }
        }
      }
    })
  })

  test('give an operation that is found, and all places in it', async () => {
    const contract = await read(pets, petFiles)
    expect(operationsOf(contract).map(({ method, path, operationId }) => [method, path, operationId])).toEqual([
      ['get', '/pets/{id}', 'readPet']
    ])
    expect(contract.files).toEqual([
      'openapi.yaml',
      'schemas/pet.yaml',
      'paths/pets.json',
      'parameters.yaml',
      'responses/pet found.yaml',
      'shared.yaml'
    ])
    const { pointer: at } = contract.resolve('/paths/~1pets~1{id}/get/responses/200/content/application~1json/schema')
    expect([
      contract.place('/info/title'),
      contract.place('/components/pathItems/pets/get/operationId'),
      contract.place(`${at}/properties/none`),
      contract.place('/components/parameters/id/name'),
      contract.place('/components/schemas/Owner/properties/name/type'),
      contract.place('/paths/~1pets~1{id}')
    ]).toEqual([
      'openapi.yaml:2:16',
      'paths/pets.json:4:20',
      'schemas/pet.yaml:9:5',
      'parameters.yaml:2:9',
      'schemas/pet.yaml:12:31',
      'openapi.yaml:4:3'
    ])
  })

  test('have unlike names for unlike things', async () => {
    const { document } = await read(
      "components:\n  schemas:\n    Pet: { type: object }\n    A: { anyOf: [{ $ref: a.yaml#/Pet }, { $ref: b.yaml#/Pet }, { $ref: 'c d.yaml' }, { $ref: ./x/../a.yaml#/Pet }] }\n",
      { 'a.yaml': 'Pet: { minProperties: 1 }', 'b.yaml': 'Pet: { minProperties: 2 }', 'c d.yaml': 'minProperties: 3' }
    )
    expect(document.components?.schemas).toEqual({
      Pet: { type: 'object' },
      A: { anyOf: ['Pet2', 'Pet3', 'c_d', 'Pet2'].map(name => ({ $ref: `#/components/schemas/${name}` })) },
      Pet2: { minProperties: 1 },
      Pet3: { minProperties: 2 },
      c_d: { minProperties: 3 }
    })
  })

  test('keep what stands beside them, and stand in the mapping of a discriminator, too', async () => {
    const { document } = await read(
      'components:\n  schemas:\n    A: { $ref: a.yaml, required: [kind], discriminator: { propertyName: kind, mapping: { a: a.yaml, b: Plain } } }\n',
      { 'a.yaml': 'type: object' }
    )
    expect(document.components?.schemas?.['A']).toEqual({
      $ref: '#/components/schemas/a',
      required: ['kind'],
      discriminator: { propertyName: 'kind', mapping: { a: '#/components/schemas/a', b: 'Plain' } }
    })
  })

  test('to one that an alias shares with an example leave the example alone', async () => {
    const { document } = await read('components:\n  schemas:\n    A: { items: &a { $ref: a.yaml }, default: [*a] }\n', {
      'a.yaml': 'type: object'
    })
    expect(document.components?.schemas?.['A']).toEqual({
      items: { $ref: '#/components/schemas/a' },
      default: [{ $ref: 'a.yaml' }]
    })
  })

  test('a security scheme that is in another file has the name that the contract gives it, and no other', async () => {
    const { document } = await read('components: { securitySchemes: { Key: { $ref: auth.yaml#/ApiKey } } }\n', {
      'auth.yaml': 'ApiKey: { type: apiKey, in: header, name: X-Key }\n'
    })
    expect(document.components?.securitySchemes).toEqual({ Key: { type: 'apiKey', in: 'header', name: 'X-Key' } })
  })
})

test('in OpenAPI 3.0, which has no components for them, path items take the place of references to them', () => {
  write({
    'pets.yaml': 'get: { x-a: 1, responses: { 200: { $ref: response.yaml } } }\nput: { x-b: 1 }\n',
    'cats.yaml': '$ref: pets.yaml\ndelete: { x-c: 1 }\n',
    'loop.yaml': 'get: { callbacks: { x: { "{$url}": { $ref: loop.yaml } } } }\n',
    'response.yaml': 'description: A response\n'
  })
  const paths = {
    '/cats': { $ref: 'cats.yaml', put: {} },
    '/loop': { $ref: 'loop.yaml' },
    '/list': { $ref: 'none.yaml' }
  }
  const root = { name: 'openapi.yaml', document: { openapi: '3.0.3', paths } }
  const files = createSourceFiles(folder, root)
  const { document, origins, findings } = bundle(root, files, path => path)
  expect(document).toMatchObject({
    paths: {
      '/cats': {
        get: { 'x-a': 1, responses: { 200: { $ref: '#/components/responses/response' } } },
        delete: { 'x-c': 1 }
      }
    },
    components: { responses: { response: { description: 'A response' } } }
  })
  expect(childOf(childOf(childOf(document, 'paths'), '/cats'), 'put')).toEqual({})
  expect(origins.get('/paths/~1cats/get')).toEqual({ file: 'pets.yaml', pointer: '/get' })
  expect(origins.get('/paths/~1cats/delete')).toEqual({ file: 'cats.yaml', pointer: '/delete' })
  expect(findings.map(({ place, what }) => `${place} ${what}`)).toEqual([
    "/paths/~1list/$ref `$ref: none.yaml` leads to none.yaml, which isn't there.",
    'loop.yaml:1:44 `$ref: loop.yaml` leads back to itself.'
  ])
})

test('below an `$id`, references are relative to it, and are left to those who know it', () => {
  write({ 'a.yaml': '$id: https://example.com/a.yaml\nitems: { $ref: "#/$defs/b" }\n$defs: { b: { $ref: b.yaml } }\n' })
  const root = {
    name: 'openapi.yaml',
    document: { openapi: '3.1.0', components: { schemas: { A: { $ref: 'a.yaml' } } } }
  }
  const { document, findings } = bundle(root, createSourceFiles(folder, root), path => path)
  expect(findings).toEqual([])
  expect(document).toMatchObject({
    components: { schemas: { A: { items: { $ref: '#/$defs/b' }, $defs: { b: { $ref: 'b.yaml' } } } } }
  })
})

describe('what is wrong', () => {
  const schema = (ref: string): string => `components:\n  schemas:\n    A:\n      items: { $ref: ${ref} }\n`
  const at = 'openapi.yaml:6:22'

  test.each<[string, string, Record<string, string>, string[]]>([
    ['a missing file', 'no.yaml', {}, [`${at} \`$ref: no.yaml\` leads to no.yaml, which isn't there.`]],
    ['a folder', './a', { 'a/b.yaml': '' }, [`${at} \`$ref: ./a\` leads to a, which can't be read: EISDIR`]],
    ['another folder', '../a.yaml', {}, [`${at} \`$ref: ../a.yaml\` leads out of the contract's folder.`]],
    ['the root', '/etc/passwd', {}, [`${at} \`$ref: /etc/passwd\` leads out of the contract's folder.`]],
    ['nothing', 'a.yaml#/B', { 'a.yaml': 'A: {}' }, [`${at} \`$ref: a.yaml#/B\` leads to nothing.`]],
    ['an anchor', 'a.yaml#B', { 'a.yaml': 'A: {}' }, [`${at} \`$ref: a.yaml#B\` can't be followed.`]],
    ['a broken file', 'a.yaml', { 'a.yaml': 'A: {}\nA: {}' }, ["a.yaml:2:1 isn't well-formed YAML: Map keys must be"]],
    [
      'a file in a file',
      'a.yaml',
      { 'a.yaml': 'items:\n  $ref: b.yaml' },
      ['a.yaml:2:9 `$ref: b.yaml` leads to b.yaml']
    ],
    [
      'a broken schema',
      'a.yaml#/A',
      { 'a.yaml': 'A:\n  type: strng' },
      ["a.yaml:2:9 `type` isn't one of string, number"]
    ],
    [
      'a loop',
      'a.yaml',
      { 'a.yaml': '$ref: b.yaml', 'b.yaml': '$ref: a.yaml' },
      ['`$ref: #/components/schemas/a` leads to nothing.']
    ],
    [
      'a loop on the way',
      'a.yaml#/b',
      { 'a.yaml': '$ref: a.yaml#/c' },
      [`${at} \`$ref: a.yaml#/b\` leads back to itself.`]
    ],
    [
      'a URL',
      'https://example.com/a.yaml',
      {},
      [`${at} \`$ref: https://example.com/a.yaml\` is a URL that no \`$id\` in this file has. Nothing is fetched.`]
    ],
    [
      'a URL in a file',
      'a.yaml',
      { 'a.yaml': 'items: { $ref: //example.com/a }' },
      ['a.yaml:1:16 `$ref: //example.com/a` leads to a URL']
    ]
  ])('%s is told with its place', async (_name, ref, files, findings) => {
    const found = await refusal(schema(ref), files)
    for (const finding of findings) expect(found.join('\n')).toContain(finding)
    expect(found.length).toBeGreaterThanOrEqual(findings.length)
  })

  test('is told once, and with the files that its mending will be in', async () => {
    const error: unknown = await read(`${schema('no.yaml')}    B: { $ref: a.yaml }\n    C: { $ref: ./a.yaml }\n`, {
      'a.yaml': '{'
    }).catch((thrown: unknown) => thrown)
    if (!(error instanceof ContractError)) throw error
    expect(error.findings.map(({ place }) => place)).toEqual(['a.yaml:1:2', at])
    expect([...error.files].sort()).toEqual(['a.yaml', 'no.yaml', 'openapi.yaml'])
  })

  test('a contract that has a text, but no folder, can refer to no file', () => {
    expect(() => parseContract(head + schema('no.yaml'))).toThrow(/^openapi\.yaml:6:22 {2}`\$ref: no\.yaml` leads out/)
  })
})

test('a contract in one file is read as it is, and its text is that of the file', async () => {
  const contract = await read(
    pets
      .replace('paths/pets.json', "'#/components/pathItems/x'")
      .replace(/ {4}Pet.*/, '    x: {}')
      .replace('  schemas', '  pathItems: { x: {} }\n  schemas')
  )
  expect(contract.files).toEqual(['openapi.yaml'])
  expect(contract.text).toContain('title: Files, version')
})

test('a contract in several files has a text that is a contract in one', async () => {
  const contract = await read(pets, petFiles)
  expect(parseContract(contract.text).document).toEqual(contract.document)
})

test('a compiled contract is used until one of its files is another', async () => {
  const contract = await read(pets, petFiles)
  const compiled = join(folder, 'contract.json')
  const marked = compileContract(contract).replace('"A pet"', '"Compiled"')
  writeFileSync(compiled, marked)
  const again = async (): Promise<Contract> => readContract(join(folder, 'openapi.yaml'), undefined, compiled)
  const description = (one: Contract): unknown => one.resolve('/components/responses/pet_found/description').value
  expect(description(await again())).toBe('Compiled')
  expect((await again()).place('/components/parameters/id/name')).toBe('parameters.yaml:2:9')
  expect((await again()).digest).toBe(contract.digest)
  write({ 'parameters.yaml': `# edited\n${petFiles['parameters.yaml']}` })
  expect(description(await again())).toBe('A pet')
  expect((await again()).place('/components/parameters/id/name')).toBe('parameters.yaml:3:9')
})

describe('references in a file', () => {
  test.each([
    ['#/components/schemas/A/properties/b', 'boolean'],
    ['#/components/schemas/Own/$defs/one', 'integer'],
    ['#/paths/~1things~1%7Bid%7D/get/parameters/0/schema', 'string'],
    ['#/components/schemas/Own/properties/a~1b', 'number'],
    ['#/components/schemas/Own/properties/100%25', 'null'],
    ['#/components/schemas/Own/properties/c~0d', 'array']
  ])('%s is followed', (ref, type) => {
    const contract = parseContract(`${head}paths:
  /things/{id}:
    get:
      operationId: readThing
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses: { '204': { description: None } }
components:
  schemas:
    A: { $ref: '#/components/schemas/B' }
    B: { properties: { b: { type: boolean } } }
    Own: { $defs: { one: { type: integer } }, properties: { a/b: { type: number }, 100%: { type: 'null' }, c~d: { type: array } } }
    Wanted: { $ref: '${ref}' }
`)
    expect(contract.resolve('/components/schemas/Wanted').value).toEqual({ type })
  })

  test('that cannot be followed is refused', () => {
    for (const ref of ['#/components/schemas/A/nothing', '#/components/schemas/~2', '#anchor', '#']) {
      expect(() => parseContract(`${head}components: { schemas: { A: { items: { $ref: '${ref}' } } } }`)).toThrow(
        /leads to nothing|can't be followed/
      )
    }
  })
})

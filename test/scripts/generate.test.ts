import { join } from 'node:path'
import { beforeAll, expect, test } from '@jest/globals'
import ts from 'typescript'
import { typesOf } from '../../scripts/generate/types.js'
import { parseContract } from '../../src/contract/index.js'
import { root } from '../support/process.js'

/** A contract of these paths and components, and code that the compiler takes with the types of it. */
type Row = readonly [what: string, paths: string, components: string, code: string]

const schemas = (text: string): string => `  schemas:\n${text.trim().replaceAll(/^/gm, '    ')}`
const reply = (schema: string): string => `{ description: x, content: { application/json: { schema: ${schema} } } }`
const post = (schema: string, more = ''): string =>
  `  /notes: { post: { operationId: write, ${more}requestBody: { required: true, content: { application/json: { schema: ${schema} } } }, responses: { '200': ${reply(schema)} } } }`
const answer = (response: string): string =>
  `  /notes: { get: { operationId: read, responses: { '200': ${response} } } }`
const note = "{ $ref: '#/components/schemas/Note' }"

const rows: readonly Row[] = [
  [
    'keywords beside a reference hold, too',
    post("{ $ref: '#/components/schemas/Note', required: [title], properties: { pages: { type: integer } } }"),
    schemas('Note: { type: object, properties: { title: { type: string } } }'),
    `export const a: Body<'write'> = { title: 'x', pages: 1 }
// @ts-expect-error it is required
export const b: Body<'write'> = { pages: 1 }
export const c = (body: Body<'write'>): string => body.title`
  ],
  [
    'what is required is required wherever it is declared',
    post(`{ allOf: [${note}, { required: [title] }] }`),
    schemas("Note: { allOf: [{ type: object, properties: { title: { type: [string, 'null'] } } }] }"),
    `export const a = (body: Body<'write'>): string | null => body.title
// @ts-expect-error it is required
export const b: Body<'write'> = {}`
  ],
  [
    'alternatives hold together with what stands beside them',
    post(
      '{ type: object, required: [id], properties: { id: { type: integer } }, anyOf: [{ type: object, required: [a], properties: { a: { type: string } } }, { type: object, required: [b], properties: { b: { type: string } } }] }'
    ),
    '',
    `export const a: Body<'write'> = { id: 1, b: 'x' }
// @ts-expect-error it fits no alternative
export const b: Body<'write'> = { id: 1 }
// @ts-expect-error it fits an alternative only
export const c: Body<'write'> = { a: 'x' }`
  ],
  [
    'only the server says what is readOnly, and only the client what is writeOnly',
    post(note),
    schemas(
      'Note: { type: object, required: [id, secret, next], properties: { id: { $ref: "#/components/schemas/Id" }, secret: { type: string, writeOnly: true }, next: { type: array, items: { $ref: "#/components/schemas/Note" } } } }\nId: { type: integer, readOnly: true }'
    ),
    `export const a: Body<'write'> = { secret: 'x', next: [{ secret: 'y', next: [] }] }
// @ts-expect-error a client can't say it
export const b = (body: Body<'write'>): unknown => body.next[0]?.id
export const c: Reply<'write'> = { status: 200, body: { id: 1, next: [{ id: 2, next: [] }] } }
// @ts-expect-error it never leaves
export const d: Reply<'write'> = { status: 200, body: { id: 1, secret: 'x', next: [] } }`
  ],
  [
    'a body has its defaults, a reply needs none of them, and what breaks its schema is no default',
    post(note),
    schemas(
      'Note: { type: object, properties: { color: { $ref: "#/components/schemas/Color" }, size: { type: integer, default: big } } }\nColor: { type: string, default: red }'
    ),
    `export const a = (body: Body<'write'>): string => body.color
// @ts-expect-error it isn't filled in
export const b = (body: Body<'write'>): number => body.size
export const c: Reply<'write'> = { status: 200, body: {} }`
  ],
  [
    'references lead anywhere in the document',
    post(
      "{ type: object, required: [a, b, c], properties: { a: { $ref: '#/components/schemas/Note/properties/deep' }, b: { $ref: '#/components/schemas/Note/$defs/x' }, c: { $ref: '#/components/x-own/y' } } }"
    ),
    `  x-own: { y: { type: boolean } }\n${schemas('Note: { type: object, properties: { deep: { type: integer } }, $defs: { x: { type: string } } }')}`,
    `export const a: Body<'write'> = { a: 1, b: 'x', c: true }
// @ts-expect-error it is a number
export const b: Body<'write'> = { a: 'x', b: 'x', c: true }
export const c: import('TYPES').components['schemas']['Note'] = {}`
  ],
  [
    'references by `$id`s and anchors lead to what they name',
    post("{ $ref: 'https://example.com/note' }"),
    schemas(
      'Note: { $id: "https://example.com/note", type: object, required: [a], properties: { a: { $ref: "#part" } }, $defs: { part: { $anchor: part, type: integer } } }'
    ),
    `export const a: Body<'write'> = { a: 1 }
// @ts-expect-error it is a number
export const b: Body<'write'> = { a: 'x' }`
  ],
  [
    'an object that names nothing is free-form, one that allows nothing is empty, and null is null',
    post(
      '{ type: object, required: [free, none, nothing, kind], properties: { free: { type: object }, none: { type: object, additionalProperties: false }, nothing: { const: null }, kind: { type: [string, "null"], enum: [a] } } }'
    ),
    '',
    `export const a: Body<'write'> = { free: { x: 1 }, none: {}, nothing: null, kind: 'a' }
// @ts-expect-error there may be nothing in it
export const b: Body<'write'> = { free: {}, none: { x: 1 }, nothing: null, kind: 'a' }
// @ts-expect-error null isn't one of the values
export const c: Body<'write'> = { free: {}, none: {}, nothing: null, kind: null }
// @ts-expect-error it isn't null
export const d: Body<'write'> = { free: {}, none: {}, nothing: 1, kind: 'a' }`
  ],
  [
    'other properties may be of other types than the named ones, and lists begin as they say',
    post(
      '{ type: object, required: [named, list], properties: { named: { type: object, properties: { a: { type: string } }, additionalProperties: { type: integer } }, list: { type: array, minItems: 1, prefixItems: [{ type: string }, { type: integer }], items: false } } }'
    ),
    '',
    `export const a: Body<'write'> = { named: { a: 'x', b: 1 }, list: ['x'] }
export const b = ({ list: [first, second] }: Body<'write'>): [string, number | undefined] => [first, second]
// @ts-expect-error there is no third
export const c: Body<'write'> = { named: {}, list: ['x', 1, 2] }`
  ],
  [
    'a discriminator asserts nothing',
    post(
      `{ allOf: [${note}, { type: object, required: [kind], properties: { kind: { type: string } }, discriminator: { propertyName: kind } }] }`
    ),
    schemas(
      'Note: { type: object, oneOf: [{ type: object, properties: { a: { type: string } } }], discriminator: { propertyName: kind } }'
    ),
    `export const a: Body<'write'> = { kind: 'any' }
// @ts-expect-error the schema asks for it
export const b: Body<'write'> = {}`
  ],
  [
    'parameters are those that the server takes, in their schemas of content, too',
    `  /notes:
    parameters: [{ name: Accept, in: header, schema: { type: string } }, { name: X-Trace, in: header, required: true, schema: { type: string } }]
    get: { operationId: read, parameters: [{ name: filter, in: query, required: true, content: { application/json: { schema: { type: object, required: [a], properties: { a: { type: integer } } } } } }], responses: { '200': { description: x } } }`,
    '',
    `export const a = ({ headers, query }: Request<'read'>): [string, number] => [headers['x-trace'], query.filter.a]
// @ts-expect-error it is ignored
export const b = ({ headers }: Request<'read'>): unknown => headers.accept`
  ],
  [
    'the headers of a reply are lists, objects and values, each as it is declared',
    answer(
      "{ description: x, headers: { Set-Cookie: { required: true, schema: { type: array, items: { type: string } } }, X-Point: { schema: { type: object, properties: { x: { type: integer } } } }, X-Json: { content: { application/json: { schema: { type: array, items: { type: integer } } } } }, X-Any: { schema: {} }, X-Kind: { required: true, schema: { enum: [a, b] } }, X-Only: { required: true, schema: { type: string, const: o } }, X-Late: { $ref: '#/components/headers/Late' }, Content-Type: { required: true, schema: { type: string } } } }"
    ),
    '  headers: { Late: { schema: { type: string } } }',
    `export const a: Reply<'read'> = { status: 200, headers: { 'Set-Cookie': ['a=1', 'b=2'], 'X-Kind': 'a' } }
export const b: Reply<'read'> = { status: 200, headers: { 'Set-Cookie': [], 'X-Point': { x: 1 }, 'X-Json': [1], 'X-Any': 5, 'X-Kind': 'b', 'X-Late': 'x' } }
// @ts-expect-error the server can't choose one of several values
export const c: Reply<'read'> = { status: 200, headers: { 'Set-Cookie': [] } }
// @ts-expect-error it is a list
export const d: Reply<'read'> = { status: 200, headers: { 'Set-Cookie': 'a=1', 'X-Kind': 'a' } }`
  ],
  [
    'bodies are JSON in all media types of JSON, and replies in a range of them choose one',
    `  /notes: { post: { operationId: write, requestBody: { required: true, content: { application/vnd.note+json: { schema: { type: integer } }, 'application/json; charset=utf-8': { schema: { type: string } } } }, responses: { '200': { description: x, content: { 'text/*': { schema: { type: string } } } }, '400': { description: x, content: { application/problem+json: { schema: { type: object } } } } } } }`,
    '',
    `export const a = ({ body }: Request<'write'>): string | number => body
export const b: Reply<'write'> = { status: 200, mediaType: 'text/csv', body: 'a,b' }
export const c: Reply<'write'> = { status: 400, body: {} }
// @ts-expect-error it is of another range
export const d: Reply<'write'> = { status: 200, mediaType: 'image/png', body: 'a,b' }`
  ],
  [
    'operations have any name, or none, and those of webhooks nobody handles',
    `  /a: { get: { operationId: constructor, responses: { '204': { description: x } } }, put: { responses: { '204': { description: x } } }, patch: { operationId: empty } }
  /b: { $ref: '#/components/pathItems/B' }
webhooks: { hook: { post: { operationId: hooked, responses: { '204': { description: x } } } } }`,
    `  pathItems: { B: { get: { operationId: other, responses: { '204': { $ref: '#/paths/~1a/get/responses/204' } } } } }`,
    `export const a: Reply<'constructor'> = { status: 204 }
export const b: Reply<'other'> = { status: 204 }
export const c: Record<'constructor' | 'other' | 'empty', true> = {} as Record<keyof import('TYPES').operations, true>`
  ],
  [
    'a security scheme has a kind, and of each alternative the first one vouches',
    `  /notes: { get: { operationId: read, security: [{ Staff: [], Key: [] }, { Login: [] }, {}], responses: { '204': { description: x } } } }`,
    `  securitySchemes:
    Key: { type: apiKey, in: query, name: key }
    Staff: { type: http, scheme: Basic }
    Login: { type: openIdConnect, openIdConnectUrl: 'https://login.example' }
    Other: { type: http, scheme: DPoP }
    Card: { type: mutualTLS }`,
    `type Read = import('TYPES').security['read']
export const a: Read[] = ['Staff', 'Login', undefined]
// @ts-expect-error it comes second
export const b: Read = 'Key'
export const c: import('TYPES').securitySchemes = { Key: 'apiKey', Staff: 'basic', Login: 'bearer', Other: 'dpop', Card: 'mutualTLS' }
// @ts-expect-error it is of another kind
export const d: import('TYPES').securitySchemes['Login'] = 'oauth2'`
  ],
  [
    'a contract may have no operations at all',
    '  {}',
    '',
    'export const a: keyof import("TYPES").operations = {} as never'
  ]
]

const contractOf = (paths: string, components: string): string => `openapi: 3.1.0
info: { title: Any, version: '1' }
paths:
${paths}
components:
${components || '  {}'}
`

const folder = join(root, 'generated/any')
const codeOf = (code: string, name: string): string => `import type { defaults, operations } from './${name}.js'
import type { Handlers, OperationHandler, OperationReply, OperationRequest } from '../../src/contract/index.js'
type Ids = keyof operations
export type Request<Id extends Ids> = OperationRequest<operations[Id], never, defaults[Id]>
export type Body<Id extends Ids> = Request<Id> extends { body: infer B } ? B : never
export type Reply<Id extends Ids> = OperationReply<operations[Id]>
type All = { readonly [Id in Ids]: OperationHandler<operations[Id], never, object, defaults[Id]> }
export const all = (handlers: All): Handlers<object>['operations'] => handlers
${code.replaceAll('TYPES', `./${name}.js`)}
`

const files = new Map<string, string>()
let program: ts.Program
beforeAll(() => {
  rows.forEach(([, paths, components, code], index) => {
    files.set(join(folder, `types-${index}.d.ts`), typesOf(parseContract(contractOf(paths, components))))
    files.set(join(folder, `code-${index}.ts`), codeOf(code, `types-${index}`))
  })
  const parsed = ts.getParsedCommandLineOfConfigFile(
    join(root, 'tsconfig.json'),
    { skipLibCheck: false, noUnusedLocals: false },
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined }
  )
  const options = parsed?.options ?? {}
  const host = ts.createCompilerHost(options)
  const fileExists = host.fileExists.bind(host)
  const getSourceFile = host.getSourceFile.bind(host)
  host.fileExists = name => files.has(name) || fileExists(name)
  delete host.directoryExists // it doesn't know those in memory
  host.getSourceFile = (name, target) => {
    const text = files.get(name)
    return text === undefined ? getSourceFile(name, target) : ts.createSourceFile(name, text, target)
  }
  program = ts.createProgram([...files.keys()], options, host)
})

test.each(rows.map(([what], index) => [what, index] as const))('the types say that %s', (_what, index) => {
  const complaints = program
    .getSourceFiles()
    .filter(({ fileName }) => fileName.startsWith(folder) && new RegExp(`-${index}\\.`).test(fileName))
    .flatMap(file => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)])
    .map(({ file, start = 0, messageText }) => {
      const line = file?.getLineAndCharacterOfPosition(start).line ?? 0
      return `${file?.text.split('\n')[line] ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`
    })
  expect(complaints).toEqual([])
})

test('the parts of forms that are files are told by their names', () => {
  const form = `{ type: object, properties: { title: { type: string }, cover: { type: string, format: binary }, notes: { type: string, contentMediaType: text/plain }, photos: { type: array, items: {} }, tags: { type: array, items: { type: string } } } }`
  const body = (id: string, content: string): string =>
    `  /${id}: { post: { operationId: ${id}, requestBody: { content: { ${content} } }, responses: { '204': { description: Done } } } }`
  const types = typesOf(
    parseContract(
      contractOf(
        [
          body('album', `multipart/form-data: { schema: ${form} }`),
          body('form', `application/json: { schema: ${form} }`)
        ].join('\n'),
        ''
      )
    )
  )
  expect(types).toContain('export interface files {\n    album: "cover" | "notes" | "photos";\n    form: never;\n}\n')
})

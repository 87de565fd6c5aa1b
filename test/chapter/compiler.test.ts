import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { beforeAll, expect, test } from '@jest/globals'
import ts from 'typescript'
import { typesOf } from '../../scripts/generate/types.js'
import { parseContract } from '../../src/contract/index.js'
import { root } from '../support/process.js'
import { contractText } from '../support/project.js'
import { registerEdit } from './real/register-edit.js'

const config = join(root, 'scripts/tsconfig.build.json')
const parsed = ts.getParsedCommandLineOfConfigFile(
  config,
  { noEmit: true },
  { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined }
)
if (!parsed) throw new Error(`${config} can't be read`)

const edits: readonly (readonly [what: string, from: string, to: string, complaint: RegExp])[] = [
  ['an operation is renamed', 'operationId: login', 'operationId: signIn', /index\.ts.*'login' does not exist/],
  [
    'the other operation is renamed',
    'operationId: readUsersMe',
    'operationId: readMe',
    /index\.ts.*'readUsersMe' does not exist/
  ],
  [
    'an operation is removed',
    / {2}\/users\/me:\n[^]*?(?=\n {2}\/|\ncomponents:)/.exec(contractText)?.[0] ?? '',
    '',
    /index\.ts.*'readUsersMe' does not exist/
  ],
  [
    'an operation is added',
    '    get:\n      operationId: readUsersMe',
    "    put: { operationId: writeMe, responses: { '200': { description: x } } }\n    get:\n      operationId: readUsersMe",
    /index\.ts: Property 'writeMe' is missing/
  ],
  [
    'a security scheme is renamed',
    '    OAuth2PasswordBearer:\n      type',
    '    Bearer:\n      type',
    /index\.ts.*'OAuth2PasswordBearer' does not exist/
  ],
  [
    'a security scheme is added',
    '  securitySchemes:',
    '  securitySchemes:\n    Basic: { type: http, scheme: basic }',
    /index\.ts: Property 'Basic' is missing/
  ],
  [
    'a security scheme is of another kind',
    '      type: oauth2\n      description: Log in with a username and a password; the access token goes into the `Authorization` header.\n      flows:\n        password:\n          tokenUrl: /token\n          scopes: {}\n',
    '      type: apiKey\n      in: header\n      name: X-Key\n',
    /index\.ts: .*'"bearer"' is not assignable to type '"apiKey"'/s
  ],
  [
    'an operation asks for no security any more',
    '      security:\n        - OAuth2PasswordBearer: []',
    '      security: []',
    /read-users-me\.ts: Property 'user' does not exist/
  ],
  [
    'security becomes optional',
    '        - OAuth2PasswordBearer: []',
    '        - OAuth2PasswordBearer: []\n        - {}',
    /read-users-me\.ts.*undefined/
  ],
  [
    'an answer gets another status',
    "        '400':\n          description: No such user",
    "        '403':\n          description: No such user",
    /login\.ts.*not assignable/
  ],
  [
    'a successful answer gets another status',
    "        '200':\n          description: The username",
    "        '201':\n          description: The username",
    /login\.ts.*not assignable/
  ],
  [
    'an answer gets another media type',
    "          content:\n            application/json:\n              schema: { $ref: '#/components/schemas/Token' }",
    "          content:\n            text/plain:\n              schema: { $ref: '#/components/schemas/Token' }",
    /login\.ts.*not assignable/
  ],
  [
    'an answer gets another schema',
    "schema: { $ref: '#/components/schemas/Token' }",
    "schema: { $ref: '#/components/schemas/User' }",
    /login\.ts.*not assignable/
  ],
  [
    'a required field is added to an answer',
    'required: [access_token, token_type]\n      properties:',
    'required: [access_token, token_type, refresh_token]\n      properties:\n        refresh_token: { type: string }',
    /login\.ts.*not assignable/
  ],
  [
    'a field of an answer is renamed',
    'required: [access_token, token_type]\n      properties:\n        access_token:',
    'required: [token, token_type]\n      properties:\n        token:',
    /login\.ts.*not assignable/
  ],
  [
    'a field of an answer gets another type',
    '        access_token:\n          type: string',
    '        access_token:\n          type: integer',
    /login\.ts.*not assignable/
  ],
  ['a constant of an answer is changed', 'const: bearer', 'const: mac', /login\.ts.*not assignable/],
  [
    'the reason of an error gets another type',
    '        detail:\n          type: string',
    '        detail:\n          type: object',
    /login\.ts.*not assignable/
  ],
  [
    'a required header is added',
    "            Pragma: { $ref: '#/components/headers/NoCache' }",
    "            Pragma: { $ref: '#/components/headers/NoCache' }\n            X-Trace: { required: true, schema: { type: string } }",
    /login\.ts.*not assignable/
  ],
  [
    'a field of the form is renamed',
    'required: [username, password]\n      properties:',
    'required: [user, password]\n      properties:\n        user: { type: string }',
    /login\.ts.*undefined/
  ],
  [
    'a field of the form becomes optional',
    'required: [username, password]',
    'required: [username]',
    /login\.ts.*undefined/
  ],
  [
    'a field of the form gets another type',
    '          type: string\n          description: The name of the user, in',
    '          type: integer\n          description: The name of the user, in',
    /login\.ts.*not assignable/
  ],
  [
    'a list in the form becomes a text',
    '          type: array\n          items: { type: string }',
    '          type: string',
    /login\.ts.*not assignable/
  ],
  [
    'the form becomes JSON',
    'application/x-www-form-urlencoded:',
    'application/json:',
    /login\.ts: Property 'form' does not exist/
  ],
  [
    'the form may also be JSON',
    '          examples:\n            johndoe:\n              summary: An active user logs in\n              value: { grant_type',
    '        application/json: { schema: { type: object } }\n        application/x-www-form-urlencoded2:\n          examples:\n            johndoe:\n              summary: An active user logs in\n              value: { grant_type',
    /login\.ts.*possibly 'undefined'/
  ],
  [
    'the form becomes optional',
    '      required: true\n      content:\n        application/x-www-form',
    '      content:\n        application/x-www-form',
    /login\.ts.*possibly 'undefined'/
  ],
  [
    'an operation takes no body any more',
    "      requestBody:\n        $ref: '#/components/requestBodies/PasswordGrant'\n",
    '',
    /login\.ts: Property 'form' does not exist/
  ],
  [
    'a field of a user gets another type',
    "type: [boolean, 'null']",
    "type: [string, 'null']",
    /read-users-me\.ts.*disabled/
  ],
  [
    'a user gets a required field',
    'required: [username, email, full_name, disabled]\n      properties:',
    'required: [username, email, full_name, disabled, age]\n      properties:\n        age: { type: integer }',
    /read-users-me\.ts.*age/
  ]
]

/** Files that are only in memory: for each edit, its types, and the code of `src/operations/` with those types. */
const files = new Map<string, string>()

const operations = join(root, 'src/operations')
const addEdit = (name: string, text: string, edited: Readonly<Record<string, string>> = {}): void => {
  files.set(join(root, `generated/openapi-${name}.d.ts`), typesOf(parseContract(text)))
  for (const file of new Set([...readdirSync(operations), ...Object.keys(edited)])) {
    const code = edited[file] ?? readFileSync(join(operations, file), 'utf8')
    const typed = code.replaceAll('/generated/openapi.js', `/generated/openapi-${name}.js`)
    files.set(join(`${operations}-${name}`, file), typed)
  }
}

let program: ts.Program
beforeAll(() => {
  addEdit('unedited', contractText)
  for (const [index, [, from, to]] of edits.entries()) addEdit(String(index), contractText.replace(from, to))
  const { contract, index, handler } = registerEdit()
  addEdit('register', contract, { 'index.ts': index, 'register.ts': handler })
  const host = ts.createCompilerHost(parsed.options)
  const fileExists = host.fileExists.bind(host)
  const getSourceFile = host.getSourceFile.bind(host)
  host.fileExists = name => files.has(name) || fileExists(name)
  delete host.directoryExists // it doesn't know those in memory
  host.getSourceFile = (name, options) => {
    const text = files.get(name)
    return text === undefined ? getSourceFile(name, options) : ts.createSourceFile(name, text, options)
  }
  // One program for all edits: the compiler takes its time for what they have in common.
  program = ts.createProgram([...files.keys()], parsed.options, host)
})

/** What the compiler says of the operations with the types of an edit: `file: message`. */
const complaints = (name: string): string[] =>
  program
    .getSourceFiles()
    .filter(({ fileName }) => fileName.startsWith(`${operations}-${name}/`))
    .flatMap(file => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)])
    .map(({ file, messageText }) => {
      return `${basename(file?.fileName ?? '')}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`
    })

test('the code fits the contract as it is', () => {
  expect(complaints('unedited')).toEqual([])
})

test('the code that lets people register fits its contract', () => {
  const ours = complaints('register').filter(line => /^(?:index|register)\.ts/.test(line))
  expect(ours).toEqual([])
})

test.each(edits.map(([what, ...rest], index) => [what, index, ...rest] as const))(
  'the compiler refuses code that no longer fits: %s',
  (_what, index, from, _to, complaint) => {
    expect(contractText).toContain(from)
    expect(complaints(String(index)).join('\n')).toMatch(complaint)
  }
)

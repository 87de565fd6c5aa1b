import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { grouped } from '../../scripts/lint-contract/grouped.js'
import { lintContract } from '../../scripts/lint-contract/lint-contract.js'
import { type LintFinding, lintFindings } from '../../scripts/lint-contract/rules.js'
import { slowPatternNotes } from '../../scripts/lint-contract/slow-pattern-notes.js'
import { unreachableLengthNotes } from '../../scripts/lint-contract/unreachable-length-notes.js'
import { parseContract } from '../../src/contract/index.js'
import { root } from '../support/process.js'
import { edited, placeIn } from './edits.js'
import { runScript } from './script.js'
import { loginText } from '../support/login.js'

const tags = '      tags: [auth]\n'
const description = 'description: Answers with the user whom the access token stands for, if that user is active.'
const token = "schema: { $ref: '#/components/schemas/Token' }"
const inactive = `          examples:
            alice:
              summary: A disabled user
              value: { detail: Inactive user }
`
const inactiveBody = "¦application/json:\n          schema: { $ref: '#/components/schemas/HTTPError' }\n"

/** An operation that breaks no rule itself, with a path parameter. */
const operation = (path: string, id: string, about = 'description: Which., '): string => `  ${path}:
    get:
      operationId: ${id}
      tags: [users]
      summary: Read
      description: Reads it.
      security: []
      parameters:
        - { name: id, in: path, required: true, ${about}schema: { type: string } }
      responses:
        '204': { description: Read }
`
const paths = '  /users/me:\n'

test('the real contract breaks no rule, of which the script says nothing', async () => {
  const result = await runScript(join(root, 'scripts/lint-contract.ts'))
  expect(result).toEqual({ code: 0, output: '', errors: '' })
})

type Row = readonly [name: string, from: string, to: string, ...found: (readonly [needle: string, rule: string])[]]

describe('a broken rule is found with its place', () => {
  test.each<Row>([
    ['no operationId', '      operationId: login\n', '', ['token:\n    ¦post:', 'operation-operationId']],
    ['an operationId twice', 'readUsersMe', 'login', ['me:\n    ¦get:', 'operation-operationId-unique']],
    ['no summary', '      summary: Log in\n', '', ['token:\n    ¦post:', 'operation-summary']],
    ['no description', `      ${description}\n`, '', ['me:\n    ¦get:', 'operation-description']],
    ['no tags', tags, '', ['token:\n    ¦post:', 'operation-tag-defined']],
    ['an undeclared tag', tags, tags.replace('auth', 'oauth'), ['tags: [¦oauth]', 'operation-tag-defined']],
    ['an empty list of tags', tags, tags.replace('auth', ''), ['¦tags: []', 'rule/operation-tags']],
    ['no security of its own', '      security: []\n', '', ['token:\n    ¦post:', 'contract/operation-security']],
    ['a tag without a description', 'description: Exchange', 'x-about: Exchange', ['¦name: auth', 'tag-description']],
    [
      'a parameter without a description',
      paths,
      operation('/users/{id}', 'readUser', '') + paths,
      ['¦{ name: id', 'parameter-description']
    ],
    ['an answer without an example', inactive, '', [`${inactiveBody}    Un`, 'contract/named-example']],
    [
      'an answer with an unnamed example',
      inactive,
      '          example: { detail: No }\n',
      [`${inactiveBody}          example: `, 'contract/named-example']
    ],
    [
      'an example that does not fit',
      '{ detail: Inactive user }',
      '{ detail: 5 }',
      ['detail: ¦5', 'contract/valid-example']
    ],
    [
      'an example of an answer that no request leads to',
      inactive,
      inactive.replace('alice', 'bob'),
      ['¦bob:', 'contract/example-partner']
    ],
    [
      'an example of a request that no answer belongs to',
      'unknownUser:\n              summary: There is no such user\n              value: { username',
      'noUser:\n              summary: There is no such user\n              value: { username',
      [
        '¦noUser:\n              summary: There is no such user\n              value: { username',
        'contract/example-partner'
      ],
      ['¦unknownUser:', 'contract/example-partner']
    ],
    [
      'a way to be refused without an example',
      'noToken:\n              summary: No bearer token was sent\n              value: { detail: Not authenticated }\n            otherScheme:',
      'otherScheme:',
      ["¦'401': { $ref: '#/components/responses/Unauthorized' }", 'contract/refusal-example']
    ],
    [
      'a header with only one value that may be missing',
      'required: true\n      schema: { type: string, const: Bearer }',
      'schema: { type: string, const: Bearer }',
      ['¦BearerChallenge:\n', 'contract/constant-header']
    ],
    [
      'a password that anybody can see being typed',
      '          format: password\n          description: The password of the user.',
      '          description: The password of the user.',
      ['¦password:\n          type: string\n          description: The password', 'contract/masked-secret']
    ],
    [
      'a schema that does not say its type',
      'type: object\n      description: What a login gives',
      'description: What a login gives',
      ['¦Token:\n      description', 'contract/typed-schema']
    ],
    [
      'a schema with only one value, of several types',
      'schema: { type: string, const: Bearer }',
      "schema: { type: [string, 'null'], const: Bearer }",
      ["¦schema: { type: [string, 'null'], const: Bearer }", 'contract/typed-schema']
    ],
    [
      'an example of a refused request that breaks no rule',
      'value: { grant_type: authorization_code,',
      'value: { grant_type: password,',
      [
        '¦otherGrant:\n              summary: Another grant than the password grant\n              value: { grant_type',
        'contract/valid-example'
      ]
    ],
    [
      'a schema that nothing refers to',
      '  schemas:\n',
      '  schemas:\n    Left: { type: string }\n',
      ['¦Left:', 'no-unused-components']
    ],
    [
      'a security scheme that nothing asks for',
      '  securitySchemes:\n',
      '  securitySchemes:\n    Basic: { type: http, scheme: basic }\n',
      ['¦Basic:', 'no-unused-components']
    ],
    [
      'a required field that is not described',
      '[loc, msg, type]',
      '[loc, msg, type, url]',
      ['¦loc: [body, password]', 'contract/valid-example'],
      ['¦loc: [body, grant_type]', 'contract/valid-example'],
      ['type, ¦url]', 'no-required-schema-properties-undefined']
    ],
    [
      'paths that can be the same',
      paths,
      operation('/things/{id}', 'readThing') + operation('/{id}/things', 'readOther') + paths,
      ['¦/{id}/things:', 'no-ambiguous-paths']
    ]
  ])('%s', async (_name, from, to, ...found) => {
    const text = edited(loginText, from, to)
    const findings = await lintFindings(parseContract(text))
    const places = findings.map(({ place, rule }) => [place, rule])
    for (const [needle, rule] of found) expect(places).toContainEqual([placeIn(text, needle), rule])
    expect(new Set(findings.map(({ rule }) => rule))).toEqual(new Set(found.map(([, rule]) => rule)))
    for (const { what } of findings) expect(what).toMatch(/^\S[^\n]*$/)
  })
})

describe('the script', () => {
  let folder = ''
  const write = (text: string): string => {
    const file = join(folder, 'openapi.yaml')
    writeFileSync(file, text)
    return file
  }
  const lint = async (text: string, all = false): Promise<{ readonly code: number; readonly errors: string }> => {
    const { code, lines } = await lintContract(write(text), all)
    return { code, errors: lines.map(line => `${line}\n`).join('') }
  }
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lint-contract-'))
  })
  afterEach(() => {
    rmSync(folder, { recursive: true })
  })

  test('prints each finding in a line, in the order of the places, and exits with 1', async () => {
    const untagged = edited(
      edited(loginText, tags, '      tags: []\n'),
      tags.replace('auth', 'users'),
      '      tags: []\n'
    )
    const text = edited(untagged, inactive, '')
    const { code, errors } = await runScript(join(root, 'scripts/lint-contract.ts'), ['--all', write(text)])
    expect(code).toBe(1)
    // How the server words its own replies is the application's business, and its contract's.
    expect(errors.split('\n').filter(line => !line.includes('(own-response)'))).toEqual([
      `${placeIn(text, '¦tags: []\n      summary: Log')}  Give the operation a tag.  (rule/operation-tags)`,
      `${placeIn(text, '¦tags: []\n      summary: Read')}  Give the operation a tag.  (rule/operation-tags)`,
      `${placeIn(text, `${inactiveBody}    Un`)}  Give the body at least one example with a name, in \`examples\`.  (contract/named-example)`,
      ''
    ])
  })

  test('says where a contract is not valid, and exits with 1', async () => {
    const text = edited(loginText, token, "schema: { $ref: '#/components/schemas/Tokn' }")
    const { code, errors } = await lint(text)
    expect(code).toBe(1)
    expect(errors).toContain(`${placeIn(text, "¦'#/components/schemas/Tokn'")}  `)
  })

  const foreign = `openapi: 3.1.0
info: { title: Foreign, version: '1' }
servers: [{ url: 'https://api.example.com/v1' }]
paths:
  /things:
    post:
      operationId: write
      requestBody:
        required: true
        content: { application/json: { schema: { $ref: 'thing.yaml#/Thing' } } }
      responses:
        '400': { description: No, content: { application/json: { schema: { type: boolean } } } }
        '422': { description: No, content: { application/json: { schema: { type: boolean } } } }
  /others: { get: { responses: { '204': { description: None } } } }
`
  const thing = `Thing:
  type: object
  properties:
    name: { type: string, nullable: true }
    color: { type: string, format: colour, pattern: '^(a+)+$' }
    size: { type: integer, default: big }
    other: true
`

  test('says what a contract of nobody in particular could say better, each kind in one line, at the places of its files', async () => {
    writeFileSync(join(folder, 'thing.yaml'), thing)
    const { code, errors } = await lint(foreign)
    const lines = errors.trimEnd().split('\n')
    const ofRule = (rule: string): string[] => lines.filter(line => line.includes(`  (${rule})`))
    const placeInThing = (needle: string): string => placeIn(thing, needle).replace('openapi.yaml', 'thing.yaml')
    expect(code).toBe(1)
    expect(ofRule('unsaid-security')).toEqual([
      `${placeIn(foreign, '¦post:')}  The operation \`write\` doesn't say whom it lets in: it lets in everybody. Add \`security\`; write \`security: []\` if it is for everybody.  (unsaid-security) and 1 more: --all shows each`
    ])
    expect(ofRule('missing-response')[0]).toContain(placeIn(foreign, '¦responses:\n        '))
    expect(ofRule('own-response')[0]).toContain('The server answers 4')
    expect(ofRule('foreign-word nullable')).toEqual([
      `${placeInThing('¦nullable')}  \`nullable\` means nothing in OpenAPI 3.1. Write \`type: [string, 'null']\`.  (foreign-word nullable)`
    ])
    expect(ofRule('unknown-format colour')[0]).toContain(placeInThing('¦format: colour'))
    expect(ofRule('slow-pattern')[0]).toContain(placeInThing("¦pattern: '^(a+)+$'"))
    expect(ofRule('operation-operationId')[0]).toContain(placeIn(foreign, '¦get: { responses'))
    expect(new Set(lines.map(line => /\(([^()]+)\)(?: and \d+ more: --all shows each)?$/.exec(line)?.[1])).size).toBe(
      lines.length
    )
  })

  test('says with --all where each is, and in OpenAPI 3.0 what stands in vain beside a reference', async () => {
    const old = `openapi: 3.0.3
info: { title: Old, version: '1' }
paths:
  /a: { get: { operationId: a, responses: { '204': { description: None } } } }
  /b: { get: { operationId: b, responses: { '204': { description: None } } } }
components:
  schemas:
    Name: { type: string }
    Other: { $ref: '#/components/schemas/Name', maxLength: 5 }
`
    const { code, errors } = await lint(old, true)
    expect(code).toBe(1)
    const lines = errors.split('\n')
    expect(errors).not.toContain('more')
    expect(lines.filter(line => line.includes('  (sibling-of-ref)'))).toEqual([
      `${placeIn(old, '¦maxLength')}  Nothing beside a \`$ref\` has an effect in OpenAPI 3.0: \`maxLength\`. Remove it, or put the \`$ref\` into an \`allOf\`.  (sibling-of-ref)`
    ])
    for (const needle of ['/a: { ¦get', '/b: { ¦get']) {
      expect(lines.filter(line => line.startsWith(`${placeIn(old, needle)}  `)).join()).toContain('(unsaid-security)')
    }
  })
})

test('findings are grouped by their rules in the order in which those come, or all shown', () => {
  const finding = (rule: string, place: string): LintFinding => ({ rule, place, what: 'Wrong.' })
  const findings = [finding('one', 'f:1:1'), finding('two', 'f:2:1'), finding('one', 'f:3:1'), finding('one', 'f:4:1')]
  expect(grouped(findings, false)).toEqual([
    'f:1:1  Wrong.  (one) and 2 more: --all shows each',
    'f:2:1  Wrong.  (two)'
  ])
  expect(grouped(findings, true)).toEqual([
    'f:1:1  Wrong.  (one)',
    'f:2:1  Wrong.  (two)',
    'f:3:1  Wrong.  (one)',
    'f:4:1  Wrong.  (one)'
  ])
})

test('patterns that a backtracking engine is slow with are told, wherever they stand, and no others', async () => {
  const contract = parseContract(`openapi: 3.1.0
info: { title: Patterns, version: '1' }
paths: {}
components:
  schemas:
    Fast: { type: string, pattern: '^[a-z]+$' }
    Slow: { type: object, patternProperties: { '^(a|a)*$': { type: string, pattern: '^(b+)+$' } } }
    Value: { type: object, example: { pattern: '^(c+)+$' } }
`)
  const notes = await slowPatternNotes(contract)
  expect(notes.map(({ pointer }) => pointer)).toEqual([
    '/components/schemas/Slow/patternProperties/^(a|a)*$',
    '/components/schemas/Slow/patternProperties/^(a|a)*$/pattern'
  ])
  expect(notes[0]?.what).toContain('exponential')
})

test('a header whose schema is true breaks no rule, and nothing outside the contract is read', async () => {
  const contract = parseContract(`openapi: 3.1.0
info: { title: Odd, version: '1' }
paths: {}
components:
  headers: { Any: { schema: true } }
  examples: { Any: { value: { $ref: 'nothing.yaml' } } }
`)
  const rules = (await lintFindings(contract)).map(({ rule }) => rule)
  expect(new Set(rules)).toEqual(new Set(['no-unused-components']))
})

test('a length that no body can have is told, by its limit', () => {
  const body = (name: string, content: string): string =>
    `  /${name}: { post: { requestBody: { content: { ${content} } }, responses: { '204': { description: Done } } } }`
  const contract = parseContract(`openapi: 3.1.0
info: { title: Lengths, version: '1' }
paths:
${body('text', 'text/plain: { schema: { maxLength: 1048577 } }')}
${body('fine', 'text/plain: { schema: { maxLength: 1048576 } }')}
${body('more', 'text/plain: { x-max-bytes: 2000000, schema: { maxLength: 1048577 } }')}
${body('form', 'application/x-www-form-urlencoded: { schema: { properties: { a: { maxLength: 20000 } } } }')}
${body('file', 'image/png: { x-max-bytes: 10, schema: { maxLength: 11 } }')}
${body('any', 'image/png: { schema: { maxLength: 5000000000 } }')}
${body('list', 'application/json: { schema: { $ref: "#/components/schemas/List" } }')}
components: { schemas: { List: { type: array, maxItems: 2000000 } } }`)
  expect(unreachableLengthNotes(contract).map(({ pointer: at }) => at)).toEqual([
    '/paths/~1text/post/requestBody/content/text~1plain/schema/maxLength',
    '/paths/~1form/post/requestBody/content/application~1x-www-form-urlencoded/schema/properties/a/maxLength',
    '/paths/~1file/post/requestBody/content/image~1png/schema/maxLength',
    '/components/schemas/List/maxItems'
  ])
})

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { lintFindings } from '../../scripts/lint-contract/rules.js'
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
    ['no security of its own', '      security: []\n', '', ['token:\n    ¦post:', 'rule/operation-security']],
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
  const lint = (text: string): ReturnType<typeof runScript> => {
    const file = join(folder, 'openapi.yaml')
    writeFileSync(file, text)
    return runScript(join(root, 'scripts/lint-contract.ts'), [file])
  }
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lint-contract-'))
  })
  afterEach(() => {
    rmSync(folder, { recursive: true })
  })

  test('prints each finding in a line, in the order of the places, and exits with 1', async () => {
    const text = edited(edited(loginText, inactive, ''), tags, '      tags: []\n')
    const { code, errors } = await lint(text)
    expect(code).toBe(1)
    expect(errors.split('\n')).toEqual([
      `${placeIn(text, '¦tags: []')}  Give the operation a tag.  (rule/operation-tags)`,
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
})

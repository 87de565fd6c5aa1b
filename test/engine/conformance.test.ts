import { describe, expect, test } from '@jest/globals'
import {
  advice,
  conformanceFindings,
  type Contract,
  ContractError,
  parseContract,
  type Reply
} from '../../src/contract/index.js'
import { production } from '../../src/app.js'
import { send } from '../../scripts/contract-tests/client.js'
import { detailProblems, editedLogin, loginHandlers, loginText, startLogin } from '../support/login.js'

/** The findings about a contract with edits, each `LINE:COLUMN  what`; none if the server would start. */
const findings = async (edits: readonly (readonly [string, string])[], options = {}): Promise<string[]> => {
  try {
    const server = await startLogin({ contract: editedLogin(...edits), ...options })
    await server.close()
    return []
  } catch (error) {
    if (!(error instanceof ContractError)) throw error
    for (const { place, what, todo } of error.findings) {
      expect(place).toMatch(/^openapi\.yaml:\d+:\d+$/)
      expect(what).toMatch(/\.$/)
      expect(todo).toMatch(/^[A-Z].*\.$/)
    }
    return error.findings.map(({ place, what }) => `${place.replace('openapi.yaml:', '')}  ${what}`)
  }
}

/** The `LINE:COLUMN` of the first `needle` in the contract, counted in the text, not by the code under test. */
const at = (needle: string, text = loginText, from = 0): string => {
  const offset = text.indexOf(needle, from)
  if (offset < 0) throw new Error(`openapi.yaml has no ${JSON.stringify(needle)}`)
  const before = text.slice(0, offset).split('\n')
  return `${before.length}:${(before.at(-1) ?? '').length + 1}`
}

test('the contract as it is has no findings', async () => {
  expect(await findings([])).toEqual([])
})

describe('contract and code are compared both ways', () => {
  test.each<[string, [string, string][], string]>([
    [
      'an operation without a handler',
      [['operationId: login', 'operationId: signIn']],
      `${at('operationId: login').replace(/\d+$/, '20')}  The operation \`signIn\` has no handler.`
    ],
    [
      'a handler without an operation',
      [['operationId: login', 'operationId: signIn']],
      `${at('paths:')}  There is a handler \`login\`, but no operation.`
    ],
    [
      'an operation without an operationId',
      [['      operationId: login\n', '']],
      `${at('post:')}  POST /token has no operationId.`
    ],
    [
      'two operations of one name',
      [['operationId: readUsersMe', 'operationId: login']],
      `${at('login')}  The operationId \`login\` is used more than once.`
    ],
    [
      'a security scheme that is not declared',
      [['security: []', 'security: [{ Basic: [] }]']],
      `${at('security: []').replace(/\d+$/, '20')}  There is no security scheme \`Basic\`.`
    ],
    [
      'a scope that no flow declares',
      [['- OAuth2PasswordBearer: []', '- OAuth2PasswordBearer: [admin]']],
      `${at('OAuth2PasswordBearer: []')}  No flow of \`OAuth2PasswordBearer\` declares the scope \`admin\`.`
    ],
    [
      'a limit of bodies that is none',
      [['          encoding:\n', '          x-max-bytes: 1 MiB\n          encoding:\n']],
      `${at('encoding:').replace(/\d+$/, '24')}  \`x-max-bytes\` isn't a whole number of 0 or more.`
    ],
    [
      'a path parameter that is not declared',
      [['  /users/me:', '  /users/{id}:']],
      `${at('/users/me:')}  The path parameter \`id\` isn't declared for \`get\`.`
    ],
    [
      'a tokenUrl without an operation',
      [['tokenUrl: /token', 'tokenUrl: /tokens']],
      `${at('tokenUrl: /token').replace(/\d+$/, '21')}  The \`tokenUrl\` leads to no operation: there is no POST /tokens.`
    ]
  ])('%s', async (_name, edits, finding) => {
    expect(await findings(edits)).toContain(finding)
  })

  test('a security scheme without a handler, and a handler without a security scheme', async () => {
    const handlers = { ...loginHandlers, security: { Other: loginHandlers.security['OAuth2PasswordBearer'] } }
    expect(await findings([], { handlers })).toEqual([
      `${at('OAuth2PasswordBearer: []')}  The security scheme \`OAuth2PasswordBearer\` has no handler.`,
      `${at('securitySchemes:')}  There is a security handler \`Other\`, but no security scheme.`
    ])
  })

  test('all findings are told at once', async () => {
    const edits: [string, string][] = [
      ['operationId: login', 'operationId: signIn'],
      ['tokenUrl: /token', 'tokenUrl: /tokens']
    ]
    expect(await findings(edits)).toHaveLength(3)
  })
})

describe('what a contract could say better is advice, and in the way of nothing', () => {
  const said = (...edits: [from: string, to: string][]): string[] =>
    advice(editedLogin(...edits), loginHandlers, detailProblems).map(({ what }) => what)

  test('the contract as it is needs none', () => {
    expect(said()).toEqual([])
  })

  test.each<[string, string, string, string]>([
    [
      "a schema that the server's own answers do not fit",
      'required: [loc, msg, type]',
      'required: [loc, msg, type, url]',
      "The server answers 422 with a body that this schema doesn't allow."
    ],
    [
      'another media type',
      "          content:\n            application/json:\n              schema: { $ref: '#/components/schemas/HTTPValidationError' }",
      "          content:\n            application/problem+json:\n              schema: { $ref: '#/components/schemas/HTTPValidationError' }",
      "The server answers 422 in `application/json`, which isn't declared."
    ],
    [
      'another shape of what is answered in place of a handler',
      "        '500':\n",
      "        '503': { description: Away, content: { application/json: { schema: { type: integer } } } }\n        '500':\n",
      "The server answers 503 with a body that this schema doesn't allow."
    ],
    [
      'a header that they do not have',
      'schema: { type: string, const: Bearer }',
      'schema: { type: string }',
      'The server answers 401 without the header `WWW-Authenticate`, which is required and has no `const` or `default`.'
    ],
    [
      'an answer that is not declared',
      "        '413':",
      "        '499':",
      "The operation `login` doesn't declare the response 413: a body can be too large."
    ],
    [
      'the answer to a disabled user, which is not declared',
      "        '400': { $ref: '#/components/responses/InactiveUser' }\n",
      '',
      "The operation `readUsersMe` doesn't declare the response 400: its security scheme `OAuth2PasswordBearer` refuses with it."
    ],
    [
      'an HTTP authentication scheme of which nobody knows',
      '  securitySchemes:\n',
      '  securitySchemes:\n    Own: { type: http, scheme: Secret }\n',
      "The HTTP authentication scheme `Secret` isn't registered: clients don't know it."
    ],
    [
      'nobody is said to be let in',
      '      security: []\n',
      '',
      "The operation `login` doesn't say whom it lets in: it lets in everybody."
    ]
  ])('%s', async (_name, from, to, what) => {
    expect(loginText).toContain(from)
    expect(said([from, to])).toEqual([what])
    expect(await findings([[from, to]])).toEqual([])
  })
})

test.each(['validationFail', 'notFound', '404', 'constructor', '__proto__'])(
  'an operation may be called %s',
  async name => {
    const login = (): Promise<Reply> => Promise.resolve({ status: 400, body: { detail: name } })
    const operations = Object.fromEntries([...Object.entries(loginHandlers.operations), [name, login]])
    Reflect.deleteProperty(operations, 'login')
    const contract = editedLogin(['operationId: login', `operationId: '${name}'`])
    const server = await startLogin({ contract, handlers: { ...loginHandlers, operations } })
    const answer = await send(server.port, {
      method: 'POST',
      path: '/token',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: 'grant_type=password&username=a&password=b'
    })
    await server.close()
    expect([answer.status, answer.json]).toEqual([400, { detail: name }])
  }
)

test('an alias without an anchor, and one that leads into itself, are told with their place', () => {
  expect(() => parseContract('openapi: 3.1.0\ninfo: *none')).toThrow(
    /^openapi\.yaml:2:7 {2}isn't well-formed YAML: the alias/
  )
  expect(() => parseContract('openapi: 3.1.0\ninfo: &a { b: *a }')).toThrow(
    /^openapi\.yaml:2:15 {2}isn't well-formed YAML/
  )
})

describe('the document is valid for its version', () => {
  test.each<[string, string, string, string]>([
    ['OpenAPI 4', 'openapi: 3.1.0', 'openapi: 4.0.0', '1:10  is OpenAPI "4.0.0".'],
    ['no version', 'openapi: 3.1.0\n', '', '1:1  says no OpenAPI version.'],
    [
      'an unknown key',
      '      requestBody:',
      '      requestBodies:',
      `${at('requestBody:')}  \`requestBodies\` isn't known to OpenAPI 3.1 here.`
    ],
    [
      'a missing key',
      '          tokenUrl: /token\n',
      '',
      `${at('password:', loginText, loginText.indexOf('flows:'))}  \`tokenUrl\` is missing.`
    ],
    [
      'a value of the wrong type',
      'security: []',
      'security: nobody',
      `${at('security: []').replace(/\d+$/, '17')}  must be array.`
    ],
    [
      'a schema of an unknown type',
      "type: [boolean, 'null']",
      'type: bool',
      `${at("[boolean, 'null']")}  \`type\` isn't one of string, number,`
    ],
    [
      'a pattern that is none',
      '          pattern: ^password$',
      "          pattern: '('",
      `${at('^password$', loginText, loginText.indexOf('          pattern: ^password$'))}  isn't a regular expression: Invalid`
    ],
    [
      'a reference to nothing',
      '#/components/schemas/Token',
      '#/components/schemas/Tokn',
      `${at("'#/components/schemas/Token'")}  \`$ref: #/components/schemas/Tokn\` leads to nothing.`
    ],
    [
      'a reference to another file',
      '#/components/schemas/Token',
      'token.yaml',
      `${at("'#/components/schemas/Token'")}  \`$ref: token.yaml\` leads out of the file.`
    ]
  ])('%s', async (_name, from, to, finding) => {
    const found = await findings([[from, to]])
    expect(found[0]?.slice(0, finding.length)).toBe(finding)
  })

  test('what is not well-formed YAML is told with its place', () => {
    expect(() => parseContract('openapi: 3.1.0\ninfo: {\npaths: ]')).toThrow(
      /^openapi\.yaml:3:\d+ {2}isn't well-formed YAML/
    )
    expect(() => parseContract('a: 1\na: 2')).toThrow(
      /^openapi\.yaml:2:1 {2}isn't well-formed YAML: Map keys must be unique/
    )
    expect(() => parseContract('')).toThrow(/^openapi\.yaml:1:1 {2}is empty\./)
    expect(() => parseContract('- a list')).toThrow(/^openapi\.yaml:1:1 {2}says no OpenAPI version/)
  })

  test('names that look like keywords, and examples that look like references, are left alone', async () => {
    const edits: [string, string][] = [
      [
        '        username:\n          type: string\n          description: The name of the user, in',
        '        schema: { type: string }\n        $ref: { type: string }\n        username:\n          type: string\n          description: The name of the user, in'
      ],
      ['value: { detail: Inactive user }', "value: { detail: Inactive user, $ref: '#/nowhere' }"]
    ]
    expect(await findings(edits)).toEqual([])
  })
})

test('of a contract that fits, no place is asked for: the first one takes the parsing of the whole text', () => {
  const contract: Contract = {
    ...parseContract(loginText),
    place: path => {
      throw new Error(`nobody has to know where ${path} stands`)
    }
  }
  expect(conformanceFindings(contract, loginHandlers, production)).toEqual([])
  expect(advice(contract, loginHandlers, detailProblems)).toEqual([])
})

test('a parameter that is declared for a path which does not have it is found', async () => {
  const parameter = '{ name: id, in: path, required: true, schema: { type: string } }'
  const found = await findings([
    ['      operationId: login\n', `      operationId: login\n      parameters: [${parameter}]\n`]
  ])
  expect(found.join()).toContain('`/token` has no `{id}`.')
})

describe('a default that a handler would get', () => {
  const paths = (parameter: string, property: string): string => `
  /things:
    post:
      operationId: addThing
      parameters: [{ name: size, in: query, schema: { type: integer, ${parameter} } }]
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } }
      responses: { '200': { description: Fine, content: { application/json: { schema: { $ref: '#/components/schemas/Answer' } } } } }
components:
  schemas:
    Thing: { properties: { parts: { items: { properties: { note: { type: string, ${property} } } } } } }
    Answer: { properties: { note: { type: string, default: 1 } } }`
  const findingsOf = (
    parameter: string,
    property: string,
    mocks = false,
    handlers: object = { addThing: {} }
  ): string[] => {
    const text = `openapi: 3.1.0\ninfo: { title: T, version: '1' }\npaths:${paths(parameter, property)}`
    const code = { operations: handlers as Record<string, unknown>, security: {} }
    return conformanceFindings(parseContract(text), code, { mocks }).map(({ place, what }) => `${place} ${what}`)
  }

  test('is one that its schema allows', () => {
    expect(findingsOf('default: 1', 'default: a')).toEqual([])
    expect(findingsOf("default: '1'", 'default: 2')).toEqual([
      "openapi.yaml:7:79 The default isn't what its schema allows.",
      "openapi.yaml:12:91 The default isn't what its schema allows."
    ])
  })

  test('may be anything where there is only a mock', () => {
    expect(findingsOf("default: '1'", 'default: 2', true)).toHaveLength(2)
    expect(findingsOf("default: '1'", 'default: 2', true, {})).toEqual([])
  })
})

describe('what can be read in two ways is refused', () => {
  const findingsOf = (
    path: string,
    parameters: string,
    responses = ", responses: { '200': { description: Fine } }"
  ): string[] => {
    const text = `openapi: 3.1.0
info: { title: T, version: '1' }
components: { parameters: { Page: { name: page, in: query, schema: {} } } }
paths:
  ${path}: { get: { operationId: read, parameters: [${parameters}]${responses} } }`
    const code = { operations: { read: {} }, security: {} }
    return conformanceFindings(parseContract(text), code, { mocks: false }).map(({ what }) => what)
  }

  test.each([
    ['/{x}/{x}', '{ name: x, in: path, required: true, schema: {} }', ['`/{x}/{x}` has `{x}` more than once.']],
    [
      '/a',
      '{ name: q, in: query, schema: {} }, { name: q, in: query, schema: { type: integer } }',
      ['Another parameter is called `q` in `query`.']
    ],
    [
      '/a',
      '{ name: X-A, in: header, schema: {} }, { name: x-a, in: header, schema: {} }',
      ['Another parameter is called `x-a` in `header`.']
    ],
    ['/a', '{ name: q, in: query, schema: {} }, { name: q, in: cookie, schema: {} }', []],
    ['/a', "{ $ref: '#/components/parameters/Page' }, { $ref: '#/components/parameters/Page' }", []]
  ])('%s with %s', (path, parameters, wanted) => {
    expect(findingsOf(path, parameters)).toEqual(wanted)
  })

  test('and an operation to which no handler could reply', () => {
    expect(findingsOf('/a', '', '')).toEqual([
      "The operation `read` declares no response, so that its handler can't reply."
    ])
  })
})

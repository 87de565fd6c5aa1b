/** The tests that the contract writes, on contracts with more in them than this project's own has. */
import { describe, expect, test } from '@jest/globals'
import { exampleFindings } from '../../scripts/contract-tests/examples/example-findings.js'
import type { Contract, Reply, SecurityRequest } from '../../src/contract/index.js'
import { Coverage } from '../../scripts/contract-tests/coverage.js'
import { coveragePage } from '../../scripts/contract-tests/coverage-page.js'
import { missedLines } from '../../scripts/contract-tests/coverage-report.js'
import { coverageTable } from '../../scripts/contract-tests/coverage-table.js'
import { contractSuite, type Suite } from '../../scripts/contract-tests/suite.js'
import { targetAt } from '../../scripts/contract-tests/target.js'
import { ContractViolation } from '../../scripts/contract-tests/violation.js'
import { sampleContract, startSample } from '../support/sample.js'
import { editedLogin } from '../support/login.js'

const error = (status: number, detail: string, ...names: readonly string[]) => `
        '${status}':
          description: Refused
          headers: { WWW-Authenticate: { schema: { type: string } } }
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Problem' }
              examples: { ${names.map(name => `${name}: { value: { detail: ${detail} } }`).join(', ')} }`

const faults = error(500, 'Internal Server Error', 'unexpected')
const invalid = (loc: string, msg: string, type: string, limit?: number) => `
        '422':
          description: Invalid
          content:
            application/json:
              schema: { type: object, properties: { detail: { type: array, items: {} } } }
              examples: { invalid: { x-varies: true, value: { detail: [{ loc: ${loc}, msg: ${msg}, type: ${type}${limit === undefined ? '' : `, ctx: { limit_value: ${limit} }`} }] } } }`
const ofBody = `${error(413, 'Content Too Large', 'tooLarge')}${error(415, 'Unsupported Media Type', 'compressed')}`
const ok = (name: string) => `
        '200':
          description: Done
          content: { application/json: { schema: {}, examples: { ${name}: { value: fine } } } }`

const contract = sampleContract(
  `
  /session:
    post:
      operationId: logIn
      security: []
      requestBody:
        required: true
        content:
          application/x-www-form-urlencoded:
            schema: { type: object, required: [name], properties: { name: { type: string, minLength: 2 }, age: { type: integer } } }
            examples: { ann: { value: { name: ann } }, invalid: { value: { age: 7 } } }
      responses:
        '200':
          description: A token
          content:
            application/json:
              schema: { type: object, properties: { access_token: { type: string } } }
              examples: { ann: { value: { access_token: ann } } }${ofBody}${invalid('[body, name]', 'field required', 'value_error.missing')}${faults}
  /items/{id}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: integer, minimum: 1 }, examples: { seven: { value: 7 }, invalid: { value: 0 } } }
    delete:
      operationId: deleteItem
      security: [{ Login: [] }]
      responses:
        '204': { description: Gone }${error(401, 'Not authenticated', 'noToken', 'otherScheme', 'unknownToken')}${invalid('[path, id]', 'ensure this value is greater than or equal to 1', 'value_error.number.not_ge', 1)}${faults}
  /items:
    get:
      operationId: listItems
      security: []
      parameters:
        - { name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 9, default: 5 } }
        - { name: tag, in: query, schema: { type: array, items: { type: string } } }
        - { name: sort, in: query, style: pipeDelimited, explode: false, schema: { type: array, maxItems: 3, items: { enum: [name, age] } } }
        - { name: filter, in: query, content: { application/json: { schema: { type: object, required: [a] } } } }
        - { name: ids, in: query, schema: { type: array, items: { type: string, minLength: 1 } } }
        - { name: sex, in: query, schema: { enum: [f, m, null] } }
        - { name: X-Request-Id, in: header, schema: { type: string, minLength: 1 } }
        - { name: since, in: query, schema: { type: string, format: date } }
        - { name: X-Trace, in: header, required: true, schema: { type: string, minLength: 2, maxLength: 8 }, examples: { listed: { value: abc }, invalid: { value: a } } }
        - { name: theme, in: cookie, schema: { enum: [light, dark] } }
      responses:${ok('listed')}${invalid('[header, x-trace]', 'ensure this value has at least 2 characters', 'value_error.any_str.min_length', 2)}${faults}
    post:
      operationId: addItem
      security: []
      requestBody:
        required: true
        content:
          application/json:
            schema: { $ref: '#/components/schemas/Item' }
            examples: { nail: { value: { name: nail, count: 3 } }, invalid: { value: { name: nail } } }
      responses:${ok('nail')}${ofBody}${invalid('[body, count]', 'field required', 'value_error.missing')}${faults}`,
  `    Problem: { type: object, required: [detail], properties: { detail: { type: string } } }
    Item:
      allOf:
        - type: object
          required: [name]
          properties: { name: { type: string, minLength: 1, maxLength: 5, pattern: '^[a-z]+$' } }
        - type: object
          required: [count]
          properties:
            count: { type: integer, exclusiveMinimum: 0, multipleOf: 3 }
            price: { type: [number, 'null'], minimum: 0, maximum: 100 }
            size: { anyOf: [{ type: integer }, { enum: [s, m] }] }
            mail: { type: string, format: email }
            big: { type: integer, format: int64, minimum: 2147483648, maximum: 9007199254740990 }
            ratio: { type: number, exclusiveMinimum: 2000000000 }
            word: { type: string, pattern: '^(?=.*[A-Z]).{3,}$' }
            zero: { enum: [0, 1] }
            gone: false
            labels: { type: object, additionalProperties: { type: string } }
            tree: { $ref: '#/components/schemas/Tree' }
            kind: { const: tool }
            parts: { type: array, minItems: 1, maxItems: 2, uniqueItems: true, items: { $ref: '#/components/schemas/Part' } }
    Tree: { type: object, required: [children], properties: { children: { type: array, items: { $ref: '#/components/schemas/Tree' } } } }
    Part:
      type: object
      required: [id]
      additionalProperties: false
      properties: { id: { type: boolean }, parts: { type: array, items: { $ref: '#/components/schemas/Part' } } }
  securitySchemes:
    Login: { type: oauth2, flows: { password: { tokenUrl: /session, scopes: {} } } }`
)

const fine = () => Promise.resolve({ status: 200, body: 'fine' })
const operations: Record<string, (request: Record<string, unknown>) => Promise<Reply>> = {
  logIn: ({ form }) => Promise.resolve({ status: 200, body: { access_token: (form as { name: string }).name } }),
  deleteItem: () => Promise.resolve({ status: 204 }),
  listItems: fine,
  addItem: fine
}
const crash = () => Promise.reject(new Error('something unexpected'))
const refusal = {
  status: 401,
  detail: 'Not authenticated',
  headers: { 'WWW-Authenticate': 'Bearer' }
}
const login = {
  kind: 'bearer',
  refusals: [401],
  authenticate: ({ credentials }: SecurityRequest) =>
    Promise.resolve(credentials === 'ann' ? { user: 'ann' } : { refusal })
}

interface Outcome {
  readonly violations: string[]
  readonly suite: Suite
}

/** Runs the tests of a contract on a server that is made of it. */
const outcome = async (of: Contract, runs: number): Promise<Outcome> => {
  const servers = [
    await startSample(of, operations, { security: { Login: login } }),
    await startSample(of, operations, { security: { Login: { ...login, authenticate: crash } } }),
    await startSample(of, Object.fromEntries(Object.keys(operations).map(name => [name, crash])), {
      security: { Login: login }
    })
  ]
  const [target, security, handler] = servers.map(({ port }) => targetAt(`http://127.0.0.1:${port}`))
  if (!target || !security || !handler) throw new Error('there are three')
  const violations: string[] = []
  try {
    const suite = contractSuite({ contract: of, target, faulty: { security, handler }, runs, seed: 1 })
    for (const { operation, name, run } of suite.tests) {
      await run().catch((error: unknown) => {
        if (!(error instanceof ContractViolation)) throw error
        violations.push(`${operation}: ${name}\n${error.message}`)
      })
    }
    return { violations, suite }
  } finally {
    for (const one of [target, security, handler]) one.close()
    await Promise.all(servers.map(server => server.close()))
  }
}

describe('a contract with parameters, JSON and every keyword', () => {
  test('has examples that all have partners', async () => {
    expect(await exampleFindings(contract)).toEqual([])
  })

  test('is tried in all its parts, and a server that is made of it passes', async () => {
    const { violations, suite } = await outcome(contract, 150)
    expect(violations).toEqual([])
    expect(missedLines(contract, suite.coverage)).toEqual([])
  })
})

/** The contract of this project with one more operation, which has two examples. */
const withOperation = (second: string) =>
  editedLogin([
    '\ncomponents:\n',
    `
  /users/me/items:
    get:
      operationId: readOwnItems
      security: [{ OAuth2PasswordBearer: [] }]
      responses:
        '200':
          description: The items of the current user.
          content:
            application/json:
              schema: { type: array }
              examples:
                johndoe: { value: [] }
                ${second}: { value: [] }
        '401': { $ref: '#/components/responses/Unauthorized' }
components:
`
  ])

const testsOf = (of: Contract): string[] => {
  const suite = contractSuite({ contract: of, target: targetAt('http://127.0.0.1:1'), runs: 1, seed: 1 })
  return suite.tests.filter(({ operation }) => operation === 'GET /users/me/items').map(({ name }) => name)
}

describe('an operation that is added to the contract', () => {
  test('has its tests at once', () => {
    expect(testsOf(withOperation('scopes')).slice(0, 3)).toEqual([
      'the example johndoe is answered 200',
      'the example scopes is answered 200',
      'the example noToken is answered 401'
    ])
    expect(testsOf(withOperation('scopes'))).toContain('valid requests are answered as declared (1 of them)')
    expect(testsOf(withOperation('scopes'))).toContain('another scheme is answered 401')
  })

  test('needs a request for each of its examples', async () => {
    const [finding, none] = await exampleFindings(withOperation('bob'))
    expect([finding?.place, finding?.what, none]).toEqual([
      expect.stringMatching(/^openapi\.yaml:\d+:17$/),
      'No request leads to the example `bob`: give an example of the request the same name.',
      undefined
    ])
  })
})

test('what was never tried is told with its place', () => {
  const coverage = new Coverage()
  const operation = 'POST /items'
  const at = '/components/schemas/Part'
  coverage.add({ operation, pointer: at, kind: 'answer', words: '200', answer: '200', ways: ['reached'] })
  coverage.add({ operation, pointer: at, kind: 'answer', words: '201', answer: '201', ways: ['reached'] })
  coverage.add({ operation, pointer: `${at}/type`, kind: 'rule', words: '`type`', ways: ['accepted', 'refused'] })
  coverage.hit({ operation, pointer: at, answer: '200' }, 'reached')
  coverage.hit({ operation, pointer: `${at}/type` }, 'accepted')
  const place = (path: string): string => contract.place(path, 'key')
  expect(missedLines(contract, coverage)).toEqual([
    `${place(at)}  POST /items: 201 was never reached.`,
    `${place(`${at}/type`)}  POST /items: \`type\` was never refused.`
  ])
  expect(coverageTable(contract, coverage)).toMatch(
    /✓ .* 200 [^]*✗ .* 201 [^]*✗ .*`type` +1 +0\n\nContract coverage: 50 % \(1 of 2\).*, 50 % \(1 of 2\)/
  )
  const page = coveragePage(contract, coverage.items)
  expect(page.match(/<tr [^>]*class="missed"/g)).toHaveLength(2)
  expect(page).toContain('← `type`: never refused')
})

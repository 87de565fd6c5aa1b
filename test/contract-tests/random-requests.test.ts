/** Random requests that raise no false alarm: breaches that something else mends, and logins that take their time. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from '@jest/globals'
import { type Contract, parseContract } from '../../src/contract/index.js'
import { missedLines } from '../../scripts/contract-tests/coverage-report.js'
import type { SuiteOptions } from '../../scripts/contract-tests/operation-suite.js'
import { contractSuite } from '../../scripts/contract-tests/suite.js'
import { targetAt } from '../../scripts/contract-tests/target.js'

type Answer = readonly [status: number, body: unknown]

/** Runs the tests of a contract on a server of one operation, a POST. */
const outcome = async (
  contract: Contract,
  answer: (body: string) => Answer | Promise<Answer>,
  options: Partial<SuiteOptions> = {}
) => {
  let asked = 0
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      asked++
      const isJson = /^application\/(json|x-www-form-urlencoded)$/.test(request.headers['content-type'] ?? '')
      const answered: Answer | Promise<Answer> =
        request.method !== 'POST' ? [405, {}] : isJson ? answer(body) : [400, { title: 'Bad Request' }]
      void Promise.resolve(answered).then(([status, value]) => {
        response.writeHead(status, { 'Content-Type': 'application/json', ...(status === 405 && { Allow: 'POST' }) })
        response.end(JSON.stringify(value))
      })
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const target = targetAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  try {
    const { tests, coverage } = contractSuite({ contract, target, runs: 50, seed: 1, ...options })
    const found: string[] = []
    const own = tests.filter(({ operation }) => operation === tests[0]?.operation)
    for (const { name, run } of own) await run().catch((error: unknown) => found.push(`${name}: ${String(error)}`))
    return {
      asked,
      names: tests.map(({ name }) => name),
      found,
      missed: missedLines(contract, coverage),
      leftOut: coverage.leftOut
    }
  } finally {
    target.close()
    server.close()
    server.closeAllConnections()
  }
}

const contractOf = (schema: string): Contract =>
  parseContract(`openapi: 3.1.0
info: { title: Things, version: '1' }
paths:
  /things:
    post:
      operationId: addThing
      security: []
      requestBody: { required: true, content: { application/json: { schema: ${schema}, examples: { one: { value: { a: x, k: y } } } } } }
      responses:
        '201': { description: Added, content: { application/json: { schema: {}, examples: { one: { value: {} } } } } }
        '400':
          description: Refused
          content: { application/json: { schema: { type: object, properties: { title: { type: string } } } } }
`)

/** A server that judges by a schema, with defaults filled in or not. */
const judging = (contract: Contract, useDefaults: boolean) => {
  const { value } = contract.resolve('/paths/~1things/post/requestBody/content/application~1json/schema')
  const validate = new Ajv2020({ strict: false, useDefaults }).compile(value as object)
  return (body: string): Answer => {
    const parsed: unknown = body === '' ? undefined : parse(body)
    return parsed !== undefined && validate(parsed) ? [201, {}] : [400, { title: 'Bad Request' }]
  }
}
const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const text = '{ type: string }'
describe('a rule that something else can mend is no failure', () => {
  test.each([
    ['too few fields, by an unknown one', `{ type: object, minProperties: 1, properties: { a: ${text}, b: ${text} } }`],
    ['one of two fields, by an unknown one', `{ type: object, properties: { a: ${text} }, minProperties: 2 }`],
    [
      'a missing field, by its default',
      `{ type: object, required: [k], properties: { a: ${text}, k: { type: string, default: x } } }`
    ],
    [
      'one of several, by its default',
      `{ type: object, properties: { a: ${text}, k: { type: string, default: x } }, anyOf: [{ required: [a] }, { required: [k] }] }`
    ],
    [
      'too few fields, by a default',
      `{ type: object, minProperties: 1, properties: { a: ${text}, k: { type: string, default: x } } }`
    ]
  ])('%s', async (_what, schema) => {
    const contract = contractOf(schema.replace('minProperties: 2', 'minProperties: 1'))
    for (const useDefaults of [false, true]) {
      const { found, missed } = await outcome(contract, judging(contract, useDefaults))
      expect({ useDefaults, found, missed }).toEqual({ useDefaults, found: [], missed: [] })
    }
  })

  test('but one that nothing mends is', async () => {
    const contract = contractOf(`{ type: object, minProperties: 1, properties: { a: ${text} } }`)
    const { found } = await outcome(contract, () => [201, {}])
    expect(found).toContainEqual(
      expect.stringContaining('A request that breaks `minProperties 1` is answered 201, not 400')
    )
  })

  test('and what no request can break is said', async () => {
    const contract = contractOf(
      `{ type: object, required: [k], properties: { a: ${text}, k: { type: string, default: x } } }`
    )
    const { leftOut } = await outcome(contract, judging(contract, true))
    const why = 'no request was found that breaks it, and nothing else'
    expect(leftOut).toContainEqual({ what: 'POST /things `required` of k', why })
  })
})

test('what only the server says is not sent, and no rule of requests', async () => {
  const contract = contractOf(
    `{ type: object, required: [a], properties: { a: ${text}, id: { type: string, minLength: 2, readOnly: true } } }`
  )
  const judge = judging(contract, false)
  const { found, missed, leftOut } = await outcome(contract, body =>
    body.includes('"id":') ? [400, { title: 'Not yours' }] : judge(body)
  )
  expect({ found, missed, leftOut }).toEqual({ found: [], missed: [], leftOut: [] })
})

const logins = parseContract(`openapi: 3.1.0
info: { title: Logins, version: '1' }
paths:
  /token:
    post:
      operationId: logIn
      security: []
      requestBody:
        required: true
        content:
          application/x-www-form-urlencoded:
            schema: { type: object, required: [username], properties: { username: ${text}, scope: ${text}, client_id: { type: string, maxLength: 5 } } }
            examples: { ann: { value: { username: ann } } }
      responses:
        '200':
          description: A token
          content: { application/json: { schema: { type: object, properties: { access_token: ${text} } }, examples: { ann: { value: { access_token: t }, x-varies: true } } } }
        '400':
          description: Refused
          content: { application/json: { schema: { type: object, properties: { title: ${text} } } } }
  /me:
    get:
      operationId: me
      security: [{ Login: [] }]
      responses: { '204': { description: Yes } }
components:
  securitySchemes: { Login: { type: oauth2, flows: { password: { tokenUrl: /token, scopes: {} } } } }
`)

test('logins that take their time get no more of it than they may, and how many there were is said', async () => {
  const milliseconds = 50
  const slow = async (body: string): Promise<Answer> => {
    const form = new URLSearchParams(body)
    const [id, ...more] = form.getAll('client_id')
    const names = form.getAll('username')
    const isBroken = names.length !== 1 || names[0] === '' || more.length > 0 || !/^.{0,5}$/su.test(id ?? '')
    if (isBroken || form.getAll('scope').length > 1) return [400, { title: 'Bad Request' }]
    await wait(milliseconds)
    return [200, { access_token: 't' }]
  }
  const options = { runs: 1000, seconds: 1 }
  const started = performance.now()
  const { names, found, leftOut } = await outcome(logins, slow, options)
  expect(found).toEqual([])
  expect(names).toContain('valid requests are answered as declared (1000 of them, or as many as 1 s allow)')
  const [note] = leftOut.filter(({ why }) => why === '1 s were over (CONTRACT_SECONDS)')
  const tried = Number(/^POST \/token (\d+) of 1000 random valid requests$/.exec(note?.what ?? '')?.[1])
  expect(tried).toBeGreaterThan(0)
  expect(tried).toBeLessThanOrEqual(1000 / milliseconds + 1)
  expect(performance.now() - started).toBeGreaterThan(1000)
})

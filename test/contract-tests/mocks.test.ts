/** The tests that a contract writes, on mocks of contracts that are as strangers write them: none is a false alarm. */
import { expect, test } from '@jest/globals'
import { type Contract, formalSecurity, type Handlers, parseContract } from '../../src/contract/index.js'
import { production } from '../../src/app.js'
import { problemDetails } from '../../src/http/problem-details.js'
import { runsOfMock } from '../../scripts/contract-tests/properties.js'
import { isMockServer } from '../../scripts/contract-tests/mocked.js'
import { contractSuite } from '../../scripts/contract-tests/suite.js'
import { targetAt } from '../../scripts/contract-tests/target.js'
import { ContractViolation } from '../../scripts/contract-tests/violation.js'
import { startApp } from '../support/server.js'

/** Runs the tests of a contract on its mock, or on that of another. */
const outcome = async (
  contract: Contract,
  {
    served = contract,
    below = '',
    operations = {}
  }: {
    served?: Contract
    below?: string
    operations?: Handlers<unknown>['operations']
  } = {}
) => {
  const handlers = { operations, security: formalSecurity(served) }
  const mode = { ...production, strictReplies: true, mocks: true, reasons: true }
  const server = await startApp({ contract: served, handlers, services: {}, problems: problemDetails, mode })
  const target = targetAt(`http://127.0.0.1:${server.port}${below}`)
  try {
    const isMock = await isMockServer(contract, target)
    const { tests, coverage } = contractSuite({ contract, target, runs: 60, seed: 1, isMock })
    const found: string[] = []
    for (const { operation, name, run } of tests) {
      await run().catch((error: unknown) => {
        if (!(error instanceof ContractViolation)) throw error
        found.push(`${operation}: ${name}\n${error.message}`)
      })
    }
    const { items, leftOut } = coverage
    return { isMock, found, items, leftOut, names: tests.map(({ operation, name }) => `${operation}: ${name}`) }
  } finally {
    target.close()
    await server.close()
  }
}

const contractOf = (paths: string, more = ''): Contract =>
  parseContract(`openapi: 3.1.0
info: { title: Foreign, version: '1' }
${more}
paths:
${paths}`)

const ok = "responses: { '200': { description: Done, content: { application/json: { schema: { type: object } } } } }"

test('operations are asked below the path of the server, which the shown requests have', async () => {
  const server = 'servers: [{ url: "https://api.example.com/{version}", variables: { version: { default: v2 } } }]'
  const path = `  /things: { get: { parameters: [{ name: n, in: query, schema: { type: integer } }], ${ok} } }`
  const contract = contractOf(path, server)
  expect((await outcome(contract)).found).toEqual([])
  expect((await outcome(contractOf(path), { served: contract, below: '/v2' })).found).toEqual([])
  const { found } = await outcome(contract, { served: contractOf(path) })
  expect(found[0]).toContain('/v2/things')
})

test('a URL with a path stands for the server of the contract', async () => {
  const path = `  /things: { get: { ${ok} } }`
  const served = contractOf(path, 'servers: [{ url: /api }]')
  const contract = contractOf(path, 'servers: [{ url: https://api.example.com/v2 }]')
  expect((await outcome(contract, { served, below: '/api' })).found).toEqual([])
})

test('parameters of every style and type are read as they are sent', async () => {
  const list = '{ type: array, minItems: 1, maxItems: 3, items: { type: string, maxLength: 5 } }'
  const object =
    '{ type: object, required: [a], additionalProperties: false, properties: { a: { type: integer }, b: { type: string } } }'
  const styles: readonly (readonly [location: string, style: string])[] = [
    ...['simple', 'label', 'matrix'].map(style => ['path', style] as const),
    ['header', 'simple'],
    ...['form', 'spaceDelimited', 'pipeDelimited'].map(style => ['query', style] as const),
    ['cookie', 'form']
  ]
  const parameter = (location: string, style: string, explode: boolean, schema: string): string =>
    `{ name: ${schema === list ? 'list' : 'map'}, in: ${location}, required: true, style: ${style}, explode: ${explode}, schema: ${schema} }`
  const paths = styles.flatMap(([location, style], index) =>
    [true, false].flatMap(explode =>
      [list, object].map(schema => {
        const name = location === 'path' ? `/{${schema === list ? 'list' : 'map'}}` : ''
        return `  /p${index}/${explode ? 'x' : 'y'}/${schema === list ? 'list' : 'map'}${name}: { get: { parameters: [${parameter(location, style, explode, schema)}], ${ok} } }`
      })
    )
  )
  const deep = `  /deep: { get: { parameters: [{ name: map, in: query, style: deepObject, required: true, schema: ${object} }], ${ok} } }`
  const { found, items } = await outcome(contractOf([...paths, deep].join('\n')))
  expect(found).toEqual([])
  const rules = items.filter(({ kind, words }) => kind === 'rule' && words.includes('of a in'))
  expect(
    rules.filter(({ hits }) => (hits.refused ?? 0) === 0).map(({ operation, words }) => operation + words)
  ).toEqual([])
})

test('forms have lists, and objects as JSON or in a style', async () => {
  const schema =
    '{ type: object, required: [tags, map], properties: { tags: { type: array, items: { type: string } }, map: { type: object, properties: { n: { type: integer } } }, deep: { type: object, required: [n], properties: { n: { type: integer } } } } }'
  const form = `{ schema: ${schema}, encoding: { tags: { explode: false }, deep: { style: deepObject } } }`
  const body = `requestBody: { required: true, content: { application/x-www-form-urlencoded: ${form} } }`
  expect((await outcome(contractOf(`  /form: { post: { ${body}, ${ok} } }`))).found).toEqual([])
})

test('a refusal that an operation does not declare is in the words of the server', async () => {
  const id = '{ name: id, in: path, required: true, schema: { type: integer } }'
  const answers = "responses: { '204': { description: Done }, '404': { description: None } }"
  const secured = 'security: [{ Key: [] }]\ncomponents: { securitySchemes: { Key: { type: http, scheme: basic } } }'
  const { found, names } = await outcome(
    contractOf(
      `  /a/{id}: { get: { parameters: [${id}], ${ok} }, delete: { parameters: [${id}], ${answers} } }`,
      secured
    )
  )
  expect(found).toEqual([])
  expect(names).toContain('DELETE /a/{id}: no credentials is answered 401')
})

test('and so is it on a server with handlers, where it declares no 400 and no 422', async () => {
  const operations = { read: () => Promise.resolve({ status: 200, body: {} }) }
  const parameters = 'parameters: [{ name: n, in: query, schema: { type: integer } }]'
  const answers = ok.replace('{ type: object } } } }', "{ type: object } } } }, '404': { description: None }")
  const contract = contractOf(`  /a: { get: { operationId: read, ${parameters}, ${answers} } }`)
  expect(await outcome(contract, { operations })).toMatchObject({ isMock: false, found: [] })
})

test('a mock is asked with any credentials, and what it cannot know of them is said', async () => {
  const secured =
    'security: [{ Token: [] }]\ncomponents: { securitySchemes: { Token: { type: http, scheme: bearer } } }'
  const { isMock, found, names, leftOut } = await outcome(contractOf(`  /a: { post: { ${ok} } }`, secured))
  expect({ isMock, found }).toEqual({ isMock: true, found: [] })
  expect(names).toContain('POST /a: anybody may ask')
  const why = 'a mock takes any credentials of the right form'
  expect(leftOut).toContainEqual({ what: 'POST /a an unknown token', why })
})

const shown = `
  /things/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: integer }, examples: { one: { value: 1 }, other: { value: 2 }, lost: { value: 3 }, bad: { value: x } } }]
    get:
      responses:
        '200':
          description: Found
          content: { application/json: { schema: { type: integer }, examples: { one: { value: 11 }, other: { value: 12 } } } }
        '404':
          description: Lost
          content: { application/json: { schema: { type: string }, examples: { lost: { value: gone } } } }
        '400':
          description: Bad
          content: { application/json: { schema: { type: string }, examples: { bad: { value: no } } } }`

test('each example is wished for from a mock, which knows no state', async () => {
  const { found, items, leftOut } = await outcome(contractOf(shown))
  expect(found).toEqual([])
  const reached = items.filter(({ kind, hits }) => kind === 'answer' && (hits.reached ?? 0) > 0)
  expect(reached.map(({ words }) => words)).toEqual(expect.arrayContaining([expect.stringMatching(/404 .* lost$/)]))
  const why = 'its request breaks the contract, so that a mock refuses it'
  const refused = leftOut.filter(one => one.why === why).map(({ what }) => what)
  expect(refused).toEqual(['GET /things/{id} 400 application/json bad'])
})

test('a mock that refuses a valid example, or answers another than is wished for, is found', async () => {
  const refusing = contractOf(
    shown.replace(
      '{ type: integer }, examples: { one: { value: 1 }',
      '{ type: integer, minimum: 2 }, examples: { one: { value: 1 }'
    )
  )
  const { found } = await outcome(contractOf(shown), { served: refusing })
  expect(found.join('\n')).toContain('The example `one` is answered 422, not 200.')
  const other = await outcome(contractOf(shown), { served: contractOf(shown.replace('value: 12', 'value: 13')) })
  expect(other.found.join('\n')).toContain('The example `other` is answered with another body than 12')
})

test('what no answer has may be in its example', async () => {
  const schema = '{ type: object, properties: { name: { type: string }, pin: { type: string, writeOnly: true } } }'
  const content = `{ application/json: { schema: ${schema}, examples: { ann: { value: { name: ann, pin: '1' } } } } }`
  const { found, items } = await outcome(
    contractOf(`  /a: { get: { responses: { '200': { description: Done, content: ${content} } } } }`)
  )
  expect([found, items.map(({ hits }) => hits.reached)]).toEqual([[], [1]])
})

test('what has to be sent as something that nothing is said of is left out, with the reason', async () => {
  const body = 'requestBody: { required: true, content: { multipart/form-data: {} } }'
  const { found, leftOut, names } = await outcome(contractOf(`  /file: { post: { ${body}, ${ok} } }`))
  expect(found).toEqual([])
  expect(names.some(name => name.includes('valid requests'))).toBe(false)
  const why = "its body has to be multipart/form-data without a schema, which these tests can't write"
  expect(leftOut).toContainEqual({ what: 'POST /file in whole', why })
})

test('fields that only a condition names are declared', async () => {
  const schema =
    '{ type: object, properties: { a: { type: string } }, if: { required: [a], properties: { a: { const: x } } }, then: { properties: { b: { type: string } } }, dependentSchemas: { a: { properties: { c: { type: string } } } } }'
  const answer = `responses: { '200': { description: Done, content: { application/json: { schema: ${schema}, example: { a: x, b: y, c: z } } } } }`
  expect((await outcome(contractOf(`  /a: { get: { ${answer} } }`))).found).toEqual([])
})

test('an answer without a body is right where there can be none', async () => {
  const content = 'content: { application/json: { schema: { type: object } } }'
  const answers = `responses: { '200': { description: Done, ${content} } }`
  const empty = `responses: { '204': { description: Done, ${content} } }`
  expect((await outcome(contractOf(`  /a: { head: { ${answers} }, put: { ${empty} } }`))).found).toEqual([])
})

test('an operation that declares no answer has none that could be wrong', async () => {
  const parameter = '{ name: n, in: query, schema: { type: integer } }'
  expect((await outcome(contractOf(`  /a: { get: { parameters: [${parameter}] } }`))).found).toEqual([])
})

test('a mock gets fewer requests to each operation the more there are', () => {
  expect([1, 10, 50, 1000].map(runsOfMock)).toEqual([500, 500, 100, 20])
})

test('bodies of every kind are sent as they are declared, valid and broken', async () => {
  const body = (content: string): string => `requestBody: { required: true, content: { ${content} } }`
  const file = '{ type: string, format: binary, minLength: 2 }'
  const form = `{ type: object, required: [title, photo], additionalProperties: false, properties: {
    photo: ${file}, title: { type: string, minLength: 2 }, size: { type: integer }, more: { type: array, items: {} } } }`
  const headers = '{ X-Width: { required: true, schema: { type: integer, minimum: 7 } }, X-Other: { schema: {} } }'
  const list = '{ type: object, required: [a], properties: { a: { type: array, minItems: 2, items: {} } } }'
  const paths: readonly (readonly [name: string, content: string])[] = [
    [
      'json',
      'application/merge-patch+json: { schema: { type: object, required: [a], properties: { a: { type: integer } } } }'
    ],
    ['text', 'text/csv: { schema: { type: string, maxLength: 9, pattern: "^[a-z,]*$" } }'],
    ['anyText', 'text/*: {}'],
    ['image', `image/*: { schema: ${file} }`],
    ['anything', '"*/*": {}'],
    ['form', `multipart/form-data: { schema: ${form}, encoding: { photo: { contentType: "image/png, image/*" } } }`],
    ['heads', `multipart/form-data: { schema: ${list}, encoding: { a: { headers: ${headers} } } }`],
    [
      'several',
      `image/png: {}, text/plain: { schema: { type: string, minLength: 1 } }, multipart/form-data: { schema: ${form} }`
    ]
  ]
  const contract = contractOf(
    paths.map(([name, content]) => `  /${name}: { post: { ${body(content)}, ${ok} } }`).join('\n')
  )
  const { found, names, leftOut } = await outcome(contract)
  expect(found).toEqual([])
  expect(leftOut).toEqual([])
  for (const [name, words] of [
    ['text', 'maxLength'],
    ['json', 'of a are'],
    ['form', 'title'],
    ['form', 'required'],
    ['image', 'the media type image/*'],
    ['several', 'minLength']
  ] as const) {
    expect(names).toContainEqual(expect.stringMatching(new RegExp(`^POST /${name}: .*${words.replace('*', '[*]')}`)))
  }
})

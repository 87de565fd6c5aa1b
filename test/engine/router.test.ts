import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { production } from '../../src/app.js'
import { send } from '../../scripts/contract-tests/client.js'
import { pathFindings } from '../../src/contract/checks/path-findings.js'
import { operationsOf } from '../../src/contract/openapi/operation-object.js'
import { sampleContract, serverAnswers, startSample } from '../support/sample.js'
import type { TestServer } from '../support/server.js'

const operation = (operationId: string, ...names: readonly string[]): string => {
  const parameters = names.map(name => `{ name: ${name}, in: path, required: true, schema: { type: string } }`)
  const answers = `'200': { description: Fine, content: { application/json: { schema: {} } } }, ${serverAnswers}`
  return `{ operationId: ${operationId}, security: [], parameters: [${parameters.join(', ')}], responses: { ${answers} } }`
}

const contract = sampleContract(`
  /a/{x}: { get: ${operation('readX', 'x')} }
  /a/{y}: { post: ${operation('writeY', 'y')} }
  /a/{other}/b: { get: ${operation('readB', 'other')} }
  /c/{__proto__}-{constructor}: { get: ${operation('readNames', '__proto__', 'constructor')} }
  /käse/{id}: { get: ${operation('readCheese', 'id')} }`)

let server: TestServer
beforeAll(async () => {
  const names = ['readX', 'writeY', 'readB', 'readNames', 'readCheese']
  const echo = (name: string) => (request: Record<string, unknown>) =>
    Promise.resolve({ status: 200, body: [name, Object.entries(request['params'] as object)] })
  server = await startSample(contract, Object.fromEntries(names.map(name => [name, echo(name)])), { mode: production })
})
afterAll(() => server.close())

test.each([
  ['GET', '/a/1', ['readX', [['x', '1']]]],
  ['POST', '/a/1', ['writeY', [['y', '1']]]],
  ['GET', '/a/1/b', ['readB', [['other', '1']]]],
  ['GET', '/a/a%2Fb', ['readX', [['x', 'a/b']]]],
  ['GET', '/k%c3%a4se/%C3%A4', ['readCheese', [['id', 'ä']]]]
])('%s %s has parameters with the names that its own operation gives them', async (method, path, body) => {
  expect((await send(server.port, { method, path })).json).toEqual(body)
})

test('parameters have any names', async () => {
  const { json } = await send(server.port, { path: '/c/1-2' })
  expect(json).toEqual([
    'readNames',
    [
      ['__proto__', '1'],
      ['constructor', '2']
    ]
  ])
})

test('the methods of equal templates are allowed together', async () => {
  const answer = await send(server.port, { method: 'DELETE', path: '/a/1' })
  expect([answer.status, answer.headers.allow]).toEqual([405, 'GET, POST'])
})

test('one method of two equal templates is a mistake, told at the second', () => {
  const twins = sampleContract(`
  /a/{x}: { get: ${operation('first', 'x')} }
  /b/{x}: { get: ${operation('other', 'x')} }
  /a/{y}: { get: ${operation('second', 'y')} }`)
  expect(pathFindings(twins, operationsOf(twins))).toEqual([
    {
      place: 'openapi.yaml:7:3',
      what: '`/a/{y}` matches the same paths as `/a/{x}`.',
      todo: 'Make one path of them.'
    }
  ])
  expect(pathFindings(contract, operationsOf(contract))).toEqual([])
})

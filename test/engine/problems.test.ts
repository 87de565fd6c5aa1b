import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { send } from '../../scripts/contract-tests/client.js'
import { problemDetails } from '../../src/http/problem-details.js'
import { detailProblems } from '../support/login.js'
import { sampleContract, serverAnswers, startSample } from '../support/sample.js'
import type { TestServer } from '../support/server.js'

const operation = (id: string, mediaType: string) => `
  /${id}:
    post:
      operationId: ${id}
      security: []
      requestBody: { content: { ${mediaType}: { schema: { type: object } } } }
      responses: { '200': { description: Fine }, ${serverAnswers} }`
const contract = sampleContract(
  operation('form', 'application/x-www-form-urlencoded') + operation('json', 'application/json')
)

const fine = () => Promise.resolve({ status: 200 })
let server: TestServer
beforeAll(async () => {
  const problems = { ...detailProblems, undeclaredMediaType: 'refused' } as const
  server = await startSample(contract, { form: fine, json: fine }, { problems })
})
afterAll(() => server.close())

const post = async (path: string, type: string | undefined, body: string): Promise<unknown[]> => {
  const headers: Record<string, string> = type === undefined ? {} : { 'Content-Type': type }
  const { status, json } = await send(server.port, { method: 'POST', path, headers, body })
  return [status, json]
}

test.each([
  ['/form', 'application/json', '{}', 'Send application/x-www-form-urlencoded'],
  ['/form', 'text/plain', 'a', 'Send application/x-www-form-urlencoded'],
  ['/form', undefined, 'a', 'Send application/x-www-form-urlencoded'],
  ['/json', 'application/x-www-form-urlencoded', 'a=1', 'Send application/json']
])('to %s, a body in %s is refused with what is wanted', async (path, type, body, detail) => {
  expect(await post(path, type, body)).toEqual([415, { detail }])
})

test.each([
  ['/form', 'application/x-www-form-urlencoded', 'a=1'],
  ['/json', 'application/json', '{}'],
  ['/form', undefined, '']
])('to %s, a body in %s is taken', async (path, type, body) => {
  expect((await post(path, type, body))[0]).toBe(200)
})

test('problem details tell a broken rule by its place in the body, or by the name of the parameter', () => {
  const rule = { keyword: 'minimum', params: {}, message: 'must be >= 1', rule: '' }
  const broken = [
    { ...rule, part: 'body', path: ['a/b', '0'] },
    { ...rule, part: 'body', path: ['# ä\ud800'] },
    { ...rule, part: 'body', path: [] },
    { ...rule, part: 'query', path: ['limit'] },
    { ...rule, part: 'path', path: ['id'] },
    { ...rule, part: 'header', path: ['X-Limit'] },
    { ...rule, part: 'cookie', path: ['limit'] }
  ] as const
  expect(problemDetails.body({ status: 422, broken })).toEqual({
    type: 'about:blank',
    title: 'Unprocessable Entity',
    status: 422,
    errors: [
      { pointer: '#/a~1b/0', detail: 'must be >= 1' },
      { pointer: '#/%23%20%C3%A4%EF%BF%BD', detail: 'must be >= 1' },
      { pointer: '#', detail: 'must be >= 1' },
      { parameter: 'limit', detail: 'must be >= 1' },
      { parameter: 'id', detail: 'must be >= 1' },
      { header: 'X-Limit', detail: 'must be >= 1' },
      { cookie: 'limit', detail: 'must be >= 1' }
    ]
  })
})

test('problem details say why, where there is more to say than the status does', () => {
  const about = { type: 'about:blank', title: 'Unauthorized', status: 401 }
  expect(problemDetails.body({ status: 401, detail: 'Not authenticated' })).toEqual({
    ...about,
    detail: 'Not authenticated'
  })
  expect(problemDetails.body({ status: 401 })).toEqual(about)
})

test.each([
  ['8c2a2a4e-2f2b-4d0c-9f0e-3f9a0f6d1c11', 'urn:uuid:8c2a2a4e-2f2b-4d0c-9f0e-3f9a0f6d1c11'],
  ['4bf92f3577b34da6a3ce929d0e0e4736', '#4bf92f3577b34da6a3ce929d0e0e4736'],
  ['proxy-1:a.b/c+d=', '#proxy-1:a.b/c+d=']
])('problem details say the id of the request, %s, as a URI: %s', (id, instance) => {
  expect(problemDetails.body({ status: 401, requestId: () => id })).toMatchObject({ instance })
  expect(new URL(instance, 'http://x').href).toContain(id)
})

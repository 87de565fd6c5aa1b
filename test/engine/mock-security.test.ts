import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { production } from '../../src/app.js'
import { formalSecurity } from '../../src/contract/serve/mock/formal-security.js'
import { send } from '../../scripts/contract-tests/client.js'
import { sampleContract, serverAnswers, startSample } from '../support/sample.js'
import type { TestServer } from '../support/server.js'

const schemes = {
  headerKey: '{ type: apiKey, in: header, name: X-Key }',
  queryKey: '{ type: apiKey, in: query, name: api key }',
  cookieKey: '{ type: apiKey, in: cookie, name: session }',
  basic: '{ type: http, scheme: basic }',
  bearer: '{ type: http, scheme: Bearer }',
  digest: '{ type: http, scheme: digest }',
  oauth: '{ type: oauth2, flows: { clientCredentials: { tokenUrl: http://localhost/token, scopes: {} } } }',
  openId: '{ type: openIdConnect, openIdConnectUrl: http://localhost/ }',
  certificate: '{ type: mutualTLS }',
  both: undefined
}

const operation = (name: string): string => `
  /${name}:
    get:
      operationId: ${name}
      security: [${name === 'both' ? '{ headerKey: [], bearer: [] }' : `{ ${name}: [] }`}]
      responses:
        '204': { description: Let in }
        ${serverAnswers.split(', ').join('\n        ')}`

let server: TestServer

beforeAll(async () => {
  const declared = Object.entries(schemes).flatMap(([name, scheme]) =>
    scheme === undefined ? [] : `    ${name}: ${scheme}`
  )
  const contract = sampleContract(
    Object.keys(schemes).map(operation).join(''),
    `  securitySchemes:\n${declared.join('\n')}`
  )
  const mode = { ...production, strictReplies: true, mocks: true }
  server = await startSample(contract, {}, { security: formalSecurity(contract), mode })
})

afterAll(() => server.close())

test.each<[path: string, headers: Record<string, string>]>([
  ['/headerKey', { 'x-key': 'k' }],
  ['/queryKey?a=b&api%20key=k', {}],
  ['/cookieKey', { cookie: 'a=b; session=s' }],
  ['/basic', { authorization: 'Basic dTpw' }],
  ['/bearer', { authorization: 'bearer t' }],
  ['/digest', { authorization: 'Digest username="u"' }],
  ['/oauth', { authorization: 'Bearer t' }],
  ['/openId', { authorization: 'Bearer  t' }],
  ['/certificate', {}],
  ['/both', { 'x-key': 'k', authorization: 'Bearer t' }]
])('%s lets in who sends %j', async (path, headers) => {
  expect((await send(server.port, { path, headers })).status).toBe(204)
})

test.each<[path: string, headers: Record<string, string>, detail: string]>([
  ['/headerKey', {}, 'Send a key as the header X-Key.'],
  ['/headerKey', { 'x-key': '' }, 'Send a key as the header X-Key.'],
  ['/queryKey', { 'api-key': 'k' }, 'Send a key as the query parameter api key.'],
  ['/queryKey?api%20key=', {}, 'Send a key as the query parameter api key.'],
  ['/cookieKey', { cookie: 'other=s' }, 'Send a key as the cookie parameter session.'],
  ['/basic', { authorization: 'Bearer t' }, 'Send the header Authorization with the scheme basic.'],
  ['/basic', { authorization: 'Basic dTo' }, 'Send the header Authorization with the scheme basic.'],
  ['/cookieKey', { cookie: 'session=a; session=b' }, 'Send a key as the cookie parameter session.'],
  ['/bearer', { authorization: 'Bearer' }, 'Send the header Authorization with the scheme Bearer.'],
  ['/digest', {}, 'Send the header Authorization with the scheme digest.'],
  ['/oauth', { authorization: 'Basic dTpw' }, 'Send the header Authorization with the scheme Bearer.'],
  ['/openId', { authorization: 'Bearert' }, 'Send the header Authorization with the scheme Bearer.'],
  ['/both', { 'x-key': 'k' }, 'Send the header Authorization with the scheme Bearer.']
])('%s turns away who sends %j', async (path, headers, detail) => {
  const { status, json } = await send(server.port, { path, headers })
  expect([status, json]).toEqual([401, { detail }])
})

test.each([
  ['/basic', 'Basic realm="mock"'],
  ['/bearer', 'Bearer realm="mock"'],
  ['/digest', 'Digest realm="mock"'],
  ['/openId', 'Bearer realm="mock"'],
  ['/headerKey', 'ApiKey realm="mock"']
])('%s tells whom it turns away by which scheme to ask, and that a mock said so', async (path, challenge) => {
  const { status, headers } = await send(server.port, { path })
  expect([status, headers['www-authenticate'], headers['x-mock']]).toEqual([401, challenge, 'true'])
})

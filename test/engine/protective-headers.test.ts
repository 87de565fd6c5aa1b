import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Sent, send } from '../../scripts/contract-tests/client.js'
import type { Reply } from '../../src/contract/index.js'
import { sampleContract, serverAnswers, startSample } from '../support/sample.js'
import type { TestServer } from '../support/server.js'

const operation = (id: string, security: string, response: string) => `
  /${id}:
    get:
      operationId: ${id}
      security: ${security}
      responses: { '200': { description: Fine, ${response} }, ${serverAnswers} }`
const json = 'content: { application/json: { schema: { type: string } } }'
const text = 'content: { text/plain: { schema: { type: string } } }'
const own = (more: string) => `headers: { Cache-Control: { schema: { type: string ${more} } } }`

const contract = sampleContract(
  [
    operation('open', '[]', json),
    operation('openText', '[]', text),
    operation('known', '[{ Key: [] }]', json),
    operation('maybe', '[{}, { Key: [] }]', json),
    operation('said', '[{ Key: [] }]', `${json}, ${own('')}`),
    operation('constant', '[{ Key: [] }]', `${json}, ${own(', const: private')}`)
  ].join(''),
  '  securitySchemes: { Key: { type: apiKey, in: header, name: X-Key } }'
)

const fine = (): Promise<Reply> => Promise.resolve({ status: 200, body: 'x' })
const operations = {
  open: fine,
  openText: fine,
  known: fine,
  maybe: fine,
  said: () => Promise.resolve({ status: 200, body: 'x', headers: { 'cache-control': 'private, max-age=60' } }),
  constant: fine
}
const authenticate = ({ credentials: key }: { readonly credentials: unknown }) =>
  Promise.resolve(key === undefined ? { refusal: { status: 401, detail: 'No key' } } : { user: key })

let server: TestServer
beforeAll(async () => {
  server = await startSample(contract, operations, {
    security: { Key: { kind: 'apiKey', refusals: [401], authenticate } }
  })
})
afterAll(() => server.close())

const known = { 'X-Key': 'k' }
const bearer = { Authorization: 'Bearer x' }
const rows: [
  what: string,
  request: Sent,
  status: number,
  cacheControl: string | undefined,
  nosniff: string | undefined
][] = [
  ['JSON for anybody', { path: '/open' }, 200, undefined, 'nosniff'],
  ['another type for anybody', { path: '/openText' }, 200, undefined, undefined],
  ['JSON for who is known', { path: '/known', headers: known }, 200, 'no-store', 'nosniff'],
  ['a refusal', { path: '/known' }, 401, 'no-store', 'nosniff'],
  ['what may be for who is known', { path: '/maybe' }, 200, 'no-store', 'nosniff'],
  ['what a handler says how to store', { path: '/said', headers: known }, 200, 'private, max-age=60', 'nosniff'],
  ['what the contract says how to store', { path: '/constant', headers: known }, 200, 'private', 'nosniff'],
  ['a 405', { path: '/open', method: 'POST' }, 405, undefined, 'nosniff'],
  ['a 405 for a token', { path: '/open', method: 'POST', headers: bearer }, 405, 'no-store', 'nosniff'],
  ['a 404', { path: '/nowhere' }, 404, undefined, 'nosniff'],
  ['a 404 for a token', { path: '/nowhere', headers: bearer }, 404, 'no-store', 'nosniff'],
  ['a 404 for a cookie', { path: '/nowhere', headers: { Cookie: 'a=b' } }, 404, 'no-store', 'nosniff'],
  ['the contract', { path: '/openapi.json' }, 200, 'no-cache', 'nosniff']
]

test.each(rows)(
  '%s: what it is, and whether it may be stored',
  async (_what, request, status, cacheControl, nosniff) => {
    const { headers, ...answer } = await send(server.port, request)
    expect([answer.status, headers['cache-control'], headers['x-content-type-options']]).toEqual([
      status,
      cacheControl,
      nosniff
    ])
  }
)

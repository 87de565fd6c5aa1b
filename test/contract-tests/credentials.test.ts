/** Who asks, by each kind of security scheme: the tests that the contract writes know how each takes its credentials. */
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from '@jest/globals'
import { parseContract } from '../../src/contract/index.js'
import { missedLines } from '../../scripts/contract-tests/coverage-report.js'
import type { KnownAskers } from '../../scripts/contract-tests/known-askers.js'
import { contractSuite } from '../../scripts/contract-tests/suite.js'
import { targetAt } from '../../scripts/contract-tests/target.js'

const contractOf = (security: string, schemes: string) =>
  parseContract(`openapi: 3.1.0
info: { title: Secrets, version: '1' }
paths:
  /secret:
    get:
      operationId: readSecret
      security: ${security}
      responses:
        '200':
          description: The secret of whoever asks.
          content: { text/plain: { schema: { type: string }, examples: { ann: { value: for ann }, bob: { value: for bob } } } }
        '401':
          description: Nobody asks.
          content: { text/plain: { schema: { type: string }, examples: { noToken: { value: no }, unknownToken: { value: no }, otherScheme: { value: no } } } }
components: { securitySchemes: ${schemes} }
`)

type NameOf = (request: IncomingMessage, url: URL) => string | undefined

const failures = async (contract: ReturnType<typeof contractOf>, credentials: KnownAskers, nameOf: NameOf) => {
  const server = createServer((request, response) => {
    const name = nameOf(request, new URL(request.url ?? '', 'http://server'))
    response.setHeader('Content-Type', 'text/plain')
    response.setHeader('WWW-Authenticate', 'Bearer')
    if (request.method !== 'GET') response.writeHead(405, { Allow: 'GET' }).end()
    else response.writeHead(name === undefined ? 401 : 200).end(name === undefined ? 'no' : `for ${name}`)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const target = targetAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  try {
    const { tests, coverage } = contractSuite({ contract, target, credentials, runs: 20, seed: 1 })
    const failed: string[] = []
    for (const { name, run } of tests) await run().catch((error: unknown) => failed.push(`${name}: ${String(error)}`))
    return [...failed, ...missedLines(contract, coverage)]
  } finally {
    target.close()
    server.close()
  }
}

const byKey: Record<string, string> = { k1: 'ann', k2: 'bob' }
const nameOf = (key: string | null | undefined): string | undefined => byKey[key ?? '']
const keys = { ann: { apiKey: 'k1' }, bob: { apiKey: 'k2' } }
const base64 = (text: string): string => Buffer.from(text).toString('base64')

test.each<[what: string, scheme: string, credentials: KnownAskers, nameOf: NameOf]>([
  [
    'a key in a header',
    '{ type: apiKey, in: header, name: X-Key }',
    keys,
    ({ headers }) => nameOf(String(headers['x-key']))
  ],
  [
    'a key in the query',
    '{ type: apiKey, in: query, name: api key }',
    keys,
    (_, url) => nameOf(url.searchParams.get('api key'))
  ],
  [
    'a key in a cookie',
    '{ type: apiKey, in: cookie, name: session }',
    keys,
    ({ headers }) => nameOf(/^session=(\w+)$/.exec(headers.cookie ?? '')?.[1])
  ],
  [
    'Basic',
    '{ type: http, scheme: Basic }',
    { ann: { username: 'ann', password: 'p:1' }, bob: { username: 'bob', password: 'p2' } },
    ({ headers: { authorization = '' } }) =>
      ['ann:p:1', 'bob:p2'].find(one => authorization === `Basic ${base64(one)}`)?.slice(0, 3)
  ],
  [
    'a bearer token',
    '{ type: http, scheme: bearer }',
    { ann: { token: 'k1' }, bob: { token: 'k2' } },
    ({ headers: { authorization = '' } }) => nameOf(/^Bearer (\w+)$/.exec(authorization)?.[1])
  ]
])('with %s each is answered as the example of the same name', async (_what, scheme, credentials, nameOfAsker) => {
  expect(await failures(contractOf('[{ It: [] }]', `{ It: ${scheme} }`), credentials, nameOfAsker)).toEqual([])
})

test('of two keys that are asked for together, each has its value by the name of its scheme', async () => {
  const schemes = '{ App: { type: apiKey, in: header, name: X-App }, Key: { type: apiKey, in: query, name: key } }'
  const credentials = { ann: { App: 'mine', apiKey: 'k1' }, bob: { App: 'mine', Key: 'k2' } }
  const asker: NameOf = ({ headers }, url) =>
    headers['x-app'] === 'mine' ? nameOf(url.searchParams.get('key')) : undefined
  expect(await failures(contractOf('[{ App: [], Key: [] }]', schemes), credentials, asker)).toEqual([])
})

test('of two ways to ask, that one is taken for which there are credentials', async () => {
  const schemes = '{ Mutual: { type: mutualTLS }, Key: { type: apiKey, in: header, name: X-Key } }'
  const asker: NameOf = ({ headers }) => nameOf(String(headers['x-key']))
  expect(await failures(contractOf('[{ Mutual: [] }, { Key: [] }]', schemes), keys, asker)).toEqual([])
})

test('a server that takes one key for another is found out', async () => {
  const contract = contractOf('[{ Key: [] }]', '{ Key: { type: apiKey, in: header, name: X-Key } }')
  const found = await failures(contract, keys, ({ headers }) => ('x-key' in headers ? 'ann' : undefined))
  expect(found).toContainEqual(
    expect.stringContaining('The example `bob` is answered with another body than "for bob"')
  )
  expect(found).toContainEqual(expect.stringContaining('These credentials are answered 200, not 401.'))
})

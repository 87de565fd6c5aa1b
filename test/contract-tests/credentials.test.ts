/** Who asks, by each kind of security scheme: the tests that the contract writes know how each takes its credentials. */
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from '@jest/globals'
import { parseContract, securityKind, securitySchemeNames } from '../../src/contract/index.js'
import { missedLines } from '../../scripts/contract-tests/coverage-report.js'
import type { KnownAskers } from '../../scripts/contract-tests/known-askers.js'
import { contractSuite } from '../../scripts/contract-tests/suite.js'
import { targetAt } from '../../scripts/contract-tests/target.js'

const contractOf = (security: string, schemes: string, names: readonly string[] = ['ann', 'bob']) =>
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
          content: { text/plain: { schema: { type: string }, examples: { ${names.map(name => `${name}: { value: for ${name} }`).join(', ')} } } }
        '401':
          description: Nobody asks.
          content: { text/plain: { schema: { type: string }, examples: { noToken: { value: no }, unknownToken: { value: no }, otherScheme: { value: no } } } }
components: { securitySchemes: ${schemes} }
`)

type NameOf = (request: IncomingMessage, url: URL) => string | undefined

const failures = async (
  contract: ReturnType<typeof contractOf>,
  credentials: KnownAskers,
  nameOf: NameOf,
  users?: KnownAskers
) => {
  const isByKeys = securitySchemeNames(contract).every(name => securityKind(contract, name) === 'apiKey')
  const server = createServer((request, response) => {
    const name = nameOf(request, new URL(request.url ?? '', 'http://server'))
    response.setHeader('Content-Type', 'text/plain')
    if (!isByKeys) response.setHeader('WWW-Authenticate', 'Bearer') // for keys there is nothing to say
    if (request.method !== 'GET') response.writeHead(405, { Allow: 'GET' }).end()
    else response.writeHead(name === undefined ? 401 : 200).end(name === undefined ? 'no' : `for ${name}`)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const target = targetAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  try {
    const { tests, coverage } = contractSuite({ contract, target, credentials, users, runs: 20, seed: 1 })
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

const keyAndBasic = [
  '{ Key: { type: apiKey, in: header, name: X-Key }',
  'Staff: { type: http, scheme: basic }',
  'Own: { type: http, scheme: Own } }'
].join(', ')
const ann = { apiKey: 'k1', username: 'ann', password: 'p', Own: 'o' }
const sentBy = ({ headers: { 'x-key': key, authorization = '' } }: IncomingMessage) => ({
  hasKey: key === 'k1',
  isStaff: authorization === `Basic ${base64('ann:p')}`,
  isOwn: authorization === 'Own o'
})
const annIf = (isLetIn: boolean): string | undefined => (isLetIn ? 'ann' : undefined)

test.each<[security: string, rule: string, is: (sent: ReturnType<typeof sentBy>) => boolean, found: string[]]>([
  ['[{ Key: [], Staff: [] }]', 'both', ({ hasKey, isStaff }) => hasKey && isStaff, []],
  [
    '[{ Key: [], Staff: [] }]',
    'the key alone',
    ({ hasKey }) => hasKey,
    ['no credentials', 'an unknown key or password', 'a scheme without credentials', 'another scheme']
      .concat('a name without a password', 'a name and a password that are not encoded')
      .concat('a name and a password that are no UTF-8')
      .map(what => `${what} for Staff is answered 401`)
  ],
  [
    '[{ Key: [], Staff: [] }]',
    'the password alone',
    ({ isStaff }) => isStaff,
    ['no credentials', 'an unknown key or password', 'an empty key'].map(what => `${what} for Key is answered 401`)
  ],
  ['[{ Key: [] }, { Staff: [] }]', 'either', ({ hasKey, isStaff }) => hasKey || isStaff, []],
  ['[{ Key: [] }, { Staff: [] }]', 'only a key', ({ hasKey }) => hasKey, ['ann may ask by Staff']],
  ['[{ Key: [] }, { Key: [], Staff: [] }]', 'the key alone', ({ hasKey }) => hasKey, []],
  ['[{ Key: [] }, { Own: [] }]', 'either', ({ hasKey, isOwn }) => hasKey || isOwn, []],
  ['[{ Key: [] }, { Own: [], Staff: [] }]', 'either', ({ hasKey }) => hasKey, ['ann may ask by Own and Staff']]
])('of %s, a server that takes %s is asked in all ways', async (security, _rule, isLetIn, found) => {
  const asker: NameOf = request => annIf(isLetIn(sentBy(request)))
  const failed = await failures(contractOf(security, keyAndBasic, ['ann']), { ann }, asker)
  expect(failed.map(text => text.slice(0, text.indexOf(':')))).toEqual(found)
})

test('a server that decodes what is malformed as well as it can is found out', async () => {
  const contract = contractOf('[{ Staff: [] }]', keyAndBasic, ['ann'])
  const found = await failures(contract, { ann }, ({ headers: { authorization = '' } }) => {
    const [, text = ''] = /^basic ?(.*)$/i.exec(authorization) ?? []
    return annIf(text !== '' && !text.includes(base64('nobody:no')))
  })
  expect(found).toContainEqual(expect.stringMatching(/^a name and a password that are not encoded is answered 401: /))
})

test('no message shows how a real user logs in, encoded or not', async () => {
  const contract = contractOf('[{ Key: [], Staff: [] }]', keyAndBasic, ['ann'])
  const users = { ann: { apiKey: 'k3y-of-ann', username: 'ann', password: 'p4ss-of-ann' } }
  const found = (await failures(contract, {}, () => undefined, users)).join('\n')
  expect(found).toContain('<apiKey of ann>')
  expect(found).toContain('Basic <username and password of ann>')
  for (const secret of ['k3y-of-ann', 'p4ss-of-ann', base64('ann:p4ss-of-ann')]) expect(found).not.toContain(secret)
})

test('a server that takes one key for another is found out', async () => {
  const contract = contractOf('[{ Key: [] }]', '{ Key: { type: apiKey, in: header, name: X-Key } }')
  const found = await failures(contract, keys, ({ headers }) => ('x-key' in headers ? 'ann' : undefined))
  expect(found).toContainEqual(
    expect.stringContaining('The example `bob` is answered with another body than "for bob"')
  )
  expect(found).toContainEqual(expect.stringContaining('These credentials are answered 200, not 401.'))
})

/** Security that is optional, and certificates that a proxy passes on: how the tests that a contract writes try them. */
import { expect, test } from '@jest/globals'
import type { Handlers, SecurityRequest } from '../../src/contract/index.js'
import type { KnownAskers } from '../../scripts/contract-tests/known-askers.js'
import { contractSuite } from '../../scripts/contract-tests/suite.js'
import { targetAt } from '../../scripts/contract-tests/target.js'
import { sampleContract, startSample } from '../support/sample.js'

const contractOf = (security: string, more = '') =>
  sampleContract(
    `
  /who:
    get:
      operationId: who
      security: ${security}
      responses:
        '200': { description: Who, content: { application/json: { schema: {} } } }${more}`,
    `  securitySchemes:
    Key: { type: apiKey, in: header, name: X-Key }
    Token: { type: http, scheme: bearer }
    Certificate: { type: mutualTLS }`
  )

const known: KnownAskers = { ann: { apiKey: 'k', token: 't', Certificate: 'X-Client-Cert: ann' } }

const knows =
  (right: string) =>
  ({ credentials }: SecurityRequest) =>
    Promise.resolve(credentials === right ? { user: 'ann' } : undefined)
const security = {
  Key: { kind: 'apiKey', refusals: [401], authenticate: knows('k') },
  Token: { kind: 'bearer', refusals: [401], authenticate: knows('t') },
  Certificate: {
    kind: 'mutualTLS',
    refusals: [401],
    certificate: headers => String(headers['x-client-cert'] ?? ''),
    authenticate: knows('ann')
  }
} as Handlers<unknown>['security']

type Who = (request: { readonly user?: unknown; readonly headers?: { readonly 'x-key'?: string } }) => {
  readonly status: number
  readonly body?: unknown
}

/** The tests about security of a contract on a server of another one, and which of them fail. */
const outcome = async (
  contract: ReturnType<typeof contractOf>,
  {
    served = contract,
    who = () => ({ status: 200, body: 1 }),
    credentials = known
  }: { served?: typeof contract; who?: Who; credentials?: KnownAskers } = {}
) => {
  const used = served.document.paths?.['/who']?.get?.security?.flatMap(one => Object.keys(one)) ?? []
  const handlers = Object.fromEntries(Object.entries(security).filter(([name]) => used.includes(name)))
  const server = await startSample(served, { who: request => Promise.resolve(who(request)) }, { security: handlers })
  const target = targetAt(`http://127.0.0.1:${server.port}`)
  try {
    const { tests, coverage } = contractSuite({ contract, target, credentials, runs: 1, seed: 1 })
    const about = tests.filter(({ name }) => /optional|is answered 401|may ask/.test(name))
    const failed: string[] = []
    for (const { name, run } of about) await run().catch((error: unknown) => failed.push(`${name}: ${String(error)}`))
    return {
      names: about.map(({ name }) => name),
      failed: failed.map(text => text.split('\n')[0]),
      leftOut: coverage.leftOut
    }
  } finally {
    target.close()
    await server.close()
  }
}

const optional = '[{ Key: [] }, { Token: [] }, {}]'
const declared401 = "\n        '401': { $ref: '#/components/responses/Error' }"

test('optional security is tried with nothing, with what lets nobody in, and by each alternative', async () => {
  const { names, failed } = await outcome(contractOf(optional))
  expect(failed).toEqual([])
  expect(names).toEqual([
    'whoever sends no credentials may ask, as its security is optional',
    'an unknown key or password makes no difference where security is optional',
    'an unknown key or password for Key makes no difference where security is optional',
    'an empty key for Key makes no difference where security is optional',
    'another scheme for Key makes no difference where security is optional',
    'an unknown key or password for Token makes no difference where security is optional',
    'a scheme without credentials for Token makes no difference where security is optional',
    'another scheme for Token makes no difference where security is optional',
    'ann may ask by Key, as its security is optional',
    'ann may ask by Token, as its security is optional'
  ])
})

test('a server that lets in only whom it knows is found out; where it declares a 401, by what it answers to nobody', async () => {
  const served = contractOf('[{ Token: [] }]', declared401)
  const { failed } = await outcome(contractOf('[{ Token: [] }, {}]', declared401), { served })
  expect(failed).toEqual([expect.stringContaining('whoever sends no credentials may ask')])
})

test('a server that forgets about one of the ways is found out', async () => {
  const only: Who = ({ user }) => (user === 'ann' ? { status: 500 } : { status: 200, body: 1 })
  const { failed } = await outcome(contractOf('[{ Key: [] }, {}]'), { who: only })
  expect(failed).toEqual([expect.stringContaining('ann may ask by Key')])
})

test('a server that answers otherwise to what lets nobody in is found out', async () => {
  const looksAtKeys: Who = ({ headers: { 'x-key': key } = {} }) =>
    [undefined, 'k'].includes(key) ? { status: 200, body: 1 } : { status: 403, body: {} }
  const more = "\n        '403': { $ref: '#/components/responses/Error' }"
  const served = contractOf('[]', `${more}\n      parameters: [{ name: X-Key, in: header, schema: {} }]`)
  const { failed } = await outcome(contractOf('[{ Key: [] }, {}]', more), { served, who: looksAtKeys })
  expect(failed).toEqual([
    expect.stringMatching(/^an unknown key or password makes no difference.* these credentials are answered 403\.$/),
    expect.stringMatching(/^an empty key makes no difference/)
  ])
})

test('a certificate is what a proxy passes on of it', async () => {
  const contract = contractOf('[{ Certificate: [] }]', declared401)
  const { names, failed, leftOut } = await outcome(contract)
  expect(failed).toEqual([])
  expect(names).toEqual(expect.arrayContaining(['no credentials is answered 401', 'ann may ask']))
  expect(leftOut.filter(({ what }) => what.includes('Certificate'))).toEqual([])
})

test('where nobody says how, a certificate is left out, and that is told', async () => {
  const { leftOut } = await outcome(contractOf('[{ Certificate: [] }, { Key: [] }]', declared401), {
    credentials: { ann: { apiKey: 'k' } }
  })
  expect(leftOut).toContainEqual({
    what: 'GET /who by Certificate',
    why: 'nothing says how a proxy passes a certificate on: say who it is in test/seed.ts, or in CONTRACT_USERS'
  })
})

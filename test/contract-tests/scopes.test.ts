/** Each scope that an operation asks for: the tests that the contract writes log in without it, and have to be refused. */
import { expect, test } from '@jest/globals'
import type { SecurityRequest } from '../../src/contract/index.js'
import { lesserForm } from '../../scripts/contract-tests/lesser-form.js'
import { contractSuite } from '../../scripts/contract-tests/suite.js'
import { targetAt } from '../../scripts/contract-tests/target.js'
import { sampleContract, startSample } from '../support/sample.js'

const contractOf = (security: string, scope = 'read write') =>
  sampleContract(
    `
  /token:
    post:
      operationId: logIn
      security: []
      requestBody:
        required: true
        content:
          application/x-www-form-urlencoded:
            schema: { type: object, required: [username], properties: { username: { type: string }, scope: { type: string } } }
            examples: { ann: { value: { username: ann, scope: ${scope} } } }
      responses:
        '200':
          description: A token
          content:
            application/json:
              schema: { type: object, properties: { access_token: { type: string }, scope: { type: string } } }
              examples: { ann: { value: { access_token: ${scope}, scope: ${scope} } } }
  /who:
    get:
      operationId: who
      security: ${security}
      responses:
        '200': { description: Who, content: { application/json: { schema: {}, examples: { ann: { value: ann } } } } }
        '401': { $ref: '#/components/responses/Error' }
        '403': { $ref: '#/components/responses/Error' }`,
    `  securitySchemes:
    OAuth: { type: oauth2, flows: { password: { tokenUrl: /token, scopes: { read: R, write: W, admin: A } } } }`
  )

/** The names of the tests about scopes that fail, and why some weren't tried, on a server that grants what `granted` says. */
const outcome = async (
  security: string,
  { scope, granted = asked => asked }: { scope?: string; granted?: (asked: string) => string }
) => {
  const contract = contractOf(security, scope)
  const OAuth = {
    kind: 'bearer',
    refusals: [401],
    authenticate: ({ credentials }: SecurityRequest) =>
      Promise.resolve(
        typeof credentials === 'string' && !credentials.startsWith('no')
          ? { user: 'ann', granted: granted(credentials).split(' ') }
          : undefined
      )
  }
  const logIn = ({ form }: Record<string, unknown>) => {
    const { scope: asked = '' } = form as { scope?: string }
    return Promise.resolve({ status: 200, body: { access_token: asked, scope: asked } })
  }
  const who = ({ user }: Record<string, unknown>) => Promise.resolve({ status: 200, body: user })
  const server = await startSample(contract, { logIn, who }, { security: { OAuth } })
  const target = targetAt(`http://127.0.0.1:${server.port}`)
  try {
    const { tests, coverage } = contractSuite({ contract, target, runs: 1, seed: 1 })
    const failed: string[] = []
    for (const { name, run } of tests.filter(one => one.name.includes('without the scope'))) {
      await run().catch((error: unknown) => failed.push(`${name}: ${String(error)}`))
    }
    return { tests: tests.map(({ name }) => name).filter(name => name.includes('without the scope')), failed, coverage }
  } finally {
    target.close()
    await server.close()
  }
}

const without = (scope: string): string => `a token for OAuth without the scope ${scope} is answered 403`

test('each scope is tried alone, and a server that compares them passes', async () => {
  const { tests, failed } = await outcome('[{ OAuth: [read, write] }]', {})
  expect([tests, failed]).toEqual([[without('read'), without('write')], []])
})

test('a server that forgets about a scope is found out, with the line that asks for it', async () => {
  const { failed } = await outcome('[{ OAuth: [read, write] }]', { granted: asked => `${asked} write` })
  expect(failed).toEqual([expect.stringContaining('Without the scope it is answered 200, not 403.')])
  expect(failed).toEqual([expect.stringContaining(without('write'))])
})

test('another scope is asked for in place of the only one', async () => {
  expect((await outcome('[{ OAuth: [read] }]', { scope: 'read' })).failed).toEqual([])
  expect((await outcome('[{ OAuth: [read] }]', { scope: 'read', granted: () => 'read' })).failed).toHaveLength(1)
})

test('a token that is enough in another way is not refused', async () => {
  const { tests } = await outcome('[{ OAuth: [read, write] }, { OAuth: [read] }]', {})
  expect(tests).toEqual([without('read')])
})

test('where nobody can ask for less, it is said', async () => {
  const { failed, coverage } = await outcome('[{ OAuth: [read, write, admin] }]', { scope: 'read write admin' })
  expect(failed).toEqual([])
  expect(coverage.leftOut.filter(({ what }) => what.includes('without the scope'))).toEqual([])
  const { coverage: all } = await outcome('[{ OAuth: [read, write, admin] }]', {
    scope: 'read',
    granted: () => 'read write admin'
  })
  expect(all.leftOut).toContainEqual({
    what: `GET /who ${without('write')}`,
    why: "`ann` can't log in for less than its scopes"
  })
})

test.each<[form: unknown, others: string[], lesser: unknown]>([
  [{ a: 1, scope: 'r w' }, [], { a: 1, scope: 'w' }],
  [{ scope: ['r', 'w'] }, [], { scope: ['w'] }],
  [{ scope: 'r' }, ['x', 'y'], { scope: 'x' }],
  [{ scope: ['r'] }, ['x'], { scope: ['x'] }],
  [{ scope: 'r' }, [], undefined],
  [{ scope: 'w' }, ['x'], undefined],
  [{}, ['x'], undefined],
  ['r', ['x'], undefined]
])('the form %j without the scope r, with %j in its place, is %j', (form, others, lesser) => {
  expect(lesserForm(form, 'r', others)).toEqual(lesser)
})

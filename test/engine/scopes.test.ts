/** Scopes come from the contract: the engine compares what was granted with what an operation asks for. */
import { describe, expect, test } from '@jest/globals'
import { conformanceFindings, type Handlers } from '../../src/contract/index.js'
import { production } from '../../src/app.js'
import { send } from '../../scripts/contract-tests/client.js'
import { sampleContract, serverAnswers, startSample } from '../support/sample.js'

const contract = (security: string) =>
  sampleContract(
    `
  /who:
    get:
      operationId: who
      security: ${security}
      responses:
        '200': { description: Who, content: { application/json: { schema: {} } } }
        '403': { $ref: '#/components/responses/Error' }
        ${serverAnswers.replaceAll(', ', '\n        ')}`,
    `  securitySchemes:
    OAuth:
      type: oauth2
      flows:
        password: { tokenUrl: 'https://login.example/token', scopes: { read: Read, write: Write } }
        clientCredentials: { tokenUrl: 'https://login.example/token', scopes: { admin: Everything } }
    Key: { type: apiKey, in: header, name: X-Key }`
  )

/** Lets in who sends the header of a name; its value says what is granted. */
const scheme = (header: string, kind: string): Handlers<unknown>['security'][string] => ({
  kind,
  refusals: [401],
  authenticate: ({ headers }) => {
    const value = headers[header]
    if (typeof value !== 'string') return Promise.resolve({ refusal: { status: 401, detail: `no ${header}` } })
    const granted = value === 'all' ? 'all' : value.split(' ')
    return Promise.resolve(value === 'nothing' ? { user: header } : { user: header, granted })
  }
})

const security = { OAuth: scheme('authorization', 'bearer'), Key: scheme('x-key', 'apiKey') }
const operations = {
  who: ({ user, granted }: Record<string, unknown>) =>
    Promise.resolve({ status: 200, body: [user ?? 'nobody', granted] })
}

const ask = async (asked: string, headers: Readonly<Record<string, string>>) => {
  const server = await startSample(contract(asked), operations, { security })
  try {
    const answer = await send(server.port, { path: '/who', headers })
    const { detail } = answer.json as { detail?: unknown }
    return [answer.status, detail ?? answer.json, answer.headers['www-authenticate']]
  } finally {
    await server.close()
  }
}

const lacking = (scopes: string) => [403, 'Insufficient scope', `Bearer error="insufficient_scope", scope="${scopes}"`]

describe('an operation that asks for scopes', () => {
  test.each<[string, Record<string, string>, unknown[]]>([
    ['[{ OAuth: [read] }]', { Authorization: 'read' }, [200, ['authorization', ['read']], undefined]],
    ['[{ OAuth: [read] }]', { Authorization: 'write read' }, [200, ['authorization', ['write', 'read']], undefined]],
    ['[{ OAuth: [read] }]', { Authorization: 'all' }, [200, ['authorization', ['read', 'write', 'admin']], undefined]],
    ['[{ OAuth: [read] }]', { Authorization: 'write' }, lacking('read')],
    ['[{ OAuth: [read] }]', { Authorization: 'reader' }, lacking('read')],
    ['[{ OAuth: [read] }]', { Authorization: 'nothing' }, lacking('read')],
    ['[{ OAuth: [read, write] }]', { Authorization: 'read' }, lacking('read write')],
    ['[{ OAuth: [read] }]', {}, [401, 'no authorization', undefined]],
    ['[{ OAuth: [] }]', { Authorization: 'nothing' }, [200, ['authorization', []], undefined]]
  ])('%s of %j', async (asked, headers, answer) => {
    expect(await ask(asked, headers)).toEqual(answer)
  })

  test.each<[string, Record<string, string>, unknown[]]>([
    [
      '[{ OAuth: [admin] }, { OAuth: [read] }]',
      { Authorization: 'read' },
      [200, ['authorization', ['read']], undefined]
    ],
    ['[{ OAuth: [admin] }, { OAuth: [read] }]', { Authorization: 'write' }, lacking('admin')],
    ['[{ OAuth: [read] }, { Key: [] }]', { 'X-Key': 'nothing' }, [200, ['x-key', []], undefined]],
    ['[{ Key: [] }, { OAuth: [read] }]', { Authorization: 'write' }, lacking('read')],
    ['[{ OAuth: [read], Key: [] }]', { Authorization: 'write' }, [401, 'no x-key', undefined]],
    ['[{ OAuth: [read], Key: [] }]', { Authorization: 'write', 'X-Key': 'k' }, lacking('read')],
    [
      '[{ OAuth: [read], Key: [] }]',
      { Authorization: 'read', 'X-Key': 'k' },
      [200, ['authorization', ['read', 'k']], undefined]
    ],
    ['[{ OAuth: [read] }, {}]', { Authorization: 'write' }, [200, ['nobody', []], undefined]],
    ['[{ Key: [clerk] }]', { 'X-Key': 'boss' }, [403, 'Insufficient scope', undefined]],
    ['[{ Key: [clerk] }]', { 'X-Key': 'all' }, [200, ['x-key', ['clerk']], undefined]]
  ])('in one of several ways, %s of %j', async (asked, headers, answer) => {
    expect(await ask(asked, headers)).toEqual(answer)
  })

  test('asks a scheme once for each request, however many alternatives name it', async () => {
    let asked = 0
    const counting = {
      ...scheme('authorization', 'bearer'),
      authenticate: () => {
        asked += 1
        return Promise.resolve({ user: 'somebody', granted: ['write'] })
      }
    }
    const both = contract('[{ OAuth: [read] }, { OAuth: [write] }]')
    const server = await startSample(both, operations, { security: { ...security, OAuth: counting } })
    try {
      expect((await send(server.port, { path: '/who' })).json).toEqual(['somebody', ['write']])
      expect(asked).toBe(1)
    } finally {
      await server.close()
    }
  })

  test('names only scopes that a flow declares; roles of other schemes are declared nowhere', () => {
    const findings = (asked: string) =>
      conformanceFindings(contract(asked), { operations, security }, production).map(({ what }) => what)
    expect(findings('[{ OAuth: [admin] }, { Key: [clerk] }]')).toEqual([])
    expect(findings('[{ OAuth: [read, delete] }]')).toEqual(['No flow of `OAuth` declares the scope `delete`.'])
  })
})

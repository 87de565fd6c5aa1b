import { describe, expect, test } from '@jest/globals'
import { type Handlers, parseContract } from '../../src/contract/index.js'
import { send, sendBytes } from '../../scripts/contract-tests/client.js'
import { sampleContract, serverAnswers, startSample } from '../support/sample.js'

const contract = (security: string) =>
  sampleContract(
    `
  /who:
    get:
      operationId: who
      security: ${security}
      responses: { '200': { description: Who, content: { application/json: { schema: {} } } }, ${serverAnswers} }`,
    `  securitySchemes:
    A: { type: http, scheme: a }
    B: { type: http, scheme: b }`
  )

const scheme = (name: string): Handlers<unknown>['security'][string] => ({
  kind: name.toLowerCase(),
  refusals: [401],
  authenticate: ({ headers: { authorization = '' } }) =>
    Promise.resolve(
      authorization.includes(name)
        ? { user: { name, error: 'not a refusal' } }
        : { refusal: { status: 401, detail: `no ${name}` } }
    )
})

/** The status and the user with which a request is answered. */
const ask = async (security: string, authorization: string): Promise<unknown[]> => {
  const who = ({ user }: Record<string, unknown>) => Promise.resolve({ status: 200, body: user ?? 'nobody' })
  const server = await startSample(contract(security), { who }, { security: { A: scheme('A'), B: scheme('B') } })
  try {
    const { status, json } = await send(server.port, { path: '/who', headers: { Authorization: authorization } })
    return [status, (json as { name?: string; detail?: string }).name ?? (json as { detail?: string }).detail ?? json]
  } finally {
    await server.close()
  }
}

describe('security requirements', () => {
  test.each([
    ['[{ A: [] }]', 'A', [200, 'A']],
    ['[{ A: [] }]', '-', [401, 'no A']],
    ['[{ A: [] }, { B: [] }]', 'B', [200, 'B']],
    ['[{ A: [] }, { B: [] }]', '-', [401, 'no A']],
    ['[{ A: [], B: [] }]', 'A', [401, 'no B']],
    ['[{ A: [], B: [] }]', 'A B', [200, 'A']],
    ['[{ A: [], B: [] }, { B: [] }]', 'B', [200, 'B']],
    ['[{ A: [] }, {}]', '-', [200, 'nobody']],
    ['[{}, { A: [] }]', 'A', [200, 'A']],
    ['[{}, { A: [] }]', '-', [200, 'nobody']]
  ])('%s with %s', async (security, authorization, answer) => {
    expect(await ask(security, authorization)).toEqual(answer)
  })
})

test('who is not let in is told so before the body is read: even if it never comes', async () => {
  const secured = sampleContract(
    `
  /notes:
    post:
      operationId: createNote
      security: [{ A: [] }]
      requestBody: { content: { application/json: { schema: { type: object } } } }
      responses: { '200': { description: Fine }, ${serverAnswers} }`,
    '  securitySchemes: { A: { type: http, scheme: a } }'
  )
  const timeouts = { headersTimeout: 2_000, requestTimeout: 2_000, connectionsCheckingInterval: 100 }
  const createNote = () => Promise.resolve({ status: 200 })
  const server = await startSample(secured, { createNote }, { security: { A: scheme('A') }, timeouts })
  try {
    const headers = 'Host: x\r\nContent-Type: application/json\r\nContent-Length: 100'
    expect(await sendBytes(server.port, `POST /notes HTTP/1.1\r\n${headers}\r\n\r\n`, /no A/)).toMatch(
      /^HTTP\/1\.1 401 /
    )
  } finally {
    await server.close()
  }
})

// `authorized` is where openapi-backend puts what came of all schemes together.
test.each(['authorized', '__proto__', 'constructor'])('a scheme may be named %s', async name => {
  const [{ A }, who] = [
    { A: scheme('A') },
    { who: ({ user }: Record<string, unknown>) => Promise.resolve({ status: 200, body: user }) }
  ]
  const text = JSON.stringify(contract(`[{ '${name}': [] }]`).document).replace('"A":{', `"${name}":{`)
  const server = await startSample(parseContract(text), who, { security: Object.fromEntries([[name, A]]) })
  try {
    const asked = ['A', 'x'].map(Authorization => send(server.port, { path: '/who', headers: { Authorization } }))
    const [known, unknown] = await Promise.all(asked)
    expect([known?.status, known?.json]).toEqual([200, { name: 'A', error: 'not a refusal' }])
    expect([unknown?.status, unknown?.json]).toEqual([401, { detail: 'no A' }])
  } finally {
    await server.close()
  }
})

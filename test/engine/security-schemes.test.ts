/** Each kind of security scheme: what its handler gets of what is sent, and what those are told who send nothing. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { advice, type Handlers, conformanceFindings } from '../../src/contract/index.js'
import { production } from '../../src/app.js'
import { send, sendBytes } from '../../scripts/contract-tests/client.js'
import { detailProblems } from '../support/login.js'
import { sampleContract, serverAnswers, startSample } from '../support/sample.js'
import type { TestServer } from '../support/server.js'

const schemes = {
  headerKey: ['apiKey', '{ type: apiKey, in: header, name: X-Key }'],
  queryKey: ['apiKey', '{ type: apiKey, in: query, name: api key }'],
  cookieKey: ['apiKey', '{ type: apiKey, in: cookie, name: session }'],
  basic: ['basic', '{ type: http, scheme: Basic }'],
  bearer: ['bearer', '{ type: http, scheme: bearer }'],
  digest: ['digest', '{ type: http, scheme: Digest }'],
  oauth: [
    'bearer',
    '{ type: oauth2, flows: { clientCredentials: { tokenUrl: http://localhost/t, scopes: { read: R } } } }'
  ],
  openId: ['bearer', '{ type: openIdConnect, openIdConnectUrl: http://localhost/ }'],
  certificate: ['mutualTLS', '{ type: mutualTLS }']
} as const

const requirements: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.keys(schemes).map(name => [name, `[{ ${name}: [] }]`])),
  keyOrBasic: '[{ headerKey: [] }, { basic: [] }]',
  basicOrKey: '[{ basic: [] }, { headerKey: [] }]',
  keyAndBearer: '[{ queryKey: [], bearer: [] }]',
  bearerAndKey: '[{ bearer: [], queryKey: [] }]',
  bothOrBasic: '[{ queryKey: [], bearer: [] }, { basic: [] }]',
  keyOrNobody: '[{ cookieKey: [] }, {}]',
  nobodyOrKey: '[{}, { cookieKey: [] }]',
  reader: '[{ oauth: [read] }, { headerKey: [] }]'
}

const answers = `'403': { $ref: '#/components/responses/Error' }, ${serverAnswers}`
const operation = (name: string, security: string): string => `
  /${name}:
    get:
      operationId: ${name}
      security: ${security}
      responses: { '200': { description: Let in, content: { application/json: { schema: {} } } }, ${answers} }`

const declaredSchemes = `  securitySchemes:\n${Object.entries(schemes)
  .map(([name, [, scheme]]) => `    ${name}: ${scheme}`)
  .join('\n')}`

const contract = sampleContract(
  Object.entries(requirements)
    .map(([name, security]) => operation(name, security))
    .join(''),
  declaredSchemes
)

type Security = Handlers<unknown>['security']

/** Lets in whoever sends anything, as that; who sends `bad` is refused. `asked` says who was. */
const asked: string[] = []
const security: Security = Object.fromEntries(
  Object.entries(schemes).map(([name, [kind]]): [string, Security[string]] => [
    name,
    {
      kind,
      refusals: [401],
      ...(kind === 'mutualTLS' && { certificate: ({ 'client-cert': value }) => value?.toString() }),
      authenticate: ({ credentials, scopes, challenge }) => {
        asked.push(name)
        if (credentials === 'crash') return Promise.reject(new Error('something unexpected'))
        return Promise.resolve(
          credentials === undefined || credentials === 'bad'
            ? undefined
            : { user: [name, credentials, scopes, challenge ?? null], granted: credentials === 'all' ? 'all' : [] }
        )
      }
    }
  ])
)
const handlers = {
  operations: Object.fromEntries(
    Object.keys(requirements).map(name => [
      name,
      ({ user }: Record<string, unknown>) => Promise.resolve({ status: 200, body: user ?? 'nobody' })
    ])
  ),
  security
}

let server: TestServer
beforeAll(async () => {
  server = await startSample(contract, handlers.operations, { security })
})
afterAll(() => server.close())

const base64 = (text: string | Buffer): string => Buffer.from(text).toString('base64')

/** What is sent for the one scheme of an operation, as its handler gets it; the status if nobody is let in. */
const got = async (path: string, headers: Record<string, string> = {}): Promise<unknown> => {
  const { status, json } = await send(server.port, { path, headers })
  return status === 200 ? (json as unknown[])[1] : status
}

describe('a key', () => {
  test.each<[path: string, headers: Record<string, string>, credentials: unknown]>([
    ['/headerKey', { 'X-Key': 'k1' }, 'k1'],
    ['/headerKey', { 'x-key': ' k 1, 2 ' }, 'k 1, 2'],
    ['/headerKey', { 'X-Key': '' }, 401],
    ['/headerKey', { Cookie: 'X-Key=k' }, 401],
    ['/headerKey?X-Key=k', {}, 401],
    ['/queryKey?a=b&api%20key=k%2B1', {}, 'k+1'],
    ['/queryKey?api+key=caf%C3%A9+1', {}, 'café 1'],
    ['/queryKey?api%20key=50%', {}, '50%'],
    ['/queryKey?api%20key', {}, 401],
    ['/queryKey?api%20key=', {}, 401],
    ['/queryKey?api%20key=k&api+key=k', {}, 401],
    ['/queryKey?API%20KEY=k', {}, 401],
    ['/queryKey', { 'api-key': 'k' }, 401],
    ['/cookieKey', { Cookie: 'a=b; session=k%3D1; c=d' }, 'k=1'],
    ['/cookieKey', { Cookie: 'session="k"' }, 'k'],
    ['/cookieKey', { Cookie: 'session=' }, 401],
    ['/cookieKey', { Cookie: 'Session=k' }, 401],
    ['/cookieKey', { Cookie: 'session=a; session=b' }, 401]
  ])('%s with %j', async (path, headers, credentials) => {
    expect(await got(path, headers)).toEqual(credentials)
  })

  test('in a header that is sent twice is none, and what is no ASCII is as HTTP has it', async () => {
    const ask = (fields: string): Promise<string> =>
      sendBytes(server.port, `GET /headerKey HTTP/1.1\r\nHost: x\r\n${fields}\r\nConnection: close\r\n\r\n`)
    expect(await ask('X-Key: a\r\nx-key: a')).toMatch(/^HTTP\/1\.1 401 /)
    expect(await ask('X-Key: a, a')).toMatch(/^HTTP\/1\.1 200 /)
    expect(await got('/headerKey', { 'X-Key': 'caf\u00e9' })).toBe('caf\u00e9')
  })
})

describe('a username and a password', () => {
  test.each<[authorization: string, credentials: unknown]>([
    [`Basic ${base64('ann:s3cret')}`, { username: 'ann', password: 's3cret' }],
    [`bASIC   ${base64('ann:s3cret')}`, { username: 'ann', password: 's3cret' }],
    [`Basic ${base64('ann:a:b:')}`, { username: 'ann', password: 'a:b:' }],
    [`Basic ${base64('änn:€ 🔑')}`, { username: 'änn', password: '€ 🔑' }],
    [`Basic ${base64(':')}`, { username: '', password: '' }],
    [`Basic ${base64('ann')}`, 401],
    [`Basic ${base64(Buffer.from('änn:x', 'latin1'))}`, 401],
    [`Basic ${base64('ann:a\n')}`, 401],
    [`Basic ${base64('ann:secret').slice(0, -2)}`, 401],
    [`Basic ${base64('ann:s3cret')}!`, 401],
    [`Basic ${base64('ann:s3cret')} x`, 401],
    ['Basic ann:s3cret', 401],
    ['Basic', 401],
    [`Bearer ${base64('ann:s3cret')}`, 401],
    [base64('ann:s3cret'), 401]
  ])('%s', async (Authorization, credentials) => {
    expect(await got('/basic', { Authorization })).toEqual(credentials)
  })
})

describe('what follows the name of the scheme', () => {
  test.each<[path: string, authorization: string, credentials: unknown]>([
    ['/bearer', 'Bearer t', 't'],
    ['/oauth', 'bearer t', 't'],
    ['/openId', 'BEARER   t', 't'],
    ['/bearer', 'Bearer a b', 'a b'],
    ['/bearer', 'Bearer', ''],
    ['/bearer', 'Bearert', 401],
    ['/bearer', 'Bearer\tt', 401],
    ['/bearer', 'BearerX t', 401],
    ['/bearer', 'Basic t', 401],
    ['/bearer', 'Bear', 401],
    ['/bearer', '', 401],
    ['/digest', 'digest username="ann", uri="/"', 'username="ann", uri="/"'],
    ['/digest', 'Bearer t', 401]
  ])('%s with %s', async (path, Authorization, credentials) => {
    expect(await got(path, { Authorization })).toEqual(credentials)
  })
})

test('a certificate comes from where the handler says', async () => {
  expect(await got('/certificate', { 'Client-Cert': ':MIIB:' })).toBe(':MIIB:')
  expect(await got('/certificate')).toBe(401)
})

test.each<[path: string, challenge: string | undefined]>([
  ['/headerKey', undefined],
  ['/certificate', undefined],
  ['/basic', 'Basic realm="basic", charset="UTF-8"'],
  ['/bearer', 'Bearer'],
  ['/oauth', 'Bearer'],
  ['/openId', 'Bearer'],
  ['/digest', 'Digest'],
  ['/keyOrBasic', 'Basic realm="basic", charset="UTF-8"'],
  ['/bothOrBasic', 'Bearer, Basic realm="basic", charset="UTF-8"']
])('%s says by which schemes to ask', async (path, challenge) => {
  const { status, headers, json } = await send(server.port, { path })
  expect([status, json, headers['www-authenticate']]).toEqual([401, { detail: 'Not authenticated' }, challenge])
})

test.each<[header: string, challenge: string]>([
  ['{ required: true, schema: { type: string, const: Bearer realm=x } }', 'Bearer realm=x'],
  ['{ required: true, schema: { type: string, default: Bearer realm=y } }', 'Bearer realm=y'],
  ['{ required: true, schema: { type: string } }', 'Bearer'],
  ['{ schema: { type: string, default: Bearer realm=z } }', 'Bearer']
])('the contract says it where it declares %s', async (header, challenge) => {
  const declared = sampleContract(
    `
  /who:
    get:
      operationId: who
      security: [{ bearer: [] }]
      responses:
        '204': { description: Let in }
        '401': { description: Refused, headers: { www-authenticate: ${header} } }`,
    '  securitySchemes: { bearer: { type: http, scheme: bearer } }'
  )
  const { bearer } = security
  if (!bearer) throw new Error('there is one')
  const one = await startSample(declared, { who: () => Promise.resolve({ status: 204 }) }, { security: { bearer } })
  try {
    const { headers } = await send(one.port, { path: '/who' })
    expect(headers['www-authenticate']).toBe(challenge)
  } finally {
    await one.close()
  }
})

test('a handler is told what its scheme is asked for, and the challenge', async () => {
  const user = async (path: string, headers: Record<string, string>): Promise<unknown> =>
    (await send(server.port, { path, headers })).json
  expect(await user('/reader', { Authorization: 'Bearer all' })).toEqual(['oauth', 'all', ['read'], 'Bearer'])
  expect(await user('/headerKey', { 'X-Key': 'k' })).toEqual(['headerKey', 'k', [], null])
})

describe('of several schemes', () => {
  const basic = { Authorization: `Basic ${base64('ann:x')}` }
  const ann = { username: 'ann', password: 'x' }
  const key = { 'X-Key': 'k' }

  test.each<[path: string, headers: Record<string, string>, user: unknown, asked: string[]]>([
    ['/keyOrBasic', key, ['headerKey', 'k'], ['headerKey']],
    ['/keyOrBasic', { ...key, ...basic }, ['headerKey', 'k'], ['headerKey']],
    ['/basicOrKey', { ...key, ...basic }, ['basic', ann], ['basic']],
    ['/keyOrBasic', basic, ['basic', ann], ['headerKey', 'basic']],
    ['/keyOrBasic', { 'X-Key': 'bad', ...basic }, ['basic', ann], ['headerKey', 'basic']],
    ['/keyOrBasic', { ...key, Authorization: 'Basic !' }, ['headerKey', 'k'], ['headerKey']],
    ['/keyOrBasic', { 'X-Key': 'bad' }, 401, ['headerKey', 'basic']],
    ['/keyAndBearer?api+key=k', { Authorization: 'Bearer t' }, ['queryKey', 'k'], ['queryKey', 'bearer']],
    ['/bearerAndKey?api+key=k', { Authorization: 'Bearer t' }, ['bearer', 't'], ['bearer', 'queryKey']],
    ['/keyAndBearer?api+key=k', {}, 401, ['queryKey', 'bearer']],
    ['/keyAndBearer', { Authorization: 'Bearer t' }, 401, ['queryKey']],
    ['/keyAndBearer?api+key=k', { Authorization: 'Bearer bad' }, 401, ['queryKey', 'bearer']],
    ['/bothOrBasic?api+key=k', basic, ['basic', ann], ['queryKey', 'bearer', 'basic']],
    ['/keyOrNobody', { Cookie: 'session=k' }, ['cookieKey', 'k'], ['cookieKey']],
    ['/nobodyOrKey', { Cookie: 'session=k' }, ['cookieKey', 'k'], ['cookieKey']],
    ['/keyOrNobody', {}, 'nobody', ['cookieKey']],
    ['/nobodyOrKey', { Cookie: 'session=bad' }, 'nobody', ['cookieKey']],
    // Of a scheme that comes after one who is let in nobody is asked, so it can't fail.
    ['/keyOrBasic', { ...key, Authorization: 'Basic crash' }, ['headerKey', 'k'], ['headerKey']],
    ['/nobodyOrKey', { Cookie: 'session=crash' }, 500, ['cookieKey']],
    ['/keyAndBearer?api+key=crash', { Authorization: 'Bearer t' }, 500, ['queryKey']],
    // Who is known and lacks a scope is told so.
    ['/reader', { Authorization: 'Bearer all' }, ['oauth', 'all'], ['oauth']],
    ['/reader', { Authorization: 'Bearer t' }, 403, ['oauth', 'headerKey']],
    ['/reader', { Authorization: 'Bearer t', ...key }, ['headerKey', 'k'], ['oauth', 'headerKey']],
    ['/reader', { Authorization: 'Bearer bad' }, 401, ['oauth', 'headerKey']]
  ])('%s with %j', async (path, headers, user, order) => {
    asked.length = 0
    const { status, json } = await send(server.port, { path, headers })
    expect([status === 200 ? (Array.isArray(json) ? json.slice(0, 2) : json) : status, asked]).toEqual([user, order])
  })
})

test('no log shows what was sent, also of those who are refused, and of a fault', async () => {
  const secret = 's3cret-of-ann'
  const { operations } = handlers
  const crash = {
    ...security,
    queryKey: { ...security['queryKey'], authenticate: () => Promise.reject(new Error('x')) }
  }
  const failing = await startSample(contract, operations, { security: crash as Security })
  try {
    const Authorization = `Basic ${base64(`ann:${secret}`)}`
    for (const { port } of [server, failing]) {
      await send(port, { path: `/queryKey?api+key=${secret}`, headers: { Authorization } })
      await send(port, { path: `/bearer?api+key=${secret}`, headers: { 'X-Key': secret, Cookie: `session=${secret}` } })
    }
    expect(failing.log).not.toEqual([])
    const logged = JSON.stringify([server.log, failing.log])
    for (const text of [secret, base64(`ann:${secret}`)]) expect(logged).not.toContain(text)
  } finally {
    await failing.close()
  }
})

describe('before it listens, a server finds', () => {
  const found = (changes: Security): string[] =>
    conformanceFindings(contract, { ...handlers, security: { ...security, ...changes } }, production).map(
      ({ what }) => what
    )
  const { basic } = security
  if (!basic) throw new Error('there is one')

  test('nothing where all handlers are of the kinds of their schemes', () => {
    expect(found({})).toEqual([])
  })

  test('a handler of another kind than its scheme', () => {
    const finding = 'The security scheme `basic` is of the kind `basic`, but its handler of the kind `bearer`.'
    expect(new Set(found({ basic: { ...basic, kind: 'bearer' } }))).toEqual(new Set([finding]))
  })

  test('a certificate of which nobody says where it is', () => {
    const finding =
      "The security scheme `certificate` goes by the client's certificate, of which this server sees nothing."
    const unseeing = { kind: 'mutualTLS', refusals: [401], authenticate: () => Promise.resolve(undefined) }
    expect(found({ certificate: unseeing })).toEqual([finding])
  })

  test('a key in a place that there is not', () => {
    const wrong = (): unknown =>
      sampleContract('  {}', '  securitySchemes: { Key: { type: apiKey, in: body, name: k } }')
    expect(wrong).toThrow('must be equal to one of the allowed values: query, header, cookie')
  })
})

test.each([
  ['[{ basic: [], bearer: [] }]', ['Nobody can send `basic` and `bearer` at once: there is one `Authorization`.']],
  ['[{ headerKey: [], basic: [] }, { digest: [] }]', []],
  ['[{ oauth: [], openId: [], certificate: [] }]', []]
])('it is advised against schemes of %s that nobody can send at once: %j', (asked, notes) => {
  const declared = sampleContract(operation('who', asked), declaredSchemes)
  expect(advice(declared, handlers, detailProblems).map(({ what }) => what)).toEqual(notes)
})

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import * as oauth from 'oauth4webapi'
import * as openid from 'openid-client'
import { ResourceOwnerPassword } from 'simple-oauth2'
import { type Answer, send } from '../../../scripts/contract-tests/client.js'
import { formType, logIn, readMe } from '../../support/login.js'
import { startChapter } from '../chapter.js'
import { type RealServer, startReal } from './real-server.js'

let server: RealServer
beforeAll(async () => {
  server = await startReal()
})
afterAll(() => server.close())

type Fields = Record<string, string>

/** A client library: asks for a token with the fields of a form. */
type Ask = (grant: string, fields: Fields) => Promise<unknown>

const issuer = (): string => `http://127.0.0.1:${server.port}`

const askOpenid: Ask = (grant, fields) => {
  const metadata = { issuer: issuer(), token_endpoint: `${issuer()}/token` }
  const client = new openid.Configuration(metadata, 'app', undefined, openid.None())
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- so that it is seen: this server has no TLS
  openid.allowInsecureRequests(client)
  return openid.genericGrantRequest(client, grant, fields)
}

// eslint-disable-next-line @typescript-eslint/no-deprecated -- so that it is seen: this server has no TLS
const insecure = { [oauth.allowInsecureRequests]: true }

const askWebApi =
  (authentication: oauth.ClientAuth): Ask =>
  async (grant, fields) => {
    const as = { issuer: issuer(), token_endpoint: `${issuer()}/token` }
    const client = { client_id: 'app' }
    const response = await oauth.genericTokenEndpointRequest(as, client, authentication, grant, fields, insecure)
    return oauth.processGenericTokenEndpointResponse(as, client, response)
  }

const askSimple =
  (authorizationMethod: 'header' | 'body'): Ask =>
  async (grant, fields) => {
    const client = new ResourceOwnerPassword({
      client: { id: 'app', secret: 's3cret' },
      auth: { tokenHost: issuer(), tokenPath: '/token' },
      options: { authorizationMethod }
    })
    const extra = grant === 'password' ? {} : { grant_type: grant }
    return (await client.getToken({ ...fields, ...extra } as never)).token
  }

const clients: readonly (readonly [string, Ask])[] = [
  ['openid-client', askOpenid],
  ['oauth4webapi', askWebApi(oauth.None())],
  ['oauth4webapi with a secret in the form', askWebApi(oauth.ClientSecretPost('s3cret'))],
  ['oauth4webapi with a secret in the header', askWebApi(oauth.ClientSecretBasic('s3cret'))],
  ['simple-oauth2', askSimple('header')],
  ['simple-oauth2 with a secret in the form', askSimple('body')]
]

/** The status, and what a client has understood of the body, wherever it keeps them. */
const refusalOf = async (asked: Promise<unknown>): Promise<unknown> => {
  const error: unknown = await asked.then(
    () => new Error('the client got a token'),
    (reason: unknown) => reason
  )
  const { status, error: code, error_description: says, data } = error as oauth.ResponseBodyError & { data?: unknown }
  if (data === undefined) return { status, error: code, says }
  const { res, payload } = data as { res: { statusCode: number }; payload: Fields }
  return { status: res.statusCode, error: payload['error'], says: payload['error_description'] }
}

const john = { username: 'johndoe', password: 'secret' }

describe.each(clients)('%s', (_name, ask) => {
  test('logs in, and is let in with its token', async () => {
    const token = (await ask('password', { ...john, scope: 'users:read' })) as Record<string, unknown>
    expect(token).toMatchObject({ token_type: 'bearer', expires_in: 1800, scope: 'users:read' })
    expect((await readMe(server.port, String(token['access_token']))).status).toBe(200)
  })

  test.each([
    ['a wrong password', 400, 'invalid_grant', 'password', { ...john, password: 'wrong' }],
    ['an unknown user', 400, 'invalid_grant', 'password', { ...john, username: 'nobody' }],
    ['a scope that nobody knows', 400, 'invalid_scope', 'password', { ...john, scope: 'planets:move' }],
    ['a missing field', 422, 'invalid_request', 'password', { username: 'johndoe' }],
    ['another grant', 422, 'unsupported_grant_type', 'client_credentials', john]
  ])('reports the reason for %s', async (_what, status, error, grant, fields) => {
    const says = expect.stringMatching(/^[A-Z][ -~]+$/) as unknown
    expect(await refusalOf(ask(grant, fields))).toEqual({ status, error, says })
  })
})

/** Asks for the current user with oauth4webapi, and gives the challenges that it has found in a refusal. */
const challenges = async (token: string | undefined): Promise<unknown> => {
  const withoutToken = (url: string): Promise<Response> => fetch(url)
  const options = {
    ...insecure,
    ...(token === undefined && { [oauth.customFetch]: withoutToken })
  }
  const url = new URL(`${issuer()}/users/me`)
  const error: unknown = await oauth
    .protectedResourceRequest(token ?? 'x', 'GET', url, undefined, undefined, options)
    .catch((reason: unknown) => reason)
  if (!(error instanceof oauth.WWWAuthenticateChallengeError)) throw new Error('there is no challenge')
  return [error.status, ...error.cause.map(({ scheme, parameters }) => ({ scheme, ...parameters }))]
}

test('a client that sent a token reads why it is not good', async () => {
  const says = expect.stringMatching(/^The token .*\.$/) as unknown
  const challenge = { scheme: 'bearer', error: 'invalid_token', error_description: says }
  expect(await challenges('johndoe')).toEqual([401, challenge])
})

test('a client that sent none reads that it needs one, and no error', async () => {
  expect(await challenges(undefined)).toEqual([401, { scheme: 'bearer' }])
})

test.each(['Bearer', 'Bearer ', 'Basic am9obmRvZTpzZWNyZXQ=', 'Token x'])('`%s` is no token', async authorization => {
  const answer = await send(server.port, { path: '/users/me', headers: { Authorization: authorization } })
  expect([answer.status, answer.headers['www-authenticate']]).toEqual([401, 'Bearer'])
})

test('nothing that could be stored is said of a token, whatever the answer', async () => {
  for (const form of ['username=johndoe&password=secret', 'username=johndoe&password=wrong', 'username=johndoe']) {
    const { headers } = await logIn(server.port, form)
    expect([headers['cache-control'], headers.pragma]).toEqual(['no-store', 'no-cache'])
  }
})

test("what was right or wrong is logged, and of an unknown user's name nothing", async () => {
  const before = server.log.length
  const id = { 'X-Request-Id': 'by-the-proxy' }
  await logIn(server.port, 'username=johndoe&password=secret', id)
  await logIn(server.port, 'username=johndoe&password=wrong', id)
  await logIn(server.port, 'username=johndoe&password=secret&scope=planets:move', id)
  await logIn(server.port, 'username=nobody&password=secret', id)
  const each = { message: 'login', address: '127.0.0.1', request: 'by-the-proxy' }
  expect(server.log.slice(before)).toEqual([
    { ...each, level: 'info', username: 'johndoe', outcome: 'accepted' },
    { ...each, level: 'warn', username: 'johndoe', outcome: 'refused' },
    { ...each, level: 'warn', username: 'johndoe', outcome: 'unknown scope' },
    { ...each, level: 'warn', outcome: 'refused' }
  ])
})

describe("without a database the words are the chapter's alone", () => {
  let fake: Awaited<ReturnType<typeof startChapter>>
  beforeAll(async () => {
    fake = await startChapter()
  })
  afterAll(() => fake.close())

  const incorrect = '{"detail":"Incorrect username or password"}'
  const token = '{"access_token":"johndoe","token_type":"bearer"}'

  test.each([
    ['username=johndoe&password=secret', token],
    ['username=johndoe&password=secret&scope=planets:move', token],
    ['username=johndoe&password=wrong', incorrect],
    ['username=nobody&password=secret', incorrect],
    ['username=johndoe', '{"detail":[{"loc":["body","password"],"msg":"field required","type":"value_error.missing"}]}']
  ])('%s', async (form, text) => {
    expect((await logIn(fake.port, form)).text).toBe(text)
  })

  test('a bad token is challenged as none is', async () => {
    const answers: Answer[] = [await readMe(fake.port, 'nobody'), await readMe(fake.port, '')]
    expect(answers.map(({ headers }) => headers['www-authenticate'])).toEqual(['Bearer', 'Bearer'])
  })

  test('there are no keys to read', async () => {
    const answer = await send(fake.port, { path: '/.well-known/jwks.json', headers: formType })
    expect([answer.status, answer.text]).toEqual([404, '{"detail":"Not Found"}'])
  })
})

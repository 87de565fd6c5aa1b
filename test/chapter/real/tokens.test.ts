import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { createRemoteJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose'
import { send } from '../../../scripts/contract-tests/client.js'
import type { UserStore } from '../../../src/auth/user-store.js'
import { logIn, readMe } from '../../support/login.js'
import { type RealServer, startReal, tokenOf } from './real-server.js'

const john = 'username=johndoe&password=secret'

describe('tokens end at the next request, in every server of the database', () => {
  let one: RealServer
  let other: RealServer
  beforeAll(async () => {
    one = await startReal()
    other = await startReal({ file: one.file })
  })
  afterAll(async () => {
    await other.close()
    await one.close()
  })

  const answers = (token: string) => Promise.all([readMe(one.port, token), readMe(other.port, token)])
  const statuses = async (token: string) => (await answers(token)).map(({ status }) => status)

  const add = async (username: string): Promise<{ username: string; hash: string }> => {
    const user = { username, scopes: ['users:read'], hash: await one.services.passwords.hash('secret') }
    await one.services.users.add(user)
    return user
  }

  const ends: readonly (readonly [string, (users: UserStore, username: string, hash: string) => Promise<unknown>])[] = [
    ['disabling', (users, username) => users.change(username, { disabled: true })],
    ['enabling', (users, username) => users.change(username, { disabled: false })],
    ['another password', (users, username, hash) => users.change(username, { hash })],
    ['other scopes', (users, username) => users.change(username, { scopes: [] })],
    ['revoking', (users, username) => users.revoke(username)],
    ['removing', (users, username) => users.remove(username)],
    [
      'removing, and adding another of that name',
      async (users, username, hash) => (await users.remove(username)) && users.add({ username, hash })
    ]
  ]

  test.each(ends)('%s', async (what, end) => {
    const { username, hash } = await add(what)
    const token = tokenOf(await logIn(one.port, `username=${encodeURIComponent(username)}&password=secret`))
    expect(await statuses(token)).toEqual([200, 200])
    expect(await end(other.services.users, username, hash)).toBe(true)
    for (const { status, text, headers } of await answers(token)) {
      expect([status, text]).toEqual([401, '{"detail":"Invalid authentication credentials"}'])
      expect(headers['www-authenticate']).toMatch(/^Bearer error="invalid_token", /)
    }
  })

  test.each([
    ['another address', { email: 'new@example.com' }],
    ['another name', { full_name: 'New Name' }]
  ])('but %s ends none', async (username, change) => {
    await add(username)
    const token = tokenOf(await logIn(one.port, `username=${encodeURIComponent(username)}&password=secret`))
    await other.services.users.change(username, change)
    const [answer] = await answers(token)
    expect([answer.status, answer.json]).toEqual([200, expect.objectContaining(change)])
  })

  test('a disabled user logs in, and is told so with the token', async () => {
    const login = await logIn(one.port, 'username=alice&password=secret2')
    expect(login.status).toBe(200)
    for (const { status, text } of await answers(tokenOf(login))) {
      expect([status, text]).toEqual([400, '{"detail":"Inactive user"}'])
    }
  })

  test('with secrets there are no keys to read', async () => {
    const answer = await send(one.port, { path: '/.well-known/jwks.json' })
    expect([answer.status, answer.text]).toEqual([404, '{"detail":"Not Found"}'])
  })
})

describe('tokens signed with a private key', () => {
  const folder = mkdtempSync(join(tmpdir(), 'keys-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const servers: RealServer[] = []
  afterEach(async () => {
    for (const server of servers.splice(0).reverse()) await server.close()
  })
  const start = async (...tokenKeyFiles: readonly string[]): Promise<RealServer> => {
    const [first] = servers
    const server = await startReal({ tokenKeyFiles, ...(first && { file: first.file }) })
    servers.push(server)
    return server
  }

  const keyFile = (name: string, { privateKey }: ReturnType<typeof generateKeyPairSync>): string => {
    const file = join(folder, name)
    writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }))
    return file
  }
  const ed25519 = keyFile('ed25519.pem', generateKeyPairSync('ed25519'))
  const p256 = keyFile('p256.pem', generateKeyPairSync('ec', { namedCurve: 'P-256' }))

  const urlOf = ({ port }: RealServer): string => `http://127.0.0.1:${port}/.well-known/jwks.json`
  const keysOf = async (server: RealServer): Promise<JSONWebKeySet['keys']> =>
    ((await (await fetch(urlOf(server))).json()) as JSONWebKeySet).keys

  test.each([
    ['EdDSA', ed25519],
    ['ES256', p256]
  ])('%s: others verify them by the keys that the server shows', async (alg, file) => {
    const server = await start(file)
    const token = tokenOf(await logIn(server.port, john))
    const checks = { issuer: 'oauth2-password-bearer', audience: 'oauth2-password-bearer', typ: 'at+jwt' }
    const { payload } = await jwtVerify(token, createRemoteJWKSet(new URL(urlOf(server))), checks)
    expect(payload).toMatchObject({ sub: 'johndoe', scope: 'users:read users:write' })
    expect(decodeProtectedHeader(token).alg).toBe(alg)
    expect((await readMe(server.port, token)).status).toBe(200)
  })

  test('the keys are public only, may be kept for a while, and are read by GET and HEAD', async () => {
    const server = await start(p256, ed25519)
    for (const key of await keysOf(server)) {
      const names =
        key.kty === 'EC' ? ['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'] : ['alg', 'crv', 'kid', 'kty', 'use', 'x']
      expect(Object.keys(key).sort()).toEqual(names)
    }
    const got = await send(server.port, { path: '/.well-known/jwks.json' })
    const head = await send(server.port, { method: 'HEAD', path: '/.well-known/jwks.json' })
    expect([head.status, head.text]).toEqual([200, ''])
    for (const { headers } of [got, head]) {
      expect(headers).toMatchObject({
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(got.text)),
        'cache-control': 'public, max-age=300'
      })
    }
    const posted = await send(server.port, { method: 'POST', path: '/.well-known/jwks.json' })
    expect([posted.status, posted.text, posted.headers.allow]).toEqual([
      405,
      '{"detail":"Method Not Allowed"}',
      'GET, HEAD'
    ])
  })

  test('a key is changed without a login: new and old, then new alone', async () => {
    const before = await start(ed25519)
    const old = tokenOf(await logIn(before.port, john))
    const between = await start(p256, ed25519)
    const fresh = tokenOf(await logIn(between.port, john))
    const [newKey, oldKey] = await keysOf(between)
    expect([fresh, old].map(token => decodeProtectedHeader(token).kid)).toEqual([newKey?.kid, oldKey?.kid])
    const after = await start(p256)
    expect((await keysOf(after)).map(({ kid }) => kid)).toEqual([newKey?.kid])
    const statuses = await Promise.all([readMe(between.port, old), readMe(after.port, fresh), readMe(after.port, old)])
    expect(statuses.map(({ status }) => status)).toEqual([200, 200, 401])
  })
})

import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { expect, test } from '@jest/globals'
import { production } from '../../src/app.js'
import { fakePasswordHasher } from '../../src/chapter/fake.js'
import { memoryUserStore } from '../../src/chapter/memory-user-store.js'
import type { PasswordHasher } from '../../src/auth/password-hasher.js'
import { createPasswords } from '../../src/auth/passwords.js'
import type { TokenCodec } from '../../src/auth/token-codec.js'
import { startChapter } from './chapter.js'
import { logIn, readMe } from '../support/login.js'

const derive = promisify<string, Buffer, number, Buffer>(scrypt)

const scryptPasswordHasher: PasswordHasher = {
  hash: async password => {
    const salt = randomBytes(16)
    return Buffer.concat([salt, await derive(password, salt, 32)]).toString('base64')
  },
  verify: async (password, hash) => {
    const stored = Buffer.from(hash, 'base64')
    return timingSafeEqual(await derive(password, stored.subarray(0, 16), 32), stored.subarray(16))
  },
  isWeak: () => false
}

const sessions = new Map<string, { username: string; scopes: readonly string[] }>()
const sessionTokenCodec: TokenCodec = {
  issue: ({ user }, scopes) => {
    const token = randomBytes(16).toString('hex')
    sessions.set(token, { username: user.username, scopes })
    return Promise.resolve({ access_token: token, token_type: 'bearer' })
  },
  decode: token => Promise.resolve(sessions.get(token))
}

test('another user store, hash and token take the place of the fake ones', async () => {
  const record = { username: 'eve', email: null, full_name: null, disabled: null, internal_id: 7 }
  const users = memoryUserStore([{ ...record, hashed_password: await scryptPasswordHasher.hash('pässword') }])
  const server = await startChapter({
    users,
    passwords: scryptPasswordHasher,
    tokens: sessionTokenCodec,
    mode: production
  })
  try {
    const token = await logIn(server.port, 'username=eve&password=p%C3%A4ssword&scope=read++write+read')
    const { access_token: accessToken } = token.json as { access_token: string }
    expect(sessions.get(accessToken)).toEqual({ username: 'eve', scopes: ['read', 'write', 'read'] })
    const me = await readMe(server.port, accessToken)
    expect([me.status, me.json]).toEqual([
      200,
      { username: 'eve', email: null, full_name: null, disabled: null, hashed_password: expect.any(String) as unknown }
    ])
    expect((await readMe(server.port, 'eve')).status).toBe(401)
    expect((await logIn(server.port, 'username=eve&password=secret')).status).toBe(400)
    expect((await logIn(server.port, 'username=johndoe&password=secret')).status).toBe(400)
  } finally {
    await server.close()
  }
})

test('no such user and a wrong password cost one password check each, against a hash', async () => {
  const checked: string[] = []
  const counting: PasswordHasher = {
    ...fakePasswordHasher,
    verify: (password, hash) => {
      checked.push(hash)
      return fakePasswordHasher.verify(password, hash)
    }
  }
  const server = await startChapter({ passwords: counting })
  try {
    const wrong = await logIn(server.port, 'username=johndoe&password=wrong')
    const unknown = await logIn(server.port, 'username=nobody&password=wrong')
    expect([unknown.status, unknown.text]).toEqual([wrong.status, wrong.text])
    expect(checked).toEqual(['fakehashedsecret', expect.stringMatching(/^fakehashed[-0-9a-f]{36}$/)])
  } finally {
    await server.close()
  }
})

test.each(['secres', 'Secret', 'secret ', 'secre', 'ecret', ''])('%p is not the password `secret`', async password => {
  expect(await fakePasswordHasher.verify(password, 'fakehashedsecret')).toBe(false)
})

test('nobody has the password of nobody', async () => {
  let nobodys = ''
  const passwords = await createPasswords(
    {
      ...fakePasswordHasher,
      hash: password => {
        nobodys = password
        return fakePasswordHasher.hash(password)
      }
    },
    memoryUserStore([])
  )
  expect(await passwords.matches(nobodys, undefined)).toBe(false)
})

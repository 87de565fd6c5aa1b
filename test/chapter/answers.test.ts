import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { fakeTokenCodec } from '../../src/chapter/fake.js'
import { memoryUserStore } from '../../src/chapter/memory-user-store.js'
import type { Answer } from '../../scripts/contract-tests/client.js'
import { production } from '../../src/app.js'
import { stackOf } from '../support/keep-log.js'
import { editedContract, startChapter } from './chapter.js'
import type { TestServer } from '../support/server.js'
import { logIn, readMe } from '../support/login.js'

const johndoe = 'username=johndoe&password=secret'
const broken = () => Promise.reject(new Error('the database is down', { cause: new Error('no route to host') }))

describe('what the answers of the server say besides what the contract says', () => {
  let server: TestServer
  let faulty: TestServer
  beforeAll(async () => {
    server = await startChapter({ mode: production })
    faulty = await startChapter({ users: { ...memoryUserStore([]), find: broken, findWithHash: broken } })
  })
  afterAll(() => Promise.all([server.close(), faulty.close()]))

  const asks: [name: string, ask: () => Promise<Answer>][] = [
    ['a token', () => logIn(server.port, johndoe)],
    ['a wrong password', () => logIn(server.port, 'username=johndoe&password=wrong')],
    ['a form that is too large', () => logIn(server.port, `${johndoe}&filler=${'x'.repeat(16 * 1024)}`)],
    ['a compressed form', () => logIn(server.port, johndoe, { 'Content-Encoding': 'gzip' })],
    ['a form without a password', () => logIn(server.port, 'username=johndoe')],
    ['a fault', () => logIn(faulty.port, johndoe)],
    ['the current user', () => readMe(server.port, 'johndoe')],
    ['a disabled user', () => readMe(server.port, 'alice')],
    ['nobody', () => readMe(server.port, 'nobody')]
  ]

  test.each(asks)('the answer about %s tells nothing of what made it', async (_name, ask) => {
    const { headers } = await ask()
    const told = ['x-contract', 'x-mock', 'x-powered-by', 'etag', 'server'].filter(name => headers[name] !== undefined)
    expect(told).toEqual([]) // the first two are development's own
  })

  test.each(asks.slice(0, 6))('the answer about %s is never stored (RFC 6749 §5.1)', async (_name, ask) => {
    const { headers } = await ask()
    expect([headers['cache-control'], headers.pragma]).toEqual(['no-store', 'no-cache'])
  })

  test('an unexpected error tells the client nothing, and the log its cause, once', async () => {
    const { json } = await logIn(faulty.port, johndoe)
    expect(json).toEqual({ detail: 'Internal Server Error' })
    const [entry] = faulty.log.slice(-1)
    expect(stackOf(entry)).toMatch(/Error: the database is down[^]*caused by Error: no route to host/)
    expect(JSON.stringify(entry)).not.toContain('secret')
    const before = faulty.log.length
    await readMe(faulty.port, 'johndoe')
    expect(faulty.log).toHaveLength(before + 1)
  })

  test('a crash in a security step is a 500, never a 401', async () => {
    const crashing = await startChapter({ tokens: { ...fakeTokenCodec, decode: broken } })
    try {
      const answer = await readMe(crashing.port, 'johndoe')
      expect([answer.status, answer.json]).toEqual([500, { detail: 'Internal Server Error' }])
      expect(answer.headers['www-authenticate']).toBeUndefined()
      expect(crashing.log).toHaveLength(1)
    } finally {
      await crashing.close()
    }
  })

  test('a store may throw what is not an Error, at once, and it is a 500 all the same', async () => {
    const crashing = await startChapter({
      users: {
        ...memoryUserStore([]),
        findWithHash: () => {
          // eslint-disable-next-line @typescript-eslint/only-throw-error
          throw 'secret thing'
        }
      }
    })
    try {
      expect((await logIn(crashing.port, johndoe)).status).toBe(500)
      expect(crashing.log.map(stackOf)).toEqual(['a thrown string'])
    } finally {
      await crashing.close()
    }
  })

  test.each([
    ['trimmed in production', false],
    ['refused in development, with the place', true]
  ])(
    'with `User` as the schema of the current user, a handler that still sends the hash is %s',
    async (_name, strict) => {
      const contract = editedContract([
        "schema: { $ref: '#/components/schemas/UserInDB' }",
        "schema: { $ref: '#/components/schemas/User' }"
      ])
      const edited = await startChapter({ contract, mode: { ...production, strictReplies: strict, reasons: strict } })
      try {
        const answer = await readMe(edited.port, 'johndoe')
        expect(answer.text).not.toContain('fakehashed')
        expect(answer.status).toBe(strict ? 500 : 200)
        if (strict)
          expect(answer.text).toMatch(/`\/hashed_password`, which isn't declared: .* at openapi\.yaml:\d+:\d+/)
      } finally {
        await edited.close()
      }
    }
  )
})

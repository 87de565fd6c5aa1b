import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { operationObjects } from '../../src/contract/operation-objects.js'
import { parseContract } from '../../src/contract/contract.js'
import { fakeTokenCodec, fakeUserStore } from '../../src/auth/fake.js'
import { type Answer, formType, logIn, readMe, send } from '../support/client.js'
import { production } from '../../src/app.js'
import { contractText, editedContract, startServer, type TestServer } from '../support/server.js'

const johndoe = 'username=johndoe&password=secret'
const broken = () => Promise.reject(new Error('the database is down', { cause: new Error('no route to host') }))

describe('each operation gives each answer that the contract declares', () => {
  let server: TestServer
  let faulty: TestServer
  beforeAll(async () => {
    server = await startServer()
    faulty = await startServer({ users: { find: broken } })
  })
  afterAll(() => Promise.all([server.close(), faulty.close()]))

  const answers: Record<string, Record<string, () => Promise<Answer>>> = {
    login: {
      200: () => logIn(server.port, johndoe),
      400: () => logIn(server.port, 'username=johndoe&password=wrong'),
      413: () => logIn(server.port, `${johndoe}&filler=${'x'.repeat(16 * 1024)}`),
      415: () => logIn(server.port, johndoe, { 'Content-Encoding': 'gzip' }),
      422: () => logIn(server.port, 'username=johndoe'),
      500: () => logIn(faulty.port, johndoe)
    },
    readUsersMe: {
      200: () => readMe(server.port, 'johndoe'),
      400: () => readMe(server.port, 'alice'),
      401: () => readMe(server.port, 'nobody'),
      500: () => readMe(faulty.port, 'johndoe')
    }
  }

  test('none is left out here', () => {
    const declared = operationObjects(parseContract(contractText)).map(({ operationId, operation }) => [
      operationId,
      Object.keys(operation.responses ?? {})
    ])
    expect(Object.entries(answers).map(([id, byStatus]) => [id, Object.keys(byStatus)])).toEqual(declared)
  })

  for (const [operationId, byStatus] of Object.entries(answers)) {
    test.each(Object.entries(byStatus))(`${operationId} answers %s`, async (status, ask) => {
      const answer = await ask()
      expect(answer.status).toBe(Number(status))
      expect(answer.headers['content-type']).toBe('application/json')
      expect(answer.headers['www-authenticate']).toBe(status === '401' ? 'Bearer' : undefined)
      expect(answer.headers['cache-control']).toBe(operationId === 'login' ? 'no-store' : undefined)
      expect(answer.headers.pragma).toBe(operationId === 'login' ? 'no-cache' : undefined)
      for (const name of ['x-contract', 'x-mock']) expect(answer.headers[name]).toBeUndefined() // development's own
      expect(answer.headers['x-powered-by']).toBeUndefined()
      expect(answer.headers.etag).toBeUndefined()
    })
  }

  test('an unexpected error tells the client nothing, and the log its cause, once', async () => {
    const { json } = await logIn(faulty.port, johndoe)
    expect(json).toEqual({ detail: 'Internal Server Error' })
    const [entry] = faulty.log.slice(-1)
    expect(entry).toMatch(/Error: the database is down[^]*caused by Error: no route to host/)
    expect(entry).not.toContain('secret')
    const before = faulty.log.length
    await readMe(faulty.port, 'johndoe')
    expect(faulty.log).toHaveLength(before + 1)
  })

  test('a crash in a security step is a 500, never a 401', async () => {
    const crashing = await startServer({ tokens: { ...fakeTokenCodec, decode: broken } })
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
    const crashing = await startServer({
      users: {
        find: () => {
          // eslint-disable-next-line @typescript-eslint/only-throw-error
          throw 'secret thing'
        }
      }
    })
    try {
      expect((await logIn(crashing.port, johndoe)).status).toBe(500)
      expect(crashing.log).toEqual(['a thrown string'])
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
      const edited = await startServer({ contract, mode: { ...production, strictReplies: strict } })
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

  test('the body of a request is not read before its sender is let in', async () => {
    let found = 0
    const counting = await startServer({
      users: {
        find: username => {
          found += 1
          return fakeUserStore.find(username)
        }
      }
    })
    try {
      const answer = await send(counting.port, { path: '/users/me', headers: formType, body: 'x'.repeat(20_000) })
      expect([answer.status, found]).toEqual([401, 0])
    } finally {
      await counting.close()
    }
  })
})

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import ts from 'typescript'
import { type Answer, send } from '../../../scripts/contract-tests/client.js'
import { parseContract } from '../../../src/contract/index.js'
import type { Operation } from '../../../src/operations/operation.js'
import { logIn, readMe } from '../../support/login.js'
import type { TestServer } from '../../support/server.js'
import { chapterHandlers, startChapter } from '../chapter.js'
import { startReal, tokenOf } from './real-server.js'
import { registerEdit } from './register-edit.js'

const edited = registerEdit()

/** The handlers of the chapter, and the one that was added, whose types `compiler.test.ts` looks at. */
const handlersOfEdit = async () => {
  const code = ts.transpile(edited.handler, { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 })
  const { register } = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as {
    register: Operation<never>
  }
  return { ...chapterHandlers, operations: { ...chapterHandlers.operations, register } }
}

const kinds: readonly (readonly [string, typeof startChapter | typeof startReal])[] = [
  ["with the chapter's users", startChapter],
  ['with a database', startReal]
]

describe.each(kinds)('people register, %s', (_what, start) => {
  let server: TestServer
  beforeAll(async () => {
    server = await start({ contract: parseContract(edited.contract), handlers: await handlersOfEdit() })
  })
  afterAll(() => server.close())

  const register = (body: unknown): Promise<Answer> =>
    send(server.port, {
      method: 'POST',
      path: '/users',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body)
    })

  test('and log in at once', async () => {
    const answer = await register({ username: 'jane', password: 'two blue umbrellas', email: 'jane@example.com' })
    const jane = { username: 'jane', email: 'jane@example.com', full_name: null, disabled: false }
    expect([answer.status, answer.headers.location, answer.json]).toEqual([201, '/users/me', jane])
    const login = await logIn(server.port, 'username=jane&password=two+blue+umbrellas')
    const me = await readMe(server.port, tokenOf(login))
    expect([me.status, me.json]).toEqual([200, expect.objectContaining(jane)])
    expect((await logIn(server.port, 'username=jane&password=wrong')).status).toBe(400)
  })

  test('without an address to write to', async () => {
    const { json } = await register({ username: 'joe', password: 'three red kites' })
    expect(json).toMatchObject({ username: 'joe', email: null })
  })

  test('but not under the name of another, whose password stays', async () => {
    const taken = await register({ username: 'johndoe', password: 'two blue umbrellas' })
    expect([taken.status, taken.text]).toEqual([409, '{"detail":"The name is taken"}'])
    expect((await logIn(server.port, 'username=johndoe&password=secret')).status).toBe(200)
    expect((await logIn(server.port, 'username=johndoe&password=two+blue+umbrellas')).status).toBe(400)
  })

  test('only one of many who want a name at once', async () => {
    const all = await Promise.all(
      Array.from({ length: 5 }, () => register({ username: 'wanted', password: 'five grey cats' }))
    )
    expect(all.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409])
  })

  test.each([
    ['a common password', 'ann', 'Password1', 'This is one of the most common passwords. Take another one.'],
    ['the name as the password', 'long.name', 'Long.Name', 'The username is no password.'],
    ['a short password', 'ann', 'blue', 'ensure this value has at least 8 characters'],
    ['a long password', 'ann', 'x'.repeat(257), 'ensure this value has at most 256 characters']
  ])('not with %s', async (_weak, username, password, msg) => {
    const answer = await register({ username, password })
    expect(answer.status).toBe(422)
    expect(answer.json).toMatchObject({ detail: [{ loc: ['body', 'password'], msg }] })
    expect(answer.text).not.toContain(password)
  })

  test('not with a name that looks like another', async () => {
    const statuses = ['', 'a b', 'a\0', 'jаne', 'x'.repeat(65)].map(async username => {
      return (await register({ username, password: 'two blue umbrellas' })).status
    })
    expect(await Promise.all(statuses)).toEqual(Array(5).fill(422))
  })

  test('and get nothing that they grant themselves', async () => {
    const more = { scopes: ['admin'], disabled: null, full_name: 'Root', hash: 'x', version: 1 }
    const answer = await register({ username: 'eve', password: 'two blue umbrellas', ...more })
    expect(answer.json).toEqual({ username: 'eve', email: null, full_name: null, disabled: false })
    const login = await logIn(server.port, 'username=eve&password=two+blue+umbrellas')
    expect([undefined, '']).toContain((login.json as { scope?: string }).scope)
  })

  test('nothing of it is a fault of the server', () => {
    expect(server.log.filter(line => line.level === 'error')).toEqual([])
  })
})

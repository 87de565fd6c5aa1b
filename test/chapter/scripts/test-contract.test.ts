import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { checkTarget } from '../../../scripts/contract-tests/check-target.js'
import { readKnownAskers } from '../../../scripts/contract-tests/known-askers.js'
import { samplingOf } from '../../../scripts/contract-tests/properties.js'
import { targetAt } from '../../../scripts/contract-tests/target.js'
import { memoryUserStore } from '../../../src/chapter/memory-user-store.js'
import type { TokenCodec } from '../../../src/auth/token-codec.js'
import { root, run, scriptArgs } from '../../support/process.js'
import { startChapter } from '../chapter.js'

const folder = mkdtempSync(join(tmpdir(), 'users-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

const user = (username: string, disabled: boolean) => ({
  username,
  email: null,
  full_name: null,
  disabled,
  hashed_password: `fakehashed${username}-hunter2`
})
const users = memoryUserStore([user('eve', false), user('mallory', true)])
let issued = 0
const tokens: TokenCodec = {
  issue: ({ user }) =>
    Promise.resolve({ access_token: `secret-token-${++issued}-${user.username}`, token_type: 'bearer' }), // each another
  decode: token => {
    const username = /^secret-token-\d+-(.*)$/.exec(token)?.[1]
    return Promise.resolve(username === undefined ? undefined : { username, scopes: 'all' })
  }
}
const eve = { username: 'eve', password: 'eve-hunter2' }
const mallory = { username: 'mallory', password: 'mallory-hunter2' }
const file = join(folder, 'users.yaml')
writeFileSync(file, JSON.stringify({ johndoe: eve, scopes: eve, alice: mallory }))

const testContract = async (environment: Record<string, string>) => {
  const running = run(process.execPath, scriptArgs('scripts/test-contract.ts'), {
    NO_COLOR: '1',
    CONTRACT_RUNS: '20',
    ...environment
  })
  const { code } = await running.ended
  return { code, printed: running.printed() }
}

test('a server with other users and other tokens is held against the contract by users of its own', async () => {
  const server = await startChapter({ users, tokens })
  const log = join(folder, 'resets')
  try {
    const { code, printed } = await testContract({
      BASE_URL: `http://127.0.0.1:${server.port}/`,
      CONTRACT_USERS: file,
      CONTRACT_RESET: `echo again >> '${log}'`
    })
    expect(readFileSync(log, 'utf8').split('\n').length).toBeGreaterThan((printed.match(/^ +✓/gm) ?? []).length)
    expect([code, printed]).toEqual([0, expect.stringMatching(/✓ the example alice is answered 400/)])
    expect(printed).toContain('✓ the example johndoe is answered 200')
    expect(printed).not.toContain('crash') // nobody can cause one from outside
    expect(printed).toMatch(/\n– .* 500 application\/json unexpected {2,}0\n/)
    expect(printed).toContain("unexpected: only those who have the server's code can cause it\n")
    expect(printed).not.toContain('✗')
    expect(printed).toMatch(/Contract coverage: \d\d.* of the answers by example, 100 % \(\d+ of \d+\) of the rules/)
  } finally {
    await server.close()
  }
})

test('what is found in it is told without passwords and tokens', async () => {
  const findWithHash = (username: string) =>
    users.findWithHash(username).then(found => found && { ...found, user: { ...found.user, username: 'somebody' } })
  const server = await startChapter({ users: { ...users, findWithHash }, tokens })
  try {
    const { code, printed } = await testContract({ BASE_URL: `http://127.0.0.1:${server.port}`, CONTRACT_USERS: file })
    expect(code).toBe(1)
    expect(printed).toMatch(/-H 'Authorization: Bearer <token of \w+>'/)
    expect(printed).not.toContain('secret-token-')
    expect(printed).not.toContain('eve-hunter2')
  } finally {
    await server.close()
  }
})

test('an answer with a token is not shown, and a compressed login is told without its password', async () => {
  const given = '{"access_token":"secret-token-1","refresh_token":"secret-token-2","token_type":"bearer"}'
  const answering = createServer(({ url = '' }, response) => {
    const isLogin = url.startsWith('/token')
    response.writeHead(isLogin ? 200 : 404, { 'Content-Type': 'application/json' }).end(isLogin ? given : '{}')
  })
  await new Promise<void>(resolve => answering.listen(0, '127.0.0.1', resolve))
  const { port } = answering.address() as AddressInfo
  try {
    const { printed } = await testContract({ BASE_URL: `http://127.0.0.1:${port}`, CONTRACT_USERS: file })
    expect(printed).toContain('(not shown: it has a token)')
    expect(printed).toMatch(/printf %s '.*password=<password of \w+>.*' \| gzip \| curl/)
    expect(printed).not.toContain('secret-token-')
    expect(printed).not.toContain('eve-hunter2')
  } finally {
    answering.close()
    answering.closeAllConnections()
  }
})

test('a server that does not answer is told in one sentence', async () => {
  const sentence = 'No server answers at http://127.0.0.1:1: connect ECONNREFUSED 127.0.0.1:1.'
  expect(await testContract({ BASE_URL: 'http://127.0.0.1:1' })).toEqual({ code: 1, printed: `${sentence}\n` })
})

/** What the command prints before anything is tried: all that it prints of a TypeError is its message, as above. */
const refusal = (url: string, environment: Record<string, string>): Promise<unknown> =>
  checkTarget(url, join(root, 'openapi.yaml'), environment).catch((error: unknown) => error)

test('a file of users that is no YAML is not quoted', async () => {
  const broken = join(folder, 'broken.yaml')
  writeFileSync(broken, 'johndoe:\n  password: eve: hunter2\n')
  expect(await refusal('http://127.0.0.1:1', { CONTRACT_USERS: broken })).toEqual(
    new TypeError(`CONTRACT_USERS names a file that isn't well-formed YAML: ${broken}.`)
  )
})

test('what fails to put things back is told before anything is tried', async () => {
  const server = await startChapter()
  try {
    const environment = { CONTRACT_RESET: 'echo no database >&2; exit 3' }
    expect(await refusal(`http://127.0.0.1:${server.port}`, environment)).toEqual(
      new TypeError('CONTRACT_RESET: `echo no database >&2; exit 3` ends with 3:\nno database')
    )
  } finally {
    await server.close()
  }
})

test('a number of requests that is none is refused before anything is tried', async () => {
  expect(await refusal('http://127.0.0.1:1', { CONTRACT_RUNS: 'many' })).toEqual(
    new TypeError('CONTRACT_RUNS is "many"; it takes a whole number from 1.')
  )
})

test.each([
  [
    'a URL that is none',
    () => targetAt('example'),
    'BASE_URL is "example"; it takes a URL such as https://api.example.com.'
  ],
  ['a file that is not there', () => readKnownAskers('none'), "CONTRACT_USERS names a file that doesn't exist: none."],
  ['no time', () => samplingOf({ CONTRACT_SECONDS: '0' }), 'CONTRACT_SECONDS is "0"; it takes a whole number from 1.']
])('%s is refused with one sentence', (_what, read, sentence) => {
  expect(read).toThrow(new TypeError(sentence)) // what the command prints of a TypeError is seen above
})

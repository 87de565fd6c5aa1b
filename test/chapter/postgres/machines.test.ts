/** Two servers on one PostgreSQL, each a process of its own, and the command line beside them. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { logIn, readMe } from '../../support/login.js'
import { createEmptyDatabase, findPostgres } from '../../support/postgres.js'
import { run, type Running, startMain } from '../../support/process.js'
import { tokenOf } from '../real/real-server.js'

const postgres = await findPostgres()
if (!postgres) throw new Error('These tests need PostgreSQL: install it, or name one in DATABASE_URL.')
const database = await createEmptyDatabase(postgres.url)
const environment = { DATABASE_URL: database.url, TOKEN_SECRETS: 'only-for-tests-only-for-tests-only' }

const servers: (Running & { readonly port: number })[] = []
beforeAll(async () => {
  servers.push(...(await Promise.all([startMain(environment), startMain(environment)])))
})
afterAll(async () => {
  for (const { child } of servers) child.kill('SIGTERM')
  await Promise.all(servers.map(({ ended }) => ended))
  await database.remove()
  await postgres.remove()
})

const users = async (line: string, ...args: readonly string[]): Promise<string> => {
  const command = `printf '%s' "$LINE" | '${process.execPath}' dist/users.js ${args.join(' ')}`
  const running = run('sh', ['-c', command], { ...environment, LINE: line })
  const { code } = await running.ended
  expect([code, running.printed()]).toEqual([0, expect.any(String)])
  return running.printed()
}
const john = 'username=johndoe&password=correct+horse'
const statuses = (token: string) => Promise.all(servers.map(async ({ port }) => (await readMe(port, token)).status))

test('a token of one is good at the other, and a user disabled at one is refused by both', async () => {
  expect(await users('correct horse\n', 'add', 'johndoe')).toContain('Added johndoe.')
  const [one, other] = servers
  const token = tokenOf(await logIn(one?.port ?? 0, john))
  expect(await statuses(token)).toEqual([200, 200])
  await users('', 'disable', 'johndoe')
  expect(await statuses(token)).toEqual([401, 401])
  expect(await statuses(tokenOf(await logIn(other?.port ?? 0, john)))).toEqual([400, 400])
})

test('guesses at one count at the other', async () => {
  const [one, other] = servers
  const guess = (port = 0) => logIn(port, 'username=mallory&password=guess')
  const guesses = await Promise.all(Array.from({ length: 10 }, (_, index) => guess((index % 2 ? one : other)?.port)))
  expect(new Set(guesses.map(({ status }) => status))).toEqual(new Set([400]))
  const blocked = await Promise.all([guess(one?.port), guess(other?.port)])
  expect(blocked.map(({ status }) => status)).toEqual([429, 429])
  expect(Number(blocked[0].headers['retry-after'])).toBeGreaterThan(800)
})

test('both stop in good order, and tell no secret', async () => {
  for (const { child } of servers) child.kill('SIGTERM')
  const ends = await Promise.all(servers.map(({ ended }) => ended))
  expect(ends.map(({ code }) => code)).toEqual([0, 0])
  const printed = servers.map(server => server.printed()).join('')
  expect(printed).toContain('"msg":"login","username":"johndoe","outcome":"accepted"')
  for (const secret of ['correct', 'only-for-tests', new URL(database.url).password]) {
    expect(printed).not.toContain(secret)
  }
})

/**
 * The project as the chapter has it, whatever was added to it since: tests of tools make their edits in it, so that
 * they don't fail when an operation is added.
 */
import { isMap, isNode, isScalar, parseDocument } from 'yaml'
import type { AppOptions } from '../../src/app.js'
import { createPasswords } from '../../src/auth/passwords.js'
import type { PasswordHasher } from '../../src/auth/password-hasher.js'
import { oauth2PasswordBearer } from '../../src/auth/current-user.js'
import { noThrottle } from '../../src/auth/login-throttle.js'
import { fakeOAuthWords, fakePasswordHasher, fakeTokenCodec, fakeUsers } from '../../src/chapter/fake.js'
import { memoryUserStore } from '../../src/chapter/memory-user-store.js'
import { chapterProblems } from '../../src/chapter/problems.js'
import { type Contract, parseContract } from '../../src/contract/index.js'
import { login } from '../../src/operations/login.js'
import { readUsersMe } from '../../src/operations/read-users-me.js'
import type { Services } from '../../src/services.js'
import { contractText } from '../support/project.js'
import { startApp, type TestServer } from '../support/server.js'

const paths = new Set<unknown>(['/token', '/users/me'])
const files = new Set(['index.ts', 'operation.ts', 'login.ts', 'read-users-me.ts'])

/** The handlers of the chapter's operations. */
export const chapterHandlers = {
  operations: { login, readUsersMe },
  security: { OAuth2PasswordBearer: oauth2PasswordBearer }
}

/** A contract without the paths that the chapter doesn't have. */
export const chapterContract = (text: string): string => {
  const map = parseDocument(text).getIn(['paths'])
  const added = isMap(map) ? map.items.filter(({ key }) => isScalar(key) && !paths.has(key.value)) : []
  return added.reduceRight((rest, { key, value }) => {
    const start = isNode(key) ? (key.range?.[0] ?? 0) : 0
    const end = isNode(value) ? (value.range?.[2] ?? 0) : 0
    const lineOf = (offset: number): number => rest.lastIndexOf('\n', offset - 1) + 1
    return rest.slice(0, lineOf(start)) + rest.slice(lineOf(end))
  }, text)
}

/** The contract with the chapter's operations only. */
export const chapterText = chapterContract(contractText)

/** The chapter's contract with edits made to its text. Fails if an edit finds nothing to change. */
export const editedContract = (...edits: readonly (readonly [from: string, to: string])[]): Contract =>
  parseContract(
    edits.reduce((text, [from, to]) => {
      if (!text.includes(from)) throw new Error(`openapi.yaml has no ${JSON.stringify(from)} to edit`)
      return text.replace(from, to)
    }, chapterText)
  )

/** Services of the chapter with others in their places. */
export type ChapterParts = Partial<Pick<Services, 'users' | 'tokens'>> & { readonly passwords?: PasswordHasher }

/** What the chapter's app is made of, with parts of one's own. */
export const chapterOptions = async ({
  users = memoryUserStore(fakeUsers),
  tokens = fakeTokenCodec,
  passwords = fakePasswordHasher
}: ChapterParts = {}) => ({
  contract: parseContract(chapterText),
  handlers: chapterHandlers,
  problems: chapterProblems,
  services: {
    users,
    tokens,
    passwords: await createPasswords(passwords, users),
    throttle: noThrottle,
    oauth: fakeOAuthWords,
    log: () => undefined
  }
})

/** Starts the chapter's server, with parts or options of one's own. */
export const startChapter = async ({
  users,
  tokens,
  passwords,
  ...options
}: ChapterParts & Partial<AppOptions<Services>> = {}): Promise<TestServer> => {
  const parts = { ...(users && { users }), ...(tokens && { tokens }), ...(passwords && { passwords }) }
  return startApp({ ...(await chapterOptions(parts)), ...options })
}

/** Whether a file of `src/operations` is the chapter's. */
export const isOfChapter = (file: string): boolean => files.has(file)

/** `src/operations/index.ts` without the handlers that the chapter doesn't have. */
export const chapterIndex = (text: string): string => {
  const added = [...text.matchAll(/^import \{ (\w+) \} from '\.\/([\w-]+)\.js'\n/gm)].filter(
    ([, , file = '']) => !isOfChapter(`${file}.ts`)
  )
  return added.reduce(
    (rest, [line, name = '']) => rest.replace(line, '').replace(new RegExp(`\\b${name}, |, ${name}\\b`), ''),
    text
  )
}

import { readFileSync } from 'node:fs'
import type { AppOptions } from '../../src/app.js'
import { type Answer, send } from '../../scripts/contract-tests/client.js'
import { type Contract, type Handlers, parseContract, type Problems } from '../../src/contract/index.js'
import { statusText } from '../../src/http/status-text.js'
import { startApp, type TestServer } from './server.js'

/** A contract with a login and a secured operation, for tests of the engine and of tools: not that of the project. */
export const loginText = readFileSync(new URL('login.yaml', import.meta.url), 'utf8')

/** That contract with edits made to its text. Fails if an edit finds nothing to change. */
export const editedLogin = (...edits: readonly (readonly [from: string, to: string])[]): Contract =>
  parseContract(
    edits.reduce((text, [from, to]) => {
      if (!text.includes(from)) throw new Error(`login.yaml has no ${JSON.stringify(from)} to edit`)
      return text.replace(from, to)
    }, loginText)
  )

/** Words of the server's own replies, for contracts that declare them as `{ detail }`. */
export const detailProblems: Problems = {
  mediaType: 'application/json',
  body: ({ status, detail, broken }) => ({
    detail:
      broken?.map(({ part, path, keyword, message }) => ({
        loc: [part, ...path].map(token => (/^\d+$/.test(token) ? Number(token) : token)),
        msg: message,
        type: keyword
      })) ??
      detail ??
      statusText(status)
  }),
  undeclaredMediaType: 'absent',
  emptyFormField: 'absent'
}

const john = {
  username: 'johndoe',
  email: 'johndoe@example.com',
  full_name: 'John Doe',
  disabled: false,
  hashed_password: 'fakehashedsecret'
}

/** Handlers for that contract: johndoe logs in with `secret`, and his token is his name. */
export const loginHandlers: Handlers<unknown> = {
  operations: {
    login: ({ form }: { form: { username: string; password: string } }) =>
      Promise.resolve(
        form.username === john.username && form.password === 'secret'
          ? { status: 200, body: { access_token: john.username, token_type: 'bearer' } }
          : { status: 400, body: { detail: 'Incorrect username or password' } }
      ),
    readUsersMe: ({ user }: { user: unknown }) => Promise.resolve({ status: 200, body: user })
  },
  security: {
    OAuth2PasswordBearer: {
      kind: 'bearer',
      refusals: [401, 400],
      authenticate: ({ headers: { authorization } }) =>
        Promise.resolve(
          authorization === `Bearer ${john.username}`
            ? { user: john }
            : { refusal: { status: 401, detail: 'Not authenticated' } }
        )
    }
  }
}

/** Starts a server of that contract. */
export const startLogin = (options: Partial<AppOptions<unknown>> = {}): Promise<TestServer> =>
  startApp({
    contract: parseContract(loginText),
    handlers: loginHandlers,
    services: {},
    problems: detailProblems,
    ...options
  })

export const formType = { 'Content-Type': 'application/x-www-form-urlencoded' }

/** Posts a form to the login. */
export const logIn = (port: number, form: string, headers: Record<string, string> = {}): Promise<Answer> =>
  send(port, { method: 'POST', path: '/token', headers: { ...formType, ...headers }, body: form })

/** Reads the current user with a token. */
export const readMe = (port: number, token: string): Promise<Answer> =>
  send(port, { path: '/users/me', headers: { Authorization: `Bearer ${token}` } })

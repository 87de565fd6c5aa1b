import { isDeepStrictEqual } from 'node:util'

/** A request, and the body of the 200 that it must get. */
export interface Exchange {
  readonly name: string
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly expected: unknown
}

/** What a server is asked. */
export type Exchanges = readonly [Exchange, ...Exchange[]]

/** A request with a token. */
export const get = (path: string, expected: unknown, name = `GET ${path}`, token = 'johndoe'): Exchange => {
  return { name, method: 'GET', path, headers: { Authorization: `Bearer ${token}` }, body: '', expected }
}

const readUsersMe: Exchange = get('/users/me', {
  username: 'johndoe',
  email: 'johndoe@example.com',
  full_name: 'John Doe',
  disabled: false,
  hashed_password: 'fakehashedsecret'
})

/** A login, where it gives the same answer each time. */
export const loginOf = (username: string, password: string, expected?: unknown): Exchange => ({
  name: 'POST /token',
  method: 'POST',
  path: '/token',
  headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
  body: String(new URLSearchParams({ grant_type: 'password', username, password })),
  expected
})

const login = loginOf('johndoe', 'secret', { access_token: 'johndoe', token_type: 'bearer' })

/** A request for the made resource with this number, the path of which has a parameter. */
const readResource = (number: number): Exchange =>
  get(`/resources-${number}/42`, { id: 42, name: `Resource ${number}`, tags: ['made'] }, 'GET /resources-…/{id}')

/**
 * What a server is asked whose contract has so many operations: the project's two, and where others were made, one with
 * a templated path, from the middle.
 */
export const exchangesOf = (operations: number): Exchanges => [
  readUsersMe,
  login,
  ...(operations < 3 ? [] : [readResource(Math.floor((operations - 2) / 4) * 2 + 1)])
]

/** The bytes of a request to a port, as text. */
export const requestText = ({ method, path, headers, body }: Exchange, port: number): string => {
  const length = method === 'POST' ? { 'Content-Length': String(Buffer.byteLength(body)) } : {}
  const lines = Object.entries({ Host: `127.0.0.1:${port}`, ...headers, ...length }).map(
    ([name, value]) => `${name}: ${value}\r\n`
  )
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`
}

/** What is wrong where nobody answers. */
export const silence = 'no answer'

/**
 * Sends a request on a connection of its own, and waits for 10 s at most. Returns what is wrong with the answer, in a
 * few words; `undefined` if it is the expected one.
 */
export const problemOf = async (exchange: Exchange, port: number): Promise<string | undefined> => {
  const { method, path, headers, body, expected } = exchange
  const sent = { method, body: body === '' ? null : body, headers: { ...headers, Connection: 'close' } }
  const init: RequestInit = { ...sent, redirect: 'manual', signal: AbortSignal.timeout(10_000) }
  const response = await fetch(`http://127.0.0.1:${port}${path}`, init).catch(() => undefined)
  const answer: unknown = await response?.json().catch(() => undefined)
  if (!response) return silence
  if (response.status !== 200) return `answers ${response.status}, not 200`
  if (!isDeepStrictEqual(answer, expected)) return 'answers another body than expected'
  return response.headers.has('Content-Length') ? undefined : 'answers without the Content-Length that it is counted by'
}

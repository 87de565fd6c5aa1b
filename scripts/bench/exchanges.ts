import { isDeepStrictEqual } from 'node:util'

/** A request, and what its answer must be. */
export interface Exchange {
  readonly name: string
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array
  /** The status that its answer must have. */
  readonly status: number
  /** Whether the body of its answer is right. */
  readonly isRight: (body: Buffer) => boolean
  /** Headers that its answer must have, by their names in lower case. */
  readonly answerHeaders?: Readonly<Record<string, string>>
  /** On how many connections at once it is sent: 20 by default. */
  readonly connections?: number
}

/** What a server is asked. */
export type Exchanges = readonly [Exchange, ...Exchange[]]

/** A body that is this value in JSON. */
export const isJsonOf =
  (expected: unknown) =>
  (body: Buffer): boolean => {
    try {
      return isDeepStrictEqual(JSON.parse(body.toString()), expected)
    } catch {
      return false
    }
  }

/** A GET without credentials, with a 200 of JSON as its answer. */
export const get = (path: string, expected: unknown, name = `GET ${path}`): Exchange => {
  return { name, method: 'GET', path, headers: {}, body: '', status: 200, isRight: isJsonOf(expected) }
}

/** A request with a token. */
export const getWith = (token: string, path: string, expected: unknown): Exchange => ({
  ...get(path, expected),
  headers: { Authorization: `Bearer ${token}` }
})

/** A login; `expected` is what it answers, where that is the same each time. */
export const loginOf = (username: string, password: string, expected?: unknown): Exchange => ({
  name: 'POST /token',
  method: 'POST',
  path: '/token',
  headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
  body: String(new URLSearchParams({ grant_type: 'password', username, password })),
  status: 200,
  isRight: expected === undefined ? () => true : isJsonOf(expected)
})

/** A POST of a value in JSON. */
export const postJson = (path: string, value: unknown, answer: Pick<Exchange, 'status' | 'isRight'>): Exchange => {
  const headers = { 'Content-Type': 'application/json' }
  return { name: `POST ${path}`, method: 'POST', path, headers, body: JSON.stringify(value), ...answer }
}

/** The bytes of a request to a port. */
export const requestBytes = ({ method, path, headers, body }: Exchange, port: number): Buffer => {
  const length = method === 'POST' ? { 'Content-Length': String(Buffer.byteLength(body)) } : {}
  const lines = Object.entries({ Host: `127.0.0.1:${port}`, ...headers, ...length }).map(
    ([name, value]) => `${name}: ${value}\r\n`
  )
  return Buffer.concat([Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`), Buffer.from(body)])
}

/** What is wrong where nobody answers. */
export const silence = 'no answer'

/**
 * Sends a request on a connection of its own, and waits for 10 s at most. Returns what is wrong with the answer, in a
 * few words; `undefined` if it is the expected one.
 */
export const problemOf = async (exchange: Exchange, port: number): Promise<string | undefined> => {
  const { method, path, headers, body, status, isRight, answerHeaders = {} } = exchange
  const sent = { method, body: body.length === 0 ? null : body, headers: { ...headers, Connection: 'close' } }
  const init: RequestInit = { ...sent, redirect: 'manual', signal: AbortSignal.timeout(10_000) }
  const response = await fetch(`http://127.0.0.1:${port}${path}`, init).catch(() => undefined)
  const answer = await response?.arrayBuffer().catch(() => undefined)
  if (!response || !answer) return silence
  if (response.status !== status) return `answers ${response.status}, not ${status}`
  const missing = Object.entries(answerHeaders).find(([name, value]) => response.headers.get(name) !== value)
  if (missing) return `answers without \`${missing.join(': ')}\``
  return isRight(Buffer.from(answer)) ? undefined : 'answers another body than expected'
}

import { request } from 'node:http'
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

/** An answer as it came in: `length` is whether it said its length in bytes. */
export interface Answer {
  readonly status: number
  readonly length: boolean
  readonly text: string
}

const get = (path: string, expected: unknown, name = `GET ${path}`): Exchange => ({
  name,
  method: 'GET',
  path,
  headers: { Authorization: 'Bearer johndoe' },
  body: '',
  expected
})

export const readUsersMe: Exchange = get('/users/me', {
  username: 'johndoe',
  email: 'johndoe@example.com',
  full_name: 'John Doe',
  disabled: false,
  hashed_password: 'fakehashedsecret'
})

export const login: Exchange = {
  name: 'POST /token',
  method: 'POST',
  path: '/token',
  headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
  body: 'grant_type=password&username=johndoe&password=secret',
  expected: { access_token: 'johndoe', token_type: 'bearer' }
}

/** A request for the made resource with this number, the path of which has a parameter. */
export const readResource = (number: number): Exchange =>
  get(`/resources-${number}/42`, { id: 42, name: `Resource ${number}`, tags: ['made'] }, 'GET /resources-…/{id}')

/** The bytes of a request to a port, as text. */
export const requestText = ({ method, path, headers, body }: Exchange, port: number): string => {
  const length = method === 'POST' ? { 'Content-Length': String(Buffer.byteLength(body)) } : {}
  const lines = Object.entries({ Host: `127.0.0.1:${port}`, ...headers, ...length }).map(
    ([name, value]) => `${name}: ${value}\r\n`
  )
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`
}

/** Sends a request on a connection of its own, for 10 s at most; `undefined` if nobody answers. */
export const ask = ({ method, path, headers, body }: Exchange, port: number): Promise<Answer | undefined> =>
  new Promise(resolve => {
    const sent = request(
      { host: '127.0.0.1', port, method, path, headers, agent: false, timeout: 10_000 },
      response => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', () => resolve(undefined))
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString()
          resolve({ status: response.statusCode ?? 0, length: 'content-length' in response.headers, text })
        })
      }
    )
    sent.on('timeout', () => sent.destroy())
    sent.on('error', () => resolve(undefined))
    sent.end(body)
  })

/** What is wrong with an answer, in a few words; `undefined` if it is the expected one. */
export const problemOf = ({ name, expected }: Exchange, answer: Answer | undefined): string | undefined => {
  if (!answer) return `${name}: no answer`
  if (answer.status !== 200) return `${name}: answers ${answer.status}, not 200`
  if (!isDeepStrictEqual(parseJson(answer.text), expected)) return `${name}: answers another body than expected`
  return answer.length ? undefined : `${name}: answers without Content-Length, by which answers are counted`
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

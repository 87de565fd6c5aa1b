import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { connect } from 'node:net'

/** An answer, its body as text and, where it is JSON, as a value. */
export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
  readonly json: unknown
}

export interface Sent {
  readonly method?: string
  readonly path: string
  readonly headers?: Record<string, string>
  /** Sent as it is: no media type is added. */
  readonly body?: string | Buffer | null
}

/** Sends one request on a connection of its own. Unlike `fetch` it adds no header but `Host` and `Content-Length`. */
export const send = (port: number, { method = 'GET', path, headers = {}, body }: Sent): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const length = body === undefined || body === null ? {} : { 'Content-Length': String(Buffer.byteLength(body)) }
    const options = { host: '127.0.0.1', port, method, path, agent: false, headers: { ...length, ...headers } }
    const outgoing = httpRequest(options, incoming => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('error', reject)
      incoming.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        const isJson = incoming.headers['content-type']?.startsWith('application/json') === true && text !== ''
        const json: unknown = isJson ? JSON.parse(text) : undefined
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text, json })
      })
    })
    outgoing.on('error', reject)
    outgoing.end(body ?? undefined)
  })

export const formType = { 'Content-Type': 'application/x-www-form-urlencoded' }

/** Posts a form to the login. */
export const logIn = (port: number, form: string, headers: Record<string, string> = {}): Promise<Answer> =>
  send(port, { method: 'POST', path: '/token', headers: { ...formType, ...headers }, body: form })

/** Reads the current user with a token. */
export const readMe = (port: number, token: string): Promise<Answer> =>
  send(port, { path: '/users/me', headers: { Authorization: `Bearer ${token}` } })

/** Writes bytes to a socket, and gives all that comes back until the server closes, or `until` is found in it. */
export const sendBytes = (port: number, bytes: string | Buffer, until?: RegExp): Promise<string> =>
  new Promise((resolve, reject) => {
    let received = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    socket.setEncoding('latin1')
    socket.on('data', (data: string) => {
      received += data
      if (until?.test(received) === true) socket.end()
    })
    socket.on('error', reject)
    socket.on('close', () => {
      resolve(received)
    })
  })

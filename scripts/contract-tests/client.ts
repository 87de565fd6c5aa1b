import { type Agent, request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { connect } from 'node:net'
import { isJson } from '../../src/contract/index.js'

/** An answer, its body as text and, where it is well-formed JSON, as a value. */
export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
  readonly json: unknown
}

/** A request. */
export interface Sent {
  readonly method?: string
  readonly path: string
  readonly headers?: Record<string, string>
  /** Sent as it is: no media type is added. */
  readonly body?: string | Buffer | null
}

/** Sends one request to the server at a URL. Unlike `fetch` it adds no header but `Host` and `Content-Length`. */
export const sendTo = (url: URL, { method = 'GET', path, headers = {}, body }: Sent, agent?: Agent): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const length = body === undefined || body === null ? {} : { 'Content-Length': String(Buffer.byteLength(body)) }
    const { port, protocol } = url
    const hostname = url.hostname.replace(/^\[|\]$/g, '') // of an IPv6 address without its brackets
    const options = { hostname, port, path, method, agent: agent ?? false, headers: { ...length, ...headers } }
    const outgoing = (protocol === 'https:' ? httpsRequest : httpRequest)(options, incoming => {
      const chunks: Buffer[] = []
      const take = (): void => {
        const text = Buffer.concat(chunks).toString()
        const hasJson = isJson(incoming.headers['content-type']) && text !== ''
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          text,
          json: hasJson ? parse(text) : undefined
        })
      }
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('error', reject)
      incoming.on('end', take)
      if (!isEvents(incoming.headers['content-type'])) return
      const leave = (): void => {
        clearTimeout(timer)
        incoming.off('error', reject).on('error', () => undefined)
        incoming.destroy()
        take()
      }
      const timer = setTimeout(leave, silence)
      incoming.on('end', () => clearTimeout(timer))
      incoming.on('data', (chunk: Buffer) => {
        if (chunk.includes('\n\n')) leave()
      })
    })
    outgoing.on('error', error => {
      // A server may close a connection that it has kept open just when it is used again: that is nobody's fault.
      const again = outgoing.reusedSocket && (error as NodeJS.ErrnoException).code === 'ECONNRESET'
      if (again) sendTo(url, { method, path, headers, ...(body !== undefined && { body }) }).then(resolve, reject)
      else reject(error)
    })
    outgoing.setTimeout(patience, () => outgoing.destroy(new Error(`none within ${patience / 1000} s`)))
    outgoing.end(body ?? undefined)
  })

/** How long an answer may take, in milliseconds. */
const patience = 30_000

/** How long the first event of a stream of events is waited for, in milliseconds. It may have no end: more isn't read. */
const silence = 100

const isEvents = (mediaType = ''): boolean => /^text\/event-stream\b/i.test(mediaType)

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Sends one request to a server on this machine, on a connection of its own. */
export const send = (port: number, sent: Sent): Promise<Answer> => sendTo(new URL(`http://127.0.0.1:${port}`), sent)

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

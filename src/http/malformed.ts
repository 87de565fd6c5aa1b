import {
  type IncomingMessage,
  type RequestListener,
  type ServerOptions,
  type ServerResponse,
  STATUS_CODES
} from 'node:http'
import type { Problems } from '../contract/index.js'
import { problemHeaders, sendProblem } from './errors.js'
import { requestId } from './request-id.js'
import type { Listeners } from './turn-server.js'

/** The most header fields that a request may have. */
const maxFields = 1000

/** What `createServer` of `node:http` is told, so that it doesn't answer for itself. */
export const answersLeftToUs = { requireHostHeader: false } satisfies ServerOptions

const closing = { 'Cache-Control': 'no-store', Connection: 'close' }

/**
 * The listeners of a server that answers what is no good request in its own words (RFC 9110 §15.5): 400, 408, 413 or 431
 * for what Node's parser refuses or waits for in vain, 417 for an expectation that HTTP doesn't have, 505 for another HTTP.
 */
export const refuseMalformed = (serve: RequestListener, problems: Problems): Listeners => ({
  serve: (request, response) => {
    const status = statusOf(request)
    if (status === undefined) serve(request, response)
    else sendProblem(response, problems, status, closing)
  },
  unexpected: (_request, response) => sendProblem(response, problems, 417, closing),
  unparsed: ({ code = '' }, _socket, response) => {
    const status = statuses.get(code) ?? 400
    const known = response && { requestId: () => requestId(response.req) } // if its head was read
    const text = JSON.stringify(problems.body({ status, ...known }))
    const own = { ...problemHeaders(problems, text), ...closing, Date: new Date().toUTCString() }
    const headers = [...Object.entries(own), ...(response ? headersSoFar(response) : [])]
    const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`)
    return { status, text: `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n${text}` }
  }
})

// As far as the head was read, the page that has sent the request may read this reply as any other, and know its id.
const headersSoFar = (response: ServerResponse): [name: string, value: string][] => [
  ...response.getHeaderNames().flatMap((name): [string, string][] => {
    const value = response.getHeader(name)
    return name.startsWith('access-control-') && typeof value === 'string' ? [[name, value]] : []
  }),
  ['X-Request-Id', requestId(response.req)]
]

const statuses: ReadonlyMap<string, number> = new Map([
  ['HPE_HEADER_OVERFLOW', 431],
  ['HPE_CHUNK_EXTENSIONS_OVERFLOW', 413],
  ['ERR_HTTP_REQUEST_TIMEOUT', 408]
])

const statusOf = ({ url, rawHeaders, headers, httpVersion }: IncomingMessage): 400 | 431 | 505 | undefined => {
  if (rawHeaders.length > 2 * maxFields) return 431
  if (httpVersion !== '1.1' && httpVersion !== '1.0') return 505
  if (!endsInChunks(headers['transfer-encoding'])) return 400
  const hosts = hostsIn(rawHeaders)
  const isAddressed = hosts === 1 ? isHost(headers.host) : hosts === 0 && httpVersion === '1.0' // RFC 9112 §3.2
  return isAddressed && isTarget(url) ? undefined : 400
}

// RFC 9112 §6.3: what comes behind another coding has no end. Node refuses it, but not beside a request for an upgrade.
const endsInChunks = (codings?: string): boolean => codings === undefined || /(^|,)[ \t]*chunked[ \t]*$/i.test(codings)

// Node keeps the first of several, a proxy in front may go by the last.
const hostsIn = (rawHeaders: readonly string[]): number => {
  let hosts = 0
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at]
    if (name?.length === 4 && name.toLowerCase() === 'host') hosts += 1
  }
  return hosts
}

const isHost = (host = ''): boolean => /^(\[[\da-fv:.]+\]|[\w.~!$&'()*+,;=%-]*)(:\d*)?$/i.test(host)

// With one that it can't parse Express goes past all handlers of the app to its own, which answers in HTML.
const isTarget = (url = '/'): boolean => url.startsWith('/') || url === '*' || URL.canParse(url)

import { type IncomingMessage, type RequestListener, type ServerOptions, STATUS_CODES } from 'node:http'
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
 * for what Node's parser refuses or waits for in vain, 417 for an expectation that HTTP doesn't have.
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
    const headers = Object.entries({ ...problemHeaders(problems, text), ...closing, Date: new Date().toUTCString() })
    const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`)
    return { status, text: `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n${text}` }
  }
})

const statuses: ReadonlyMap<string, number> = new Map([
  ['HPE_HEADER_OVERFLOW', 431],
  ['HPE_CHUNK_EXTENSIONS_OVERFLOW', 413],
  ['ERR_HTTP_REQUEST_TIMEOUT', 408]
])

const statusOf = ({ url, rawHeaders, headers, httpVersion }: IncomingMessage): 400 | 431 | undefined => {
  if (rawHeaders.length > 2 * maxFields) return 431
  return isTarget(url) && (headers.host !== undefined || httpVersion !== '1.1') ? undefined : 400 // RFC 9112 §3.2
}

// With one that it can't parse Express goes past all handlers of the app to its own, which answers in HTML.
const isTarget = (url = '/'): boolean => url.startsWith('/') || url === '*' || URL.canParse(url)

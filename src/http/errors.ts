import type { ServerResponse } from 'node:http'
import type { ErrorRequestHandler, RequestHandler } from 'express'
import { statusText } from './status-text.js'

/** Where unexpected errors are logged. */
export type Log = (text: string) => void

/** An answer about an error, as the chapter's application words it. */
export interface ErrorReply {
  readonly status: number
  readonly body: { readonly detail: string }
}

const errorReply = (status: number): ErrorReply => ({ status, body: { detail: statusText(status) } })

/**
 * Logs an unexpected error, with its causes, and says what to tell the client: nothing. Only stacks are logged, never
 * the properties of an error, because libraries hang requests on them, and requests have passwords in them.
 */
export const unexpectedError = (error: unknown, log: Log): ErrorReply => {
  log(stacks(error).join('\ncaused by '))
  return errorReply(500)
}

const stacks = (error: unknown): string[] => {
  const found: string[] = []
  for (let at = error, depth = 0; at !== undefined && depth < 8; depth += 1) {
    found.push(at instanceof Error ? (at.stack ?? `${at.name}: ${at.message}`) : `a thrown ${typeof at}`)
    at = at instanceof Error ? at.cause : undefined
  }
  return found
}

// Written with Node's own methods: Express adds a charset to JSON's media type, which has none (RFC 8259 §11).
const send = (response: ServerResponse, { status, body }: ErrorReply, headers: Record<string, string> = {}): void => {
  const text = JSON.stringify(body)
  const all = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text), ...headers }
  response.writeHead(status, all).end(text)
}

/** Answers 404 to whatever nobody else has answered. */
export const notFound: RequestHandler = (_request, response) => {
  send(response, errorReply(404))
}

/** Answers 405, with the methods that there are. */
export const methodNotAllowed =
  (...methods: readonly string[]): RequestHandler =>
  (_request, response) => {
    send(response, errorReply(405), { Allow: methods.join(', ') })
  }

// Express tells by an error's status what a client has done wrong, such as asking for a range that isn't there.
const expectedStatus = (error: unknown): number | undefined => {
  const status: unknown = error instanceof Error && 'status' in error ? error.status : undefined
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined
}

/** The error handler of the app, so that Express's own, which logs the body and answers in HTML, is never reached. */
export const errorHandler =
  (log: Log): ErrorRequestHandler =>
  (error: unknown, _request, response, _next) => {
    const expected = expectedStatus(error)
    const reply = expected === undefined ? unexpectedError(error, log) : errorReply(expected)
    if (response.headersSent) response.destroy()
    else send(response, reply)
  }

import type { ServerResponse } from 'node:http'
import type { ErrorRequestHandler, RequestHandler } from 'express'
import { hasCredentials, type Problems, type RoutedMessage } from '../contract/index.js'
import type { Facts, Log } from '../log.js'
import { methodOf } from './method.js'
import { requestFacts, requestId } from './request-id.js'
import { traceOf } from './trace.js'

/**
 * Logs an unexpected error, with its causes. Only stacks are logged, never the properties of an error, because libraries
 * hang requests on them, and requests have passwords in them.
 */
export const logUnexpected = (error: unknown, log: Log, facts: Facts = {}): void =>
  log('error', 'Unexpected error', { ...facts, stack: stacks(error).join('\ncaused by ') })

/**
 * Logs an unexpected error of a request.
 *
 * @returns the headers of its reply: an id, which is all that the client is told, and by which the line can be found
 */
export const logUnexpectedOf = (message: RoutedMessage, error: unknown, log: Log): Readonly<Record<string, string>> => {
  const { operationId } = message.operation ?? {}
  const id = requestId(message)
  const facts = requestFacts(id, traceOf(message.headers))
  logUnexpected(error, log, { ...facts, operationId, method: methodOf(message.method) })
  return { 'X-Request-Id': id }
}

const stacks = (error: unknown): string[] => {
  const found: string[] = []
  for (let at = error, depth = 0; at !== undefined && depth < 8; depth += 1) {
    found.push(at instanceof Error ? (at.stack ?? `${at.name}: ${at.message}`) : `a thrown ${typeof at}`)
    at = at instanceof Error ? at.cause : undefined
  }
  return found
}

/**
 * Sends a reply of the server's own, in its words. Written with Node's own methods: Express adds a charset to JSON's media
 * type, which has none (RFC 8259 §11).
 */
export const sendProblem = (
  response: ServerResponse,
  problems: Problems,
  status: number,
  headers: Readonly<Record<string, string>> = {}
): void => {
  const text = JSON.stringify(problems.body({ status, requestId: () => requestId(response.req) }))
  const unstored = hasCredentials(response.req) ? { 'Cache-Control': 'no-store' } : {}
  response.writeHead(status, { ...problemHeaders(problems, text), ...unstored, ...headers }).end(text)
}

/** The headers that say what the body of the server's own reply is, and nothing else. */
export const problemHeaders = ({ mediaType }: Problems, text: string): Readonly<Record<string, string | number>> => ({
  'Content-Type': mediaType,
  'X-Content-Type-Options': 'nosniff',
  'Content-Length': Buffer.byteLength(text)
})

/** Answers 404 to whatever nobody else has answered. */
export const notFound =
  (problems: Problems): RequestHandler =>
  (_request, response) =>
    sendProblem(response, problems, 404)

/** Answers 405, with the methods that there are. */
export const methodNotAllowed =
  (problems: Problems, ...methods: readonly string[]): RequestHandler =>
  (_request, response) =>
    sendProblem(response, problems, 405, { Allow: methods.join(', ') })

// Express and its middleware tell by an error's status what a client has done wrong.
const expectedStatus = (error: unknown): number | undefined => {
  const status: unknown = error instanceof Error && 'status' in error ? error.status : undefined
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined
}

/** The error handler of the app, so that Express's own, which logs the body and answers in HTML, is never reached. */
export const errorHandler =
  (problems: Problems, log: Log): ErrorRequestHandler =>
  (error: unknown, request, response, _next) => {
    const expected = expectedStatus(error)
    const headers = expected === undefined ? logUnexpectedOf(request, error, log) : {}
    if (response.headersSent) response.destroy()
    else sendProblem(response, problems, expected ?? 500, headers)
  }

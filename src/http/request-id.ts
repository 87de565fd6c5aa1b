import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { type Trace, traceOf } from './trace.js'

/** A request whose id is kept on it, once it has one. */
interface IdentifiedMessage extends IncomingMessage {
  requestId?: string | undefined
}

const sane = /^[\w.:+/=-]{1,128}$/

/**
 * The id of a request, by which its lines in the log are found: what the client or a proxy says in `X-Request-Id`, else
 * the id of the trace that it is part of, else one that is made.
 */
export const requestId = (message: IdentifiedMessage): string => (message.requestId ??= findId(message))

const findId = ({ headers }: IncomingMessage): string => {
  const { 'x-request-id': given } = headers
  if (typeof given === 'string' && sane.test(given)) return given
  return traceOf(headers)?.trace ?? randomUUID()
}

/** What each line about a request says of it: its id, and its trace if it has one. */
export const requestFacts = (id: string, trace: Trace | undefined) => ({
  request: id,
  trace: trace?.trace,
  span: trace?.span
})

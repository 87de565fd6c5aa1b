import type { Facts, Log } from '../log.js'
import type { Exchange } from './exchange.js'
import type { Observer } from './exchanges.js'
import { requestFacts } from './request-id.js'

/** What is slow, in milliseconds. */
const slow = 1000

/**
 * Logs requests: a line for each, or one for each that is slow. A line has nothing in it that a client may keep secret: no
 * path, no query, no header but the request's id and its trace, and no body.
 */
export const requestLog = (which: 'all' | 'slow', log: Log): Observer =>
  which === 'all'
    ? exchange => log('info', 'request', factsOf(exchange))
    : exchange => {
        if (exchange.milliseconds > slow && !exchange.isStream) log('warn', 'slow request', factsOf(exchange))
      }

// Assigned, for spreading an object costs 0.4 µs.
const factsOf = ({ id, trace, operationId, method, status, milliseconds, address }: Exchange): Facts =>
  Object.assign(requestFacts(id, trace), {
    operationId,
    method,
    status,
    milliseconds: Math.round(milliseconds * 10) / 10,
    address
  })

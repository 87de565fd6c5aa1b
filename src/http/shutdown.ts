import { setTimeout as sleep } from 'node:timers/promises'
import type { Problems } from '../contract/index.js'
import { sendProblem } from './errors.js'
import type { TurnServer } from './turn-server.js'

/** How a server stops. All times are in milliseconds. */
export interface Shutdown {
  /** How long it still takes new connections, for those to find out who send them here. */
  readonly drain: number
  /** How long a connection on which nothing happens is kept after that. */
  readonly quiet: number
  /** How long all of it may take after the drain. */
  readonly limit: number
  /** The words for requests that have got no reply by then. */
  readonly problems: Problems
  /** The status of that reply, asked for when it is needed. */
  readonly status: () => 500 | 503
}

/** How often idle connections are looked for, in milliseconds. */
const interval = 50

/**
 * Stops a server in good order. From now on each reply says that its connection ends with it; after the drain no new
 * connection comes in; requests in flight finish. A connection is ended when it is idle, right after all that has come in
 * was read: a request on its way there would be lost.
 *
 * @returns when no connection is open any more
 */
export const stopServer = async (
  server: TurnServer,
  { drain, quiet, limit, problems, status }: Shutdown
): Promise<void> => {
  server.drain()
  if (drain > 0) await sleep(drain)
  const looks = Math.ceil(quiet / interval)
  const look = setInterval(() => setImmediate(() => server.endIdle(looks)), interval)
  const end = setTimeout(
    () => server.giveUp((_request, response) => sendProblem(response, problems, status(), { Connection: 'close' })),
    limit
  )
  await server.stopListening()
  clearInterval(look)
  clearTimeout(end)
}

import type { Server } from 'node:http'

/** How long requests in flight may take after a signal to stop, in milliseconds. */
const grace = 9_000

/**
 * Makes SIGTERM and SIGINT end the process in good order: no new connections, requests in flight finish, exit code 0,
 * all within 10 s. A second signal ends it at once.
 */
export const stopOnSignal = (server: Server): void => {
  const stop = (): void => {
    for (const signal of signals) process.off(signal, stop) // so that the next one does what it does by default
    server.close(() => process.exit(0))
    // A connection in flight becomes idle when its request is done; `close` closes only those that are idle already.
    setInterval(() => {
      server.closeIdleConnections()
    }, 50)
    setTimeout(() => {
      server.closeAllConnections()
    }, grace)
  }
  for (const signal of signals) process.on(signal, stop)
}

const signals = ['SIGTERM', 'SIGINT'] as const

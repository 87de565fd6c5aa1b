import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { type Log, logUnexpected } from './errors.js'

/** How long requests in flight may take after a signal to stop, in milliseconds. */
const grace = 9_000

const signals = ['SIGTERM', 'SIGINT'] as const

/**
 * Makes SIGTERM and SIGINT end the process in good order: no new connections, requests in flight finish, exit code 0,
 * all within 10 s. A second signal ends it at once. So does an error that nobody has caught, such as one thrown in a timer,
 * but with exit code 1: nobody knows in what state it has left the process.
 *
 * @param close called when no request is in flight any more: closes what requests needed
 */
export const stopInOrder = (server: Server, log: Log, close: () => Promise<void> = () => Promise.resolve()): void => {
  const sockets = new Set<Socket>()
  server.on('opened', (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  // Connections become idle as their requests finish. Node doesn't count those that have never sent anything, such as
  // browsers open in advance.
  const closeIdle = (): void => {
    server.closeIdleConnections()
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy()
  }
  let isStopping = false
  let code = 0
  const stop = (): void => {
    if (isStopping) return
    isStopping = true
    for (const signal of signals) process.off(signal, stop) // so that the next one does what it does by default
    server.close(() => void close().finally(() => process.exit(code)))
    setInterval(closeIdle, 50)
    setTimeout(() => server.closeAllConnections(), grace)
  }
  const fail = (error: unknown): void => {
    logUnexpected(error, log)
    code = 1
    stop()
  }
  for (const signal of signals) process.on(signal, stop)
  process.on('uncaughtException', fail).on('unhandledRejection', fail)
}

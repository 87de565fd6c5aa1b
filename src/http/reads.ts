import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { LingeringSocket } from './lingering-socket.js'

/** The most bytes that are read of a connection at once. */
const bufferBytes = 16 * 1024

// What Node has of a connection that it accepted, beside what it documents.
interface Accepted extends Socket {
  _handle?: unknown
  _server?: unknown
}

/**
 * Makes a server read all its connections into one buffer, and pass on what came in as it is. Left to itself it would
 * have its parser read them, up to 64 KiB at once; or, where somebody listens to `data`, make a buffer and a stream's turn
 * of each read, which is a tenth of what a request costs.
 *
 * Whoever wants to know of connections listens to `opened`, not to `connection`: that one is without its handle.
 *
 * @param open called with each connection, and makes what takes its bytes. They are there only for that call.
 */
export const readConnections = (server: Server, open: (socket: Socket) => (bytes: Buffer) => void): void => {
  const buffer = Buffer.allocUnsafeSlow(bufferBytes)
  const views: Buffer[] = [] // by their lengths, of which there are few: making one costs more than what is done with it
  const attachParsers = server.listeners('connection')
  server.removeAllListeners('connection')
  server.on('connection', (accepted: Accepted) => {
    const opened: { take?: (bytes: Buffer) => void } = {}
    const callback = (length: number): boolean => {
      opened.take?.((views[length] ??= buffer.subarray(0, length)))
      return true
    }
    const { _handle: handle, _server } = accepted
    const options = { handle, allowHalfOpen: true, onread: { buffer, callback } }
    const socket = handle ? Object.assign(new LingeringSocket(options), { _server }) : accepted
    if (handle) accepted._handle = null
    for (const attach of attachParsers) attach.call(server, socket)
    opened.take = open(socket)
    server.emit('opened', socket)
  })
}

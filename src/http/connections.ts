import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/** How many connections there may be, and how long one may go without reading. */
export interface ConnectionLimits {
  readonly all: number
  /** From one address. */
  readonly byAddress: number
  /** How long a client may leave its reply unread, in milliseconds. */
  readonly unread: number
}

/**
 * Closes connections at once that are more than there may be, and those whose client doesn't read its reply: neither Node
 * nor the kernel ever would.
 */
export const limitConnections = (server: Server, { all, byAddress, unread }: ConnectionLimits): void => {
  server.maxConnections = all
  const open = new Set<Socket>()
  const counts = new Map<string, number>()
  server.on('opened', (socket: Socket) => {
    const { remoteAddress: address = '' } = socket
    const count = counts.get(address) ?? 0
    if (count >= byAddress) {
      socket.destroy()
      return
    }
    counts.set(address, count + 1)
    open.add(socket)
    socket.once('close', () => {
      open.delete(socket)
      const left = (counts.get(address) ?? 1) - 1
      if (left > 0) counts.set(address, left)
      else counts.delete(address)
    })
  })
  // A socket's own timeout starts again whenever some of what it has to write has gone. Node sets another one when the
  // reply is over; one that goes on has all the time it wants, as long as it is read.
  const behind = new WeakSet<Socket>()
  const closeUnread = (): void => {
    const limit = unread === server.keepAliveTimeout ? unread + 1 : unread // so that it isn't taken for Node's
    for (const socket of open) {
      if (socket.writableLength > 0) {
        behind.add(socket)
        if (socket.timeout !== limit) socket.setTimeout(limit)
      } else if (behind.delete(socket) && socket.timeout === limit) socket.setTimeout(0)
    }
  }
  server.on('listening', () => {
    const timer = setInterval(closeUnread, Math.min(1000, unread / 4)).unref()
    server.once('close', () => clearInterval(timer))
  })
}

import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** A connection of one's own, and what has come back on it. */
export interface RawClient {
  readonly socket: Socket
  /** All that has come so far. */
  readonly received: () => string
  /** Waits until something has come. */
  readonly until: (what: RegExp) => Promise<void>
  /** How it was closed: by an error, or in good order. */
  readonly closed: Promise<'reset' | 'ended'>
}

/** Sends a request for a path, and anything else that goes with it. */
export const ask = async (
  port: number,
  path: string,
  { method = 'GET', version = '1.1', headers = '' } = {}
): Promise<RawClient> => {
  const socket = connect(port, '127.0.0.1').setEncoding('latin1')
  let received = ''
  let wasReset = false
  socket.on('data', (text: string) => (received += text)).on('error', () => (wasReset = true))
  const closed = new Promise<'reset' | 'ended'>(resolve => {
    socket.once('close', () => resolve(wasReset ? 'reset' : 'ended'))
  })
  await once(socket, 'connect')
  socket.write(`${method} ${path} HTTP/${version}\r\nHost: x\r\n${headers}\r\n`)
  const until = async (what: RegExp): Promise<void> => {
    while (!what.test(received)) {
      if (socket.destroyed) throw new Error(`Closed before ${String(what)}, after ${received.slice(-500)}`)
      await Promise.race([new Promise(resolve => socket.once('data', resolve)), closed])
    }
  }
  return { socket, received: () => received, until, closed }
}

/** Waits until something is so, and looks each millisecond: more often would take time from what is waited for. */
export const eventually = async (isSo: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await isSo())) await sleep(1)
}

import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { isAwaited } from '../contract/index.js'

/** How many bytes of an upload have to come in while `requestTimeout` goes by: 16 KiB. */
const leastProgress = 16 * 1024

type Answered = IncomingMessage & { readonly res?: ServerResponse }

const uploads = new WeakMap<Socket, Answered>()

/** Says that the body of a request is an upload: it may take longer than `requestTimeout`, as long as it keeps coming. */
export const beginUpload = (message: Answered): void => {
  uploads.set(message.socket, message)
}

interface Flow {
  readonly message: Answered
  readonly error: Error
  bytes: number
  since: number
}

/**
 * Lets uploads go on whose time is over by Node's clock, which is the same for all requests of a server, until they come
 * slower than `leastProgress`. While the server itself doesn't read, it is not the client's fault.
 */
export const letUploadsFlow = (server: Server): void => {
  const [refuse] = server.listeners('clientError')
  const flows = new Map<Socket, Flow>()
  let timer: NodeJS.Timeout | undefined
  const look = (): void => {
    const now = performance.now()
    for (const [socket, flow] of flows) {
      const { message, error } = flow
      const isSlow = socket.bytesRead - flow.bytes < leastProgress && isAwaited(message)
      if (!isComing(message) || socket.destroyed) flows.delete(socket)
      else if (now - flow.since < server.requestTimeout) continue
      else if (isSlow || isAnswered(message)) {
        flows.delete(socket)
        refuse?.call(server, error, socket)
      } else Object.assign(flow, { bytes: socket.bytesRead, since: now })
    }
    if (flows.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
  server.removeAllListeners('clientError')
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    const message = error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? uploads.get(socket) : undefined
    if (!message || !isComing(message) || isAnswered(message)) {
      refuse?.call(server, error, socket)
      return
    }
    flows.set(socket, { message, error, bytes: socket.bytesRead, since: performance.now() })
    timer ??= setInterval(look, Math.min(1000, server.requestTimeout / 4)).unref()
  })
}

const isComing = ({ complete, destroyed }: IncomingMessage): boolean => !complete && !destroyed

// Whatever still comes after the reply is dropped: nobody needs it.
const isAnswered = ({ res }: Answered): boolean => res?.writableEnded === true

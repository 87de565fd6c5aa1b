import { once } from 'node:events'
import { connect } from 'node:net'
import { AnswerReader } from '../answer.js'

/** An answer to a request. */
export interface Answer {
  readonly status: number
  /** From its sending to the last byte of its answer, in milliseconds. */
  readonly time: number
}

/** A connection that is kept alive, for one request at a time. It sleeps meanwhile. */
export interface Connection {
  /** Sends a request as it is given. Rejects if the connection ends before the answer has come. */
  ask(request: string | Uint8Array): Promise<Answer>
  close(): void
}

/**
 * Opens a connection to a port of 127.0.0.1.
 *
 * @throws if nobody listens there
 */
export const openConnection = async (port: number): Promise<Connection> => {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true })
  await once(socket, 'connect')
  let waiting: PromiseWithResolvers | undefined
  const answer = new AnswerReader()
  let sentAt = 0

  socket.on('data', bytes => {
    if (!answer.isWholeWith(bytes)) return
    const time = performance.now() - sentAt
    waiting?.resolve({ status: answer.status, time })
    waiting = undefined
  })
  const fail = (cause?: Error): void => {
    waiting?.reject(new Error('The connection has ended before the answer came.', { cause }))
    waiting = undefined
  }
  socket.on('error', fail).on('close', () => fail())

  return {
    ask: request =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject }
        answer.reset()
        sentAt = performance.now()
        if (socket.destroyed) fail()
        else socket.write(request)
      }),
    close: () => void socket.destroy()
  }
}

interface PromiseWithResolvers {
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: Error) => void
}

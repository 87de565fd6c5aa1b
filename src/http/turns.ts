import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { readConnections } from './reads.js'

/** How many bytes of a connection may wait for their turn, before no more are read: 16 KiB. */
const mostWaiting = 16 * 1024

const emptyLine = Buffer.from('\r\n\r\n')
const none: Buffer = Buffer.alloc(0)

/** What a server calls for what comes in. */
export interface Listeners {
  readonly serve: RequestListener
  /** Answers a request with an expectation (RFC 9110 §10.1.1) other than `100-continue`. */
  readonly unexpected?: RequestListener
  /** The whole reply to what Node's parser refuses, or waits for in vain. By default Node's own. */
  readonly unparsed?: (error: NodeJS.ErrnoException) => string
}

/**
 * Serves the requests of each connection one after the other. Node itself makes requests of all bytes that have come in,
 * and hands them over at once: a client that pipelines thousands of them then has them all in work. Here its parser gets
 * the bytes of the next request when the last reply has left, and until then they wait as bytes.
 */
export const serveInTurn = (server: Server, { serve, unexpected, unparsed }: Listeners): void => {
  const connections = new WeakMap<Socket, Turns>()
  let parsed: Turns | undefined // whose bytes Node's parser has now: it makes requests of them before it returns
  readConnections(server, socket => {
    const [parse] = socket.listeners('data') // Node's own
    socket.removeAllListeners('data')
    const turns = new Turns(socket, bytes => {
      parsed = turns
      parse?.call(socket, bytes)
      parsed = undefined
    })
    connections.set(socket, turns)
    const read = (bytes: Buffer): void => turns.read(bytes)
    socket.on('data', read)
    return read
  })
  const inTurn =
    (listener: RequestListener): RequestListener =>
    (request, response) => {
      if (parsed) parsed.take({ request, response, listener })
      else listener(request, response)
    }
  server.on('request', inTurn(serve))
  server.on('checkContinue', inTurn(serve)) // by default Node writes the interim reply, whatever comes of the request
  if (unexpected) server.on('checkExpectation', inTurn(unexpected))
  if (unparsed) {
    server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
      connections.get(socket)?.refuse(error, unparsed)
    })
  }
}

interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly listener: RequestListener
}

/** How much of an empty line stands at the end of some bytes, before which so much of one had come. */
const begunIn = (bytes: Buffer, begun: number): number => {
  const last = Buffer.concat([emptyLine.subarray(0, begun), bytes.subarray(-3)])
  return (
    [3, 2, 1].find(length => last.length >= length && last.subarray(-length).equals(emptyLine.subarray(0, length))) ?? 0
  )
}

class Turns {
  readonly #socket: Socket
  readonly #parse: (bytes: Buffer) => void
  #current: Exchange | undefined = undefined
  #next: Exchange | undefined = undefined
  /** How much of the current request's body hasn't come yet, as far as its length is known. */
  #bodyBytes = 0
  /** How much of an empty line the parser has got last. One that is cut in two ends a head, too. */
  #begun = 0
  #waiting: Buffer = none
  #isWoken = false

  constructor(socket: Socket, parse: (bytes: Buffer) => void) {
    this.#socket = socket
    this.#parse = parse
  }

  /** Takes what has come in. */
  read(bytes: Buffer): void {
    if (this.#waiting.length > 0) this.#wait(Buffer.concat([this.#waiting, bytes]))
    else this.#give(bytes)
  }

  take(exchange: Exchange): void {
    if (!this.#isBusy) {
      this.#start(exchange)
      return
    }
    this.#next = exchange // its empty line was cut in two, so that it came with the end of the one before
    this.#wait(this.#waiting)
  }

  /**
   * Ends the connection for an error: with a reply, unless one has begun to the request that the error is in, and not
   * before the reply to the request before it has left.
   */
  refuse(error: NodeJS.ErrnoException, reply: (error: NodeJS.ErrnoException) => string): void {
    const { request, response } = this.#current ?? {}
    const before = this.#next ?? (request?.complete && this.#isBusy ? this.#current : undefined)
    if (before && this.#socket.writable) {
      before.response.once('close', () => {
        if (this.#socket.writable) this.refuse(error, reply)
        else this.#socket.destroySoon()
      })
      return
    }
    const isOfRequest = request?.complete === false
    const hasBegun = isOfRequest && response?.headersSent === true
    if (this.#socket.writable && !hasBegun) {
      const whole = reply(error)
      const isBodiless = isOfRequest && request.method === 'HEAD' // RFC 9110 §9.3.2
      this.#socket.write(isBodiless ? whole.slice(0, whole.indexOf('\r\n\r\n') + 4) : whole)
    }
    this.#socket.destroy(error)
  }

  #start(exchange: Exchange): void {
    this.#current = exchange
    this.#bodyBytes = Number(exchange.request.headers['content-length'] ?? 0)
    exchange.listener(exchange.request, exchange.response)
  }

  // A response gives its socket back when all of it has been written.
  get #isBusy(): boolean {
    return this.#current !== undefined && this.#current.response.socket !== null
  }

  #give(bytes: Buffer): void {
    if (this.#bodyBytes > 0 || !this.#giveWhole(bytes)) this.#giveParts(bytes)
  }

  // What has one empty line in it has one head in it at most, and so is nearly all that comes in: it costs one call.
  #giveWhole(bytes: Buffer): boolean {
    if (this.#isBusy && this.#current?.request.complete === true) return false
    const end = this.#endIn(bytes, 0)
    if (end < 0 || (end < bytes.length && bytes.indexOf(emptyLine, end) >= 0)) return false
    const before = this.#current
    this.#begun = bytes.length > end ? begunIn(bytes, 0) : 0
    this.#parse(bytes)
    if (this.#current !== before) this.#bodyBytes = Math.max(0, this.#bodyBytes - (bytes.length - end))
    return true
  }

  // A head ends with an empty line, and so does a body whose length isn't known.
  #giveParts(bytes: Buffer): void {
    for (let at = 0; at < bytes.length;) {
      if (this.#isBusy && this.#current?.request.complete === true) {
        this.#wait(Buffer.from(bytes.subarray(at)))
        return
      }
      const isBody = this.#bodyBytes > 0
      const end = isBody ? at + this.#bodyBytes : this.#endIn(bytes, at)
      const part = end < 0 || end > bytes.length ? bytes.length : end
      if (isBody) this.#bodyBytes -= part - at
      this.#begun = isBody || part === end ? 0 : begunIn(bytes, this.#begun)
      this.#parse(at === 0 && part === bytes.length ? bytes : bytes.subarray(at, part))
      if (this.#socket.destroyed) return
      at = part
    }
  }

  /** Where in some bytes the next empty line ends, which may have begun before them; -1 if it doesn't. */
  #endIn(bytes: Buffer, at: number): number {
    const rest = emptyLine.length - this.#begun
    if (at === 0 && this.#begun > 0 && bytes.subarray(0, rest).equals(emptyLine.subarray(this.#begun))) return rest
    const found = bytes.indexOf(emptyLine, at)
    return found < 0 ? -1 : found + emptyLine.length
  }

  #wait(bytes: Buffer): void {
    this.#waiting = bytes
    // What comes in would also make a client that doesn't read seem alive: see `limitConnections`.
    if (bytes.length >= mostWaiting || this.#socket.writableLength > 0) this.#socket.pause()
    if (this.#isWoken) return
    this.#isWoken = true
    // Not at once, so that other connections have their turn, too.
    this.#current?.response.once('close', () => setImmediate(() => this.#wake()))
  }

  #wake(): void {
    this.#isWoken = false
    const bytes = this.#waiting
    this.#waiting = none
    if (this.#socket.writableEnded || this.#socket.destroyed) return
    const next = this.#next
    this.#next = undefined
    if (next) this.#start(next)
    this.#give(bytes)
    if (this.#waiting.length < mostWaiting) this.#socket.resume()
  }
}

import {
  type IncomingMessage,
  maxHeaderSize,
  type RequestListener,
  Server,
  type ServerOptions,
  type ServerResponse
} from 'node:http'
import type { Socket } from 'node:net'
import { readConnections } from './reads.js'
import { TurnQueue } from './turn-queue.js'
import { Turns, type Unparsed } from './turns.js'
import { AfterUpgrade } from './upgrade.js'

/** What a server calls for what comes in. */
export interface Listeners {
  readonly serve: RequestListener
  /** Answers a request with an expectation (RFC 9110 §10.1.1) other than `100-continue`. */
  readonly unexpected?: RequestListener
  /** The whole reply to what Node's parser refuses, or waits for in vain. By default Node's own. */
  readonly unparsed?: Unparsed
}

/**
 * A server that serves the requests of each connection one after the other. Node itself makes requests of all bytes that
 * have come in, and hands them over at once: a client that pipelines thousands of them then has them all in work. Here its
 * parser gets the bytes of the next request when the last reply has left, and until then they wait as bytes.
 *
 * Whoever wants to know of connections listens to `opened`: see `readConnections`; and to `stopping`, who has something
 * open that would never end by itself.
 */
export class TurnServer extends Server {
  readonly #open = new Map<Socket, Turns>()
  #isDraining = false

  constructor(options: ServerOptions, { serve, unexpected, unparsed }: Listeners) {
    super(options)
    const queue = new TurnQueue()
    let parsed: Turns | undefined // whose bytes Node's parser has now: it makes requests of them before it returns
    readConnections(this, socket => {
      queue.connected()
      const [parse] = socket.listeners('data') // Node's own
      socket.removeAllListeners('data')
      let afterUpgrade: AfterUpgrade | undefined
      const turns = new Turns(socket, queue, bytes => {
        parsed = turns
        const { upgrading } = turns
        const error: unknown = upgrading
          ? (afterUpgrade ??= new AfterUpgrade(socket, options.maxHeaderSize ?? maxHeaderSize)).parse(bytes, upgrading)
          : parse?.call(socket, bytes)
        parsed = undefined
        if (error instanceof Error) this.emit('clientError', error, socket)
      })
      if (this.#isDraining) turns.drain()
      this.#open.set(socket, turns)
      socket.once('close', () => this.#open.delete(socket))
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
    this.on('request', inTurn(serve))
    this.on('checkContinue', inTurn(serve)) // by default Node writes the interim reply, whatever comes of the request
    if (unexpected) this.on('checkExpectation', inTurn(unexpected))
    // By itself Node ends a connection whose time is over although a request has come that it hasn't read yet.
    this.on('timeout', (socket: Socket) => {
      const { reads } = this.#open.get(socket) ?? {}
      setImmediate(() => {
        if (reads === this.#open.get(socket)?.reads) socket.destroy()
      })
    })
    if (unparsed) {
      this.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
        this.#open.get(socket)?.refuse(error, unparsed)
      })
    }
  }

  /** How many connections are open. */
  get openConnections(): number {
    return this.#open.size
  }

  /** Makes each reply from now on say that its connection ends with it (RFC 9112 §9.6), so that clients take another. */
  drain(): void {
    this.#isDraining = true
    for (const turns of this.#open.values()) turns.drain()
  }

  /** Stops listening; connections stay open. Resolves when none is open any more. */
  stopListening(): Promise<void> {
    this.emit('stopping')
    return new Promise(resolve => this.close(() => resolve()))
  }

  // `close()` calls it, too.
  override closeIdleConnections(): void {
    if (!this.#isDraining) super.closeIdleConnections()
  }

  /** Ends the connections on which nothing has happened since they were looked at so many times. */
  endIdle(looks: number): void {
    for (const turns of this.#open.values()) turns.endIfIdle(looks)
  }

  /** Answers all requests that still wait for a reply, and ends all connections. */
  giveUp(reply: (request: IncomingMessage, response: ServerResponse) => void): void {
    for (const turns of this.#open.values()) turns.giveUp(reply)
  }
}

import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { begunIn, endOfEmptyLine } from './empty-line.js'
import type { TurnQueue } from './turn-queue.js'
import { asksForUpgrade } from './upgrade.js'

/** How many bytes of a connection may wait for their turn, before no more are read: 16 KiB. */
const mostWaiting = 16 * 1024

const none: Buffer = Buffer.alloc(0)

/** @param response that of the request which the error is in, if that had begun to come in */
export type Unparsed = (error: NodeJS.ErrnoException, socket: Socket, response?: ServerResponse) => RawReply

/** A reply as it is written to a connection. */
export interface RawReply {
  readonly status: number
  readonly text: string
}

interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly listener: RequestListener
}

/** The requests of one connection, one after the other. */
export class Turns {
  /** How often something has come in. */
  reads = 0
  readonly #socket: Socket
  readonly #queue: TurnQueue
  readonly #parse: (bytes: Buffer) => void
  #current: Exchange | undefined = undefined
  #next: Exchange | undefined = undefined
  /** How much of the current request's body hasn't come yet, as far as its length is known. */
  #bodyBytes = 0
  /** How much of an empty line the parser has got last. One that is cut in two ends a head, too. */
  #begun = 0
  #waiting: Buffer = none
  #isWoken = false
  /** Whether a part of a head has come. */
  #isPartial = false
  #isDraining = false
  /** How many of the bytes that are at hand come after those that the parser has now. */
  #rest = 0
  #readsSeen = 0
  #looks = 0

  constructor(socket: Socket, queue: TurnQueue, parse: (bytes: Buffer) => void) {
    this.#socket = socket
    this.#queue = queue
    this.#parse = parse
  }

  /** The last request, if it asks for another protocol. */
  get upgrading(): IncomingMessage | undefined {
    const { request } = this.#current ?? {}
    return request && asksForUpgrade(request) ? request : undefined
  }

  /** Takes what has come in. */
  read(bytes: Buffer): void {
    if (this.#socket.writableEnded) return // nobody could be answered
    this.reads += 1
    if (this.#waiting.length > 0) this.#wait(Buffer.concat([this.#waiting, bytes]))
    else this.#give(bytes, false)
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
  refuse(error: NodeJS.ErrnoException, reply: Unparsed): void {
    if (this.#socket.writableEnded) return // told again of what has been answered, as of HTTP/2's preface when it ends
    const { request, response } = this.#current ?? {}
    const before = this.#next ?? (request?.complete && this.#isBusy ? this.#current : undefined)
    if (before && this.#socket.writable) {
      before.response.once('close', () => {
        if (this.#socket.writable) this.refuse(error, reply)
        else this.#socket.destroySoon()
      })
      return
    }
    const broken = request?.complete === false ? response : undefined
    if (this.#socket.writable && broken?.headersSent !== true) {
      const { text } = reply(error, this.#socket, broken)
      const isBodiless = broken !== undefined && request?.method === 'HEAD' // RFC 9110 §9.3.2
      this.#socket.write(isBodiless ? text.slice(0, text.indexOf('\r\n\r\n') + 4) : text)
      this.#socket.destroySoon()
    } else if (broken?.writableEnded === true)
      this.#socket.destroySoon() // it was answered before the parser, too, found an error in it
    else this.#socket.destroy(error)
  }

  /** Makes the next reply say that the connection ends with it, unless another request has already come. */
  drain(): void {
    this.#isDraining = true
    if (this.#isBusy) this.#endWithReply()
  }

  /** Ends the connection if it has been found idle so many times, and nothing has come in between. */
  endIfIdle(looks: number): void {
    const isIdle = !this.#isBusy && !this.#isWoken && !this.#isPartial && this.reads === this.#readsSeen
    this.#readsSeen = this.reads
    this.#looks = isIdle ? this.#looks + 1 : 0
    if (this.#looks >= looks) this.#socket.destroySoon()
  }

  /** Ends the connection, with a reply to the request that waits for one. */
  giveUp(reply: RequestListener): void {
    const { request, response } = this.#current ?? {}
    const waits = this.#isBusy && request?.complete === true && response?.headersSent === false
    if (waits) reply(request, response)
    if (waits) this.#socket.destroySoon()
    else this.#socket.destroy()
  }

  #endWithReply(): void {
    const hasMore = this.#next !== undefined || this.#waiting.length > 0 || this.#rest > 0
    if (this.#current && !hasMore) this.#current.response.shouldKeepAlive = false
  }

  #start(exchange: Exchange): void {
    this.#current = exchange
    this.#isPartial = false
    if (this.#isDraining) this.#endWithReply()
    this.#bodyBytes = Number(exchange.request.headers['content-length'] ?? 0)
    exchange.listener(exchange.request, exchange.response)
  }

  // A response gives its socket back when all of it has been written.
  get #isBusy(): boolean {
    return this.#current !== undefined && this.#current.response.socket !== null
  }

  /** @param areKept whether the bytes stay as they are after this call: a copy for each request would be much garbage */
  #give(bytes: Buffer, areKept: boolean): void {
    this.#rest = 0
    if (this.#bodyBytes > 0 || !this.#giveWhole(bytes)) this.#giveParts(bytes, areKept)
  }

  // What has one empty line in it has one head in it at most, and so is nearly all that comes in: it costs one call.
  #giveWhole(bytes: Buffer): boolean {
    if (this.#isBusy && this.#current?.request.complete === true) return false
    const end = endOfEmptyLine(bytes, 0, this.#begun)
    if (end < 0 || (end < bytes.length && endOfEmptyLine(bytes, end, 0) >= 0)) return false
    // What comes behind a request for an upgrade Node's parser drops, although there is none (RFC 9110 §7.8).
    if (end < bytes.length && (this.#isPartial || /upgrade/i.test(bytes.toString('latin1', 0, end)))) return false
    const before = this.#current
    this.#begun = bytes.length > end ? begunIn(bytes, 0) : 0
    this.#pass(bytes)
    if (this.#current !== before) this.#bodyBytes = Math.max(0, this.#bodyBytes - (bytes.length - end))
    return true
  }

  #pass(bytes: Buffer): void {
    const before = this.#current
    const isBody = before?.request.complete === false
    this.#parse(bytes)
    if (this.#current === before && !isBody) this.#isPartial = true
  }

  // A head ends with an empty line, and so does a body whose length isn't known.
  #giveParts(bytes: Buffer, areKept: boolean): void {
    for (let at = 0; at < bytes.length;) {
      if (this.#isBusy && this.#current?.request.complete === true) {
        const rest = bytes.subarray(at)
        this.#wait(areKept ? rest : Buffer.from(rest))
        return
      }
      const isBody = this.#bodyBytes > 0
      const end = isBody ? at + this.#bodyBytes : endOfEmptyLine(bytes, at, this.#begun)
      const part = end < 0 || end > bytes.length ? bytes.length : end
      if (isBody) this.#bodyBytes -= part - at
      this.#begun = isBody || part === end ? 0 : begunIn(bytes, this.#begun)
      this.#rest = bytes.length - part
      this.#pass(at === 0 && part === bytes.length ? bytes : bytes.subarray(at, part))
      if (this.#socket.destroyed) return
      at = part
    }
  }

  #wait(bytes: Buffer): void {
    this.#waiting = bytes
    // What comes in would also make a client that doesn't read seem alive: see `limitConnections`.
    if (bytes.length >= mostWaiting || this.#socket.writableLength > 0) this.#socket.pause()
    if (this.#isWoken) return
    this.#isWoken = true
    // Not at once, so that other connections have their turn, too.
    this.#current?.response.once('close', () => this.#queue.add(() => this.#wake()))
  }

  #wake(): void {
    this.#isWoken = false
    const bytes = this.#waiting
    this.#waiting = none
    if (this.#socket.writableEnded || this.#socket.destroyed) return
    const next = this.#next
    this.#next = undefined
    if (next) this.#start(next)
    this.#give(bytes, true)
    if (this.#waiting.length < mostWaiting) this.#socket.resume()
  }
}

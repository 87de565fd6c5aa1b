import type { ServerResponse } from 'node:http'
import { BodyError } from './body-error.js'
import { heartbeatText } from './event-text.js'
import type { PieceWriter } from './reply-body.js'
import type { ReplySource } from './reply-source.js'

export interface ReplyStreamOptions {
  readonly pieces: PieceWriter
  /** Writes the head of the reply. Says `false`, and writes nothing, if nobody waits for it any more. */
  readonly begin: () => boolean
  /** How many bytes the head says that there are, if it does. */
  readonly length: number | undefined
  /** How long there may be nothing, in milliseconds, before a heartbeat is sent; `undefined` for none. */
  readonly heartbeat: number | undefined
}

/** How long a source may take to clean up before its reply is ended all the same, in milliseconds. */
const patience = 1_000

/**
 * A reply that is read from a source while it is written. No more is read than the client takes; when it leaves, the source
 * is closed. The head waits for the first piece, so that what goes wrong before it can still be answered; that of events
 * doesn't, as there may be none for hours.
 */
export class ReplyStream {
  readonly #response: ServerResponse
  readonly #source: ReplySource
  readonly #options: ReplyStreamOptions
  #settle: { readonly resolve: () => void; readonly reject: (error: unknown) => void } | undefined
  #timer: NodeJS.Timeout | undefined = undefined
  #bytes = 0
  #isBegun = false
  #isOver = false

  constructor(response: ServerResponse, source: ReplySource, options: ReplyStreamOptions) {
    this.#response = response
    this.#source = source
    this.#options = options
  }

  /**
   * Writes it. Resolves when it is over, whoever ended it.
   *
   * @throws what its source throws, and `BodyError` for what can't be written
   */
  write(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject }
      this.#response.once('close', this.#leave)
      const { heartbeat } = this.#options
      if (heartbeat !== undefined) {
        if (!this.#begin()) return
        this.#response.flushHeaders()
        this.#timer = setInterval(this.#beat, heartbeat).unref()
      }
      this.#next()
    })
  }

  /** Ends it in good order before its source does. */
  async end(): Promise<void> {
    if (this.#isOver) return
    this.#isOver = true
    clearInterval(this.#timer)
    const closed = this.#source.close()
    await Promise.race([closed, new Promise(resolve => setTimeout(resolve, patience).unref())])
    const { socket } = this.#response
    this.#response.once('finish', () => socket?.destroySoon())
    this.#response.end()
    this.#settle?.resolve()
  }

  readonly #leave = (): void => {
    if (this.#isOver) return
    this.#finish()
    void this.#source.close()
    this.#settle?.resolve()
  }

  readonly #fail = (error: unknown): void => {
    if (this.#isOver) return
    this.#finish()
    void this.#source.close()
    this.#settle?.reject(error)
  }

  readonly #next = (): void => {
    if (!this.#isOver) this.#source.next().then(this.#take, this.#fail)
  }

  readonly #take = ({ done, value }: IteratorResult<unknown, unknown>): void => {
    if (this.#isOver) return
    try {
      if (done === true) this.#complete()
      else this.#put(this.#options.pieces.write(value))
    } catch (error) {
      this.#fail(error)
    }
  }

  readonly #beat = (): void => {
    if (!this.#response.writableNeedDrain) this.#response.write(heartbeatText)
  }

  #begin(): boolean {
    this.#isBegun ||= this.#options.begin()
    if (!this.#isBegun) this.#leave()
    return this.#isBegun
  }

  #put(piece: string | Uint8Array): void {
    const { length } = this.#options
    if (length !== undefined) {
      this.#bytes += typeof piece === 'string' ? Buffer.byteLength(piece) : piece.byteLength
      if (this.#bytes > length) throw new BodyError(`the body has more than the ${length} bytes that were said`, '')
    }
    if (!this.#begin()) return
    this.#timer?.refresh()
    if (piece.length === 0 || this.#response.write(piece)) this.#next()
    else this.#response.once('drain', this.#next)
  }

  #complete(): void {
    this.#options.pieces.end?.()
    const { length = this.#bytes } = this.#options
    if (this.#bytes < length) throw new BodyError(`the body has less than the ${length} bytes that were said`, '')
    if (!this.#begin()) return
    this.#finish()
    this.#response.end()
    this.#settle?.resolve()
  }

  #finish(): void {
    this.#isOver = true
    clearInterval(this.#timer)
    this.#response.off('close', this.#leave).off('drain', this.#next)
  }
}

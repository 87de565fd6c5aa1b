import { Readable } from 'node:stream'
import { RefusedBodyError } from './refused-body-error.js'

/** Says why so many bytes are too many, or, where no more come, too few. */
export type LengthRule = (bytes: number, isEnd: boolean) => RefusedBodyError | undefined

export interface BodyStreamOptions {
  readonly maxBytes: number
  /** Called before the first byte is asked for. */
  readonly begin?: () => void
}

/**
 * A body as a handler gets it, of a request or of one part of it. Nothing is read before somebody reads it, and nothing
 * faster. Who doesn't want the rest destroys it: the rest is dropped, and the reply still leaves, which it wouldn't if
 * that were done to a request of Node's.
 */
export class BodyStream extends Readable {
  readonly #source: Readable
  readonly #begin: (() => void) | undefined
  readonly #rules: LengthRule[]
  #bytes = 0
  #isBegun = false

  constructor(source: Readable, { maxBytes, begin }: BodyStreamOptions) {
    super()
    this.#source = source
    this.#begin = begin
    this.#rules = [bytes => (bytes > maxBytes ? new RefusedBodyError(413, 'The body is too large') : undefined)]
    this.on('error', () => undefined) // told to who reads: to nobody, if nobody does
  }

  /** Holds it to a rule. */
  holdTo(rule: LengthRule): void {
    this.#rules.push(rule)
  }

  /** Ends it: nobody waits for the reply any more. What is left of it is dropped. */
  leave(isWhole: boolean): void {
    if (!this.readableEnded) this.destroy(isWhole ? undefined : cutOff())
  }

  override _read(): void {
    if (this.#isBegun) {
      this.#source.resume()
      return
    }
    this.#isBegun = true
    this.#begin?.()
    this.#source.on('data', this.#take).on('end', this.#end).on('error', this.#fail)
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#source.off('data', this.#take).off('end', this.#end)
    this.#source.resume()
    done(error)
  }

  readonly #take = (chunk: Buffer): void => {
    this.#bytes += chunk.length
    const refusal = this.#refusal(false)
    if (refusal) this.destroy(refusal)
    else if (!this.push(chunk)) this.#source.pause()
  }

  readonly #end = (): void => {
    const refusal = this.#refusal(true)
    if (refusal) this.destroy(refusal)
    else this.push(null)
  }

  readonly #fail = (): void => {
    this.destroy(cutOff())
  }

  #refusal(isEnd: boolean): RefusedBodyError | undefined {
    for (const rule of this.#rules) {
      const refusal = rule(this.#bytes, isEnd)
      if (refusal) return refusal
    }
    return undefined
  }
}

const cutOff = (): RefusedBodyError => new RefusedBodyError(400, 'The body has not come to its end')

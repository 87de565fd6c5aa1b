import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Readable } from 'node:stream'
import { Dicer } from '@fastify/busboy'
import { BodyStream, RefusedBodyError } from '../contract/index.js'
import { partHead, type PartHead, type PartHeaders } from './part-head.js'

/** The most parts that a body may have. */
export const maxParts = 64

/** A part as it comes in: whoever gets it knows whether it is a field or a file. */
export interface Part extends PartHead {
  readonly headers: PartHeaders
  readonly stream: BodyStream
}

type Answered = IncomingMessage & { readonly res?: ServerResponse }

/**
 * The parts of a body in `multipart/form-data` (RFC 7578), one after another as they come in, and no faster than they are
 * read. Nothing is written anywhere: of a request that fails, nothing is left.
 */
export class Multipart {
  readonly #message: Answered
  readonly #parser: Dicer
  readonly #maxBytes: number
  readonly #waiting: Part[] = []
  #current: BodyStream | undefined = undefined
  #bytes = 0
  #parts = 0
  #isDone = false
  #failure: RefusedBodyError | undefined = undefined
  #wake: (() => void) | undefined = undefined

  /** @throws {RefusedBodyError} if it isn't said where parts end */
  constructor(message: Answered, maxBytes: number) {
    this.#message = message
    this.#maxBytes = maxBytes
    this.#parser = parserOf(message)
    this.#parser.on('part', source => {
      source.on('error', () => undefined) // told by the parser, too
      source.on('header', headers => this.#take(source, headers as PartHeaders))
    })
    this.#parser.on('error', () => this.#fail(malformed('must be well-formed multipart/form-data')))
    this.#parser.on('finish', () => this.#finish())
    this.#parser.on('drain', () => message.resume())
    message.on('data', (chunk: Buffer) => this.#feed(chunk))
    message.on('end', () => this.#parser.end())
    message.on('error', () => this.#fail(cutOff()))
    message.res?.once('close', () => this.#fail(cutOff()))
  }

  /**
   * The next part; `undefined` after the last. What is unread of the one before is dropped.
   *
   * @throws {RefusedBodyError} if the body is too large or isn't well-formed, or the client is gone
   */
  async next(): Promise<Part | undefined> {
    this.#current?.destroy()
    while (this.#waiting.length === 0 && !this.#isDone && !this.#failure) {
      await new Promise<void>(resolve => (this.#wake = resolve))
    }
    if (this.#failure) throw this.#failure
    const part = this.#waiting.shift()
    this.#current = part?.stream
    return part
  }

  #feed(chunk: Buffer): void {
    this.#bytes += chunk.length
    if (this.#isDone || this.#failure) return // it flows by, and is dropped
    if (this.#bytes > this.#maxBytes) this.#fail(new RefusedBodyError(413, 'The body is too large'))
    else if (this.#parser.writable && !this.#parser.write(chunk)) this.#message.pause() // after its end it isn't
  }

  #take(source: Readable, headers: PartHeaders): void {
    const head = partHead(headers)
    this.#parts += 1
    if (!head) this.#fail(malformed('must have names for its parts'))
    if (this.#parts > maxParts) this.#fail(new RefusedBodyError(413, `The body has more than ${maxParts} parts`))
    if (!head || this.#failure) {
      source.resume()
      return
    }
    this.#waiting.push({ ...head, headers, stream: new BodyStream(source, { maxBytes: Infinity }) })
    this.#wake?.()
  }

  #finish(): void {
    this.#isDone = true
    this.#wake?.()
  }

  // Whoever reads a part is told, and so is who asks for the next. The rest of the body flows by.
  #fail(failure: RefusedBodyError): void {
    if (!this.#failure && !this.#isDone) {
      this.#failure = failure
      this.#current?.destroy(failure)
      this.#wake?.()
    }
    this.#message.resume()
  }
}

// What a boundary may be made of, quoted or not (RFC 2046 §5.1.1).
const boundaryIn = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i

const parserOf = ({ headers }: IncomingMessage): Dicer => {
  const [, quoted, boundary = quoted] = boundaryIn.exec(headers['content-type'] ?? '') ?? []
  if (boundary === undefined) throw malformed('must say its boundary')
  const limits = { maxHeaderPairs: 32, maxHeaderSize: 16 * 1024 }
  return new Dicer({ boundary, ...limits })
}

const cutOff = (): RefusedBodyError => new RefusedBodyError(400, 'The body has not come to its end')

const malformed = (message: string): RefusedBodyError =>
  new RefusedBodyError(422, message, [{ part: 'body', path: [], keyword: 'parse', params: {}, message, rule: '' }])

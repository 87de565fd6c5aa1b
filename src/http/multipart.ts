import type { IncomingMessage, ServerResponse } from 'node:http'
import { Busboy, type BusboyFileStream, type BusboyInstance } from '@fastify/busboy'
import { BodyStream, RefusedBodyError } from '../contract/index.js'

/** The most parts that a body may have. */
export const maxParts = 64

/** A part as it comes in: whoever gets it knows whether it is a field or a file. */
export interface Part {
  readonly name: string
  readonly fileName: string | undefined
  readonly mediaType: string
  readonly stream: BodyStream
}

type Answered = IncomingMessage & { readonly res?: ServerResponse }

/**
 * The parts of a body in `multipart/form-data` (RFC 7578), one after another as they come in, and no faster than they are
 * read. Nothing is written anywhere: of a request that fails, nothing is left.
 */
export class Multipart {
  readonly #message: Answered
  readonly #parser: BusboyInstance
  readonly #maxBytes: number
  readonly #waiting: Part[] = []
  #current: BodyStream | undefined = undefined
  #bytes = 0
  #isDone = false
  #failure: RefusedBodyError | undefined = undefined
  #wake: (() => void) | undefined = undefined

  /** @throws {RefusedBodyError} if it isn't said where parts end */
  constructor(message: Answered, maxBytes: number) {
    this.#message = message
    this.#maxBytes = maxBytes
    this.#parser = parserOf(message)
    this.#parser.on(
      'file',
      (name: unknown, source: BusboyFileStream, fileName: unknown, _encoding: unknown, mediaType: string) =>
        this.#take(name, source, fileName, mediaType)
    )
    this.#parser.on('partsLimit', () =>
      this.#fail(new RefusedBodyError(413, `The body has more than ${maxParts} parts`))
    )
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
    else if (!this.#parser.write(chunk)) this.#message.pause()
  }

  #take(name: unknown, source: BusboyFileStream, fileName: unknown, mediaType: string): void {
    source.on('error', () => undefined) // told by the parser, too
    if (typeof name !== 'string' || this.#failure) {
      source.resume()
      this.#fail(malformed('must have names for its parts'))
      return
    }
    const stream = new BodyStream(source, { maxBytes: Infinity })
    this.#waiting.push({ name, fileName: typeof fileName === 'string' ? fileName : undefined, mediaType, stream })
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

// All parts are read as files: what is a field, and how long it may be, the parser doesn't know.
const parserOf = ({ headers }: IncomingMessage): BusboyInstance => {
  const limits = { parts: maxParts, headerPairs: 32, headerSize: 16 * 1024 }
  try {
    const contentType = headers['content-type'] ?? ''
    return new Busboy({ headers: { 'content-type': contentType }, isPartAFile: () => true, limits })
  } catch {
    throw malformed('must say its boundary')
  }
}

const cutOff = (): RefusedBodyError => new RefusedBodyError(400, 'The body has not come to its end')

const malformed = (message: string): RefusedBodyError =>
  new RefusedBodyError(422, message, [{ part: 'body', path: [], keyword: 'parse', params: {}, message, rule: '' }])

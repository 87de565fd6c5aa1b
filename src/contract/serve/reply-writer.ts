import type { ServerResponse } from 'node:http'
import { pointer } from '../document/pointer.js'
import type { Contract } from '../openapi/contract.js'
import { declaredMediaType } from '../openapi/media-type.js'
import type { OperationObject } from '../openapi/operation-object.js'
import type { Response } from '../openapi/response.js'
import type { Problems } from '../problems.js'
import { BodyError } from './body-error.js'
import { headerFields } from './header-fields.js'
import { type PreparedReply, PreparedReplies } from './prepared-replies.js'
import { hasCredentials, noStore, nosniff } from './protective-headers.js'
import type { OwnReply, Reply } from './reply.js'
import type { BodyWriter, PieceWriter } from './reply-body.js'
import { type ReplyError, replyError } from './reply-error.js'
import { presetOf, ReplyHeaders } from './reply-headers.js'

/** The head of a reply whose body comes bit by bit, and what writes its pieces, if any may leave. */
export interface StreamHead {
  readonly headers: string[]
  readonly isEvents: boolean
  readonly pieces: PieceWriter | undefined
}

/**
 * The one place that turns replies into bytes, and the gate that they leave by. What an operation replies is written as
 * the contract declares it: by writers made of its schemas at first use, so that an undeclared field cannot leave, with
 * undeclared headers left out, and filled in those that have one value or a default. A strict writer doesn't leave out, but refuses.
 */
export class ReplyWriter {
  readonly #contract: Contract
  readonly #problems: Problems
  readonly #strict: boolean
  readonly #prepared: PreparedReplies
  readonly #headers: ReplyHeaders

  constructor(contract: Contract, problems: Problems, { strict }: { readonly strict: boolean }) {
    this.#contract = contract
    this.#problems = problems
    this.#strict = strict
    this.#prepared = new PreparedReplies(contract, problems, strict)
    this.#headers = new ReplyHeaders(contract, strict)
  }

  /**
   * Writes the reply of an operation, and ends the response.
   *
   * @throws {ReplyError} before anything is written, if the contract doesn't declare the reply
   */
  write(response: ServerResponse, reply: Reply, operation: OperationObject): void {
    const prepared = this.#prepare(reply, operation)
    const headers = this.#headersOf(prepared, reply, operation)
    if (prepared.bodies.size === 0 || isBodiless(reply, operation)) {
      this.#refuseBody(prepared, reply, operation)
      if (operation.method === 'head') sendHead(response, reply, headers, prepared.only)
      else send(response, reply.status, headers, '')
      return
    }
    const writer = this.#writerOf(prepared, reply, operation, headers)
    send(response, reply.status, headers, this.#told(writer.write, reply.body, reply, operation, prepared.declared))
  }

  /**
   * Makes the head of the reply of an operation, whose body comes bit by bit.
   *
   * @throws {ReplyError} if the contract doesn't declare the reply; and so does `write` for a piece that it doesn't
   */
  head(reply: Reply, operation: OperationObject): StreamHead {
    const prepared = this.#prepare(reply, operation)
    const headers = this.#headersOf(prepared, reply, operation)
    addLength(headers, reply)
    if (prepared.bodies.size === 0) {
      this.#refuseBody(prepared, reply, operation)
      return { headers, isEvents: false, pieces: undefined }
    }
    const { kind, pieces } = this.#writerOf(prepared, reply, operation, headers)
    if (!pieces) throw this.#error(operation, reply, 'JSON is not written bit by bit', prepared.declared.pointer)
    const isEvents = kind === 'events'
    if (isEvents) addUnlessThere(headers, [...noStore, 'X-Accel-Buffering', 'no'])
    const { write, end } = pieces()
    const told = <T>(make: (piece: unknown) => T, piece?: unknown): T =>
      this.#told(make, piece, reply, operation, prepared.declared)
    return { headers, isEvents, pieces: { write: piece => told(write, piece), ...(end && { end: () => told(end) }) } }
  }

  /**
   * Writes a reply of the server's own: as it is, with the headers that can have only one value. What is declared nowhere
   * is never stored if the request has credentials.
   */
  writeOwn(response: ServerResponse, reply: OwnReply, operation?: OperationObject): void {
    const prepared = operation && this.#prepared.of(operation, reply.status)
    const { declared, words = this.#problems } = prepared ?? {}
    const headers = prepared ? prepared.headers.slice() : []
    addUnlessThere(headers, Object.entries(reply.headers).flat())
    for (const [name, header] of declared?.openHeaders ?? []) {
      const preset = presetOf(header)
      if (preset === undefined) continue
      for (const text of headerFields(name, preset, header)) addUnlessThere(headers, [name, text])
    }
    if (!prepared && hasCredentials(response.req)) addUnlessThere(headers, noStore)
    if (reply.status === 204) {
      send(response, reply.status, headers, '')
      return
    }
    addUnlessThere(headers, nosniff)
    headers.push('Content-Type', words.mediaType)
    send(response, reply.status, headers, JSON.stringify(words.body(reply.problem)))
  }

  #prepare(reply: Reply, operation: OperationObject): PreparedReply {
    const prepared = this.#prepared.of(operation, reply.status)
    if (prepared) return prepared
    throw this.#error(operation, reply, "the status isn't declared", `${operation.pointer}/responses`)
  }

  #headersOf({ headers: always, declared }: PreparedReply, reply: Reply, operation: OperationObject): string[] {
    const headers = always.slice()
    if (reply.headers !== undefined || declared.openHeaders.size > 0)
      this.#headers.add(headers, reply, declared, operation)
    return headers
  }

  #refuseBody({ declared }: PreparedReply, reply: Reply, operation: OperationObject): void {
    if (this.#strict && reply.body !== undefined) {
      throw this.#error(operation, reply, 'no body is declared', declared.pointer)
    }
  }

  // Adds the header that says what it writes.
  #writerOf(
    { bodies, declared, only }: PreparedReply,
    reply: Reply,
    operation: OperationObject,
    headers: string[]
  ): BodyWriter {
    const mediaType = reply.mediaType ?? only
    const writer = mediaType === undefined ? undefined : bodies.get(declaredMediaType(bodies, mediaType) ?? '')
    if (mediaType === undefined || writer === undefined) {
      const what = `the media type ${mediaType ?? '(none given)'} isn't declared`
      throw this.#error(operation, reply, what, declared.pointer)
    }
    headers.push('Content-Type', mediaType)
    return writer
  }

  // Tells what is wrong with a body, and where.
  #told<T>(
    write: (body: unknown) => T,
    body: unknown,
    reply: Reply,
    operation: OperationObject,
    declared: Response
  ): T {
    try {
      return write(body)
    } catch (error) {
      // What JSON or a getter throws may have a value in it, and a value may be a secret.
      const [what, rule] = error instanceof BodyError ? [error.message, error.rule] : ["the body can't be read", '']
      throw this.#error(operation, reply, what, rule === '' ? declared.pointer + pointer('content') : rule)
    }
  }

  #error(operation: OperationObject, { status }: Reply, what: string, rule: string): ReplyError {
    return replyError(this.#contract, operation, status, what, rule)
  }
}

const addUnlessThere = (headers: string[], more: readonly string[]): void => {
  for (let index = 0; index < more.length; index += 2) {
    const [name = '', value = ''] = more.slice(index, index + 2)
    const isThere = headers.some((one, at) => at % 2 === 0 && one.toLowerCase() === name.toLowerCase())
    if (!isThere) headers.push(name, value)
  }
}

// Whatever is declared, there is none by HTTP (RFC 9110 §9.3.2, §15.3.5, §15.4.5): then the body needn't be there.
const isBodiless = ({ status, body }: Reply, { method }: OperationObject): boolean =>
  body === undefined && (status === 204 || status === 304 || method === 'head')

// A 204 has none (RFC 9110 §8.6), nor has a 304 whose length nobody knows.
const addLength = (headers: string[], { status, length }: Reply): void => {
  if (length !== undefined && status !== 204) headers.push('Content-Length', String(length))
}

// How long the body would be, only its handler can say (RFC 9110 §8.6).
const sendHead = (response: ServerResponse, reply: Reply, headers: string[], only: string | undefined): void => {
  const type = reply.mediaType ?? only
  if (type !== undefined) headers.push('Content-Type', type)
  addLength(headers, reply)
  response.writeHead(reply.status, headers)
  response.end()
}

// One writeHead with a flat list of headers. Node's `end` of a text adds an empty one to it, and hands both over as a list,
// which costs 0.6 µs more than one text with the head in it: that is what `write` makes of it, which Node holds back until
// its socket is uncorked.
const send = (response: ServerResponse, status: number, headers: string[], body: string | Uint8Array): void => {
  if (status >= 200 && status !== 204 && status !== 304) {
    headers.push('Content-Length', String(typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength))
  }
  response.writeHead(status, headers)
  if (typeof body === 'string' && body !== '' && response.req.method !== 'HEAD' && response.socket) {
    response.write(body)
    response.socket.uncork()
    response.end()
  } else response.end(body)
}

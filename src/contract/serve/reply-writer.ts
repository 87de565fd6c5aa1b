import type { ServerResponse } from 'node:http'
import { pointer } from '../document/pointer.js'
import type { Contract } from '../openapi/contract.js'
import { evaluatorOf } from '../openapi/evaluator-of.js'
import { declaredMediaType } from '../openapi/media-type.js'
import type { OperationObject } from '../openapi/operation-object.js'
import { type OpenHeader, type Response, responseOf } from '../openapi/response.js'
import { wordsFor } from '../own-words.js'
import type { Problems, Words } from '../problems.js'
import { headerFields } from './header-fields.js'
import { hasCredentials, noStore, nosniff, protectiveHeaders } from './protective-headers.js'
import { type HeaderValue, type OwnReply, type Reply, ReplyError } from './reply.js'
import { BodyError, bodyWriter, type WriteBody } from './reply-body.js'

interface PreparedReply {
  readonly declared: Response
  /** Those that each such reply has: name, value, name, value, … */
  readonly headers: readonly string[]
  /** The media type if there is only one: so in nearly all contracts. */
  readonly only: string | undefined
  readonly bodies: ReadonlyMap<string, WriteBody>
  /** What the server says in it by itself. */
  readonly words: Words
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
  readonly #prepared = new Map<OperationObject, Map<number, PreparedReply | undefined>>()
  readonly #writers = new Map<string, WriteBody>()

  constructor(contract: Contract, problems: Problems, { strict }: { readonly strict: boolean }) {
    this.#contract = contract
    this.#problems = problems
    this.#strict = strict
  }

  /**
   * Writes the reply of an operation, and ends the response.
   *
   * @throws {ReplyError} before anything is written, if the contract doesn't declare the reply
   */
  write(response: ServerResponse, reply: Reply, operation: OperationObject): void {
    const prepared = this.#prepare(operation, reply.status)
    if (!prepared) throw this.#error(operation, reply, "the status isn't declared", `${operation.pointer}/responses`)
    const { declared, only, bodies } = prepared
    const headers = prepared.headers.slice()
    if (reply.headers !== undefined || declared.openHeaders.size > 0)
      this.#addHeaders(headers, reply, declared, operation)
    if (bodies.size === 0 || isBodiless(reply)) {
      if (this.#strict && reply.body !== undefined) {
        throw this.#error(operation, reply, 'no body is declared', declared.pointer)
      }
      send(response, reply.status, headers, '')
      return
    }
    const mediaType = reply.mediaType ?? only
    const write = mediaType === undefined ? undefined : bodies.get(declaredMediaType(bodies, mediaType) ?? '')
    if (mediaType === undefined || write === undefined) {
      const what = `the media type ${mediaType ?? '(none given)'} isn't declared`
      throw this.#error(operation, reply, what, declared.pointer)
    }
    headers.push('Content-Type', mediaType)
    send(response, reply.status, headers, this.#body(write, reply, operation, declared))
  }

  /**
   * Writes a reply of the server's own: as it is, with the headers that can have only one value. What is declared nowhere
   * is never stored if the request has credentials.
   */
  writeOwn(response: ServerResponse, reply: OwnReply, operation?: OperationObject): void {
    const prepared = operation && this.#prepare(operation, reply.status)
    const { declared, words = this.#problems } = prepared ?? {}
    const headers = prepared ? prepared.headers.slice() : []
    const add = (name: string, value: string): void => {
      const isWritten = headers.some((one, index) => index % 2 === 0 && one.toLowerCase() === name.toLowerCase())
      if (!isWritten) headers.push(name, value)
    }
    for (const [name, value] of Object.entries(reply.headers)) add(name, value)
    for (const [name, header] of declared?.openHeaders ?? []) {
      const preset = presetOf(header)
      if (preset !== undefined) for (const text of headerFields(name, preset, header)) add(name, text)
    }
    if (!prepared && hasCredentials(response.req)) add(...noStore)
    if (reply.status === 204) {
      send(response, reply.status, headers, '')
      return
    }
    add(...nosniff)
    headers.push('Content-Type', words.mediaType)
    send(response, reply.status, headers, JSON.stringify(words.body(reply.problem)))
  }

  #addHeaders(
    headers: string[],
    reply: Reply,
    { openHeaders, pointer: at, constantHeaders }: Response,
    operation: OperationObject
  ): void {
    // The names of headers are not case-sensitive (RFC 9110 §5.1).
    const given = new Map(Object.entries(reply.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]))
    if (this.#strict) {
      const declared = new Set([...openHeaders.keys(), ...constantHeaders].map(name => name.toLowerCase()))
      const surplus = [...given].find(([name, value]) => value !== undefined && !declared.has(name))
      if (surplus) throw this.#error(operation, reply, `the header ${surplus[0]} isn't declared`, at)
    }
    for (const [name, header] of openHeaders) {
      const value = given.get(name.toLowerCase()) ?? presetOf(header)
      if (value !== undefined) {
        this.#checkHeader(name, value, header, reply, operation)
        for (const text of headerFields(name, value, header)) headers.push(name, text)
      } else if (header.required) {
        throw this.#error(operation, reply, `the header ${name} is missing`, header.schema ?? header.pointer)
      }
    }
  }

  #checkHeader(name: string, value: unknown, { schema }: OpenHeader, reply: Reply, operation: OperationObject): void {
    if (schema === undefined) return
    const evaluator = evaluatorOf(this.#contract)
    if (evaluator.checks.of(schema, this.#strict, 'reply')(value, undefined, undefined)) return
    const [first] = evaluator.violations(schema, value, 'reply')
    throw this.#error(operation, reply, `the header ${name} ${first?.message ?? 'is invalid'}`, first?.rule ?? schema)
  }

  #body(write: WriteBody, reply: Reply, operation: OperationObject, declared: Response): string | Uint8Array {
    try {
      return write(reply.body)
    } catch (error) {
      // What JSON or a getter throws may have a value in it, and a value may be a secret.
      const [what, rule] = error instanceof BodyError ? [error.message, error.rule] : ["the body can't be read", '']
      throw this.#error(operation, reply, what, rule === '' ? declared.pointer + pointer('content') : rule)
    }
  }

  // `undefined` if the operation declares no response for the status.
  #prepare(operation: OperationObject, status: number): PreparedReply | undefined {
    let statuses = this.#prepared.get(operation)
    if (!statuses) this.#prepared.set(operation, (statuses = new Map<number, PreparedReply | undefined>()))
    if (statuses.has(status)) return statuses.get(status)
    const declared = responseOf(this.#contract, operation.pointer, status)
    const prepared = declared && {
      declared,
      headers: [...declared.constantHeaders, ...protectiveHeaders(this.#contract, operation, declared)],
      ...this.#bodies(declared),
      words: wordsFor(declared.content, this.#problems)
    }
    statuses.set(status, prepared)
    return prepared
  }

  #bodies({ content }: Response): Pick<PreparedReply, 'bodies' | 'only'> {
    const bodies = new Map([...content].map(([type, at]) => [type, this.#bodyWriter(type, at)] as const))
    const [first, second] = bodies.keys()
    return { bodies, only: second === undefined && !first?.includes('*') ? first : undefined }
  }

  #bodyWriter(mediaType: string, at: string | undefined): WriteBody {
    const key = `${mediaType} ${at ?? ''}`
    const write = this.#writers.get(key) ?? bodyWriter(this.#contract, mediaType, at, this.#strict)
    this.#writers.set(key, write)
    return write
  }

  #error({ operationId, method, path }: OperationObject, { status }: Reply, what: string, rule: string): ReplyError {
    const name = operationId ?? `${method.toUpperCase()} ${path}`
    const where = `${rule} at ${this.#contract.place(rule)}`
    return new ReplyError(`The ${status} of operation ${name} breaks the contract: ${what}: ${where}`)
  }
}

// What a header is where nobody says it, if it has to be there.
const presetOf = ({ required, preset }: OpenHeader): HeaderValue | undefined =>
  required ? (preset?.value as HeaderValue | undefined) : undefined

// Whatever is declared, there is none by HTTP (RFC 9110 §15.3.5, §15.4.5): then the body needn't be there.
const isBodiless = ({ status, body }: Reply): boolean => (status === 204 || status === 304) && body === undefined

// One writeHead with a flat list of headers and one end: Node then makes one buffer and one system call of them.
const send = (response: ServerResponse, status: number, headers: string[], body: string | Uint8Array): void => {
  if (status >= 200 && status !== 204 && status !== 304) {
    headers.push('Content-Length', String(typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength))
  }
  response.writeHead(status, headers)
  response.end(body)
}

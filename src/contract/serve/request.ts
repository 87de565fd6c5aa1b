import type { ServerResponse } from 'node:http'
import type { ParsedRequest, Request } from 'openapi-backend'
import type { OperationObject } from '../openapi/operation-object.js'
import type { DeclaredBody } from '../openapi/request-body.js'
import type { BrokenRule } from '../problems.js'
import type { BodyStream } from './body-stream.js'
import type { Client, IdOf } from './client.js'
import type { Awaited } from './deadline.js'
import { isAwaited } from './is-awaited.js'
import type { RoutedMessage } from './routed-message.js'
import type { Refusal } from './security.js'
import type { SentField, SentFile, SentPart } from './sent-part.js'

/**
 * The body of a request as it was read, with its media type in lower case and without parameters: a text, a stream, or
 * the parts of one; none, or why it is turned away.
 */
export type Body =
  | { readonly kind: 'text'; readonly mediaType: string; readonly text: string }
  | { readonly kind: 'stream'; readonly mediaType: string; readonly stream: BodyStream }
  | {
      readonly kind: 'multipart'
      readonly mediaType: string
      /** Those before the first file. */
      readonly fields: readonly SentField[]
      readonly first: SentFile | undefined
      /** The next part after the first file; throws `RefusedBodyError`. */
      readonly next: () => Promise<SentPart | undefined>
    }
  | { readonly kind: 'none' }
  | {
      readonly kind: 'refused'
      readonly status: number
      readonly detail?: string
      readonly broken?: readonly BrokenRule[]
    }

/** Whom the security handlers of an operation let in. */
export interface LetIn {
  readonly user: unknown
  readonly granted: readonly string[]
}

/** Why nobody is let in, and where the contract asks for it. */
export interface Refused {
  readonly pointer: string
  readonly refusal: Refusal
  /** Whether somebody is known who lacks a scope: that is told rather than anything else. */
  readonly isKnown: boolean
}

/** The operation that a request is for: its method in lower case, and the template of its path. */
export type RequestedOperation = Pick<OperationObject, 'operationId' | 'method' | 'path'>

/** The parts of a request that the contract declares for the operation, which its validator puts here. */
export interface RequestInput {
  params?: unknown
  query?: unknown
  headers?: unknown
  cookies?: unknown
  form?: unknown
  body?: unknown
  files?: unknown
  mediaType?: string
  user?: unknown
  granted?: readonly string[]
  client?: Client
  /** By which the request is found in the log. */
  readonly id: string
  /** What the contract calls the operation, and where it has it. */
  readonly operation: RequestedOperation | undefined
  /** Aborted when nobody waits for the reply any more. */
  readonly signal: AbortSignal
}

/** The input of a request, whose id and signal are made when they are asked for: few handlers do. */
class Input implements RequestInput {
  readonly #request: ContractRequest

  constructor(request: ContractRequest) {
    this.#request = request
  }

  get id(): string {
    return this.#request.id
  }

  get operation(): RequestedOperation | undefined {
    return this.#request.operation
  }

  get signal(): AbortSignal {
    return this.#request.signal
  }
}

const none: Readonly<Record<string, string>> = Object.freeze({})

/**
 * A request on its way through openapi-backend, which asks its router for a parsed request three times on the way.
 * This one is parsed once; its query and its cookies only by who needs them.
 */
export class ContractRequest implements ParsedRequest, Awaited {
  readonly message: RoutedMessage
  readonly method: string
  readonly path: string
  /** The query as it was sent, without the question mark. */
  readonly search: string
  headers: Request['headers']
  /** What the path template captured, by the names of its parameters, percent-encoded as sent. */
  params: Readonly<Record<string, string>> = none
  // openapi-backend's own places for these: here they are in `input`.
  readonly query = none
  readonly cookies = none
  readonly requestBody = undefined
  readonly input: RequestInput = new Input(this)
  operation: OperationObject | undefined = undefined
  /** The media type that the body falls under. */
  declared: DeclaredBody | undefined = undefined
  content: Body = { kind: 'none' }
  broken: readonly BrokenRule[] = []
  letIn: LetIn | undefined = undefined
  refused: Refused | undefined = undefined
  fault: { readonly cause: unknown } | undefined = undefined
  readonly response: ServerResponse
  place = -1
  since = 0
  #abortion: AbortController | undefined = undefined
  #isLate = false
  readonly #idOf: IdOf

  constructor(message: RoutedMessage, response: ServerResponse, idOf: IdOf) {
    const url = originForm(message.url ?? '/')
    const mark = url.indexOf('?')
    this.message = message
    this.response = response
    this.#idOf = idOf
    this.method = (message.method ?? 'GET').toLowerCase()
    this.path = mark < 0 ? url : url.slice(0, mark)
    this.search = mark < 0 ? '' : url.slice(mark + 1)
    this.headers = message.headers as Request['headers'] // Node never has `undefined` in them
  }

  get id(): string {
    return this.#idOf(this.message)
  }

  /** Aborted when the time for the reply is over, and when the client has gone before it. */
  get signal(): AbortSignal {
    if (this.#abortion) return this.#abortion.signal
    const abortion = (this.#abortion = new AbortController())
    const { response } = this
    const leave = (): void => {
      if (!response.writableFinished) abortion.abort(new DOMException('The client has gone', 'AbortError'))
    }
    if (this.#isLate) this.abort()
    else if (response.destroyed) leave()
    else response.once('close', leave)
    return abortion.signal
  }

  get isComing(): boolean {
    const kind = this.declared?.kind
    return (kind === 'stream' || kind === 'multipart') && isAwaited(this.message)
  }

  /** Whether an error is what the signal was aborted with. */
  isAborted(error: unknown): boolean {
    return this.#abortion?.signal.aborted === true && error === this.#abortion.signal.reason
  }

  /** Says that the time for the reply is over. */
  abort(): void {
    this.#isLate = true
    this.#abortion?.abort(new DOMException('The time for the reply is over', 'TimeoutError'))
  }

  /** Says that the server stops. */
  stop(): void {
    this.#abortion?.abort(new DOMException('The server stops', 'AbortError'))
  }
}

/** The path and the query of a request target, which a client may also send as a whole URL (RFC 9112 §3.2.2). */
const originForm = (target: string): string => {
  if (target.startsWith('/')) return target
  const afterScheme = target.indexOf('://') + 3
  const path = target.slice(afterScheme).search(/[/?]/)
  return afterScheme < 3 || path < 0 ? target : target.slice(afterScheme + path) // as sent, dots and all
}

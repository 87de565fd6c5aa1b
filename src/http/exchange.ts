import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { AddressOf, RoutedMessage } from '../contract/index.js'
import { methodOf } from './method.js'
import { requestId } from './request-id.js'
import { type Trace, traceOf } from './trace.js'

/** A request and its reply, as they are told of when the reply has left. Nothing of it is what a client could keep secret. */
export interface Exchange {
  /** What the contract calls the operation; `undefined` outside of the contract. */
  readonly operationId: string | undefined
  /** `_OTHER` for a method that few know. */
  readonly method: string
  /** Of the reply; 499 if the client left before it began. */
  readonly status: number
  /** From when the request's turn came to when the reply had been written, or the client had gone. */
  readonly milliseconds: number
  /** Whether the reply was written as a whole, before the client left. */
  readonly isComplete: boolean
  /** Whether the reply is a stream of events, which lasts as long as its client wants it to. */
  readonly isStream: boolean
  /** The IP address of the client. */
  readonly address: string
  /** The id of the request. */
  readonly id: string
  /** The trace that the request is part of. */
  readonly trace: Trace | undefined
}

const left = 499 // as nginx has it: there is no standard one

/** An exchange whose details are found when they are asked for: few are of most. */
export class AnsweredExchange implements Exchange {
  readonly milliseconds: number
  readonly #request: RoutedMessage
  readonly #response: ServerResponse
  readonly #addressOf: AddressOf

  constructor(request: RoutedMessage, response: ServerResponse, milliseconds: number, addressOf: AddressOf) {
    this.milliseconds = milliseconds
    this.#request = request
    this.#response = response
    this.#addressOf = addressOf
  }

  get operationId(): string | undefined {
    return this.#request.operation?.operationId
  }

  get method(): string {
    return methodOf(this.#request.method)
  }

  get status(): number {
    const { headersSent, statusCode } = this.#response
    return headersSent || statusCode !== 200 ? statusCode : left
  }

  get isComplete(): boolean {
    return this.#response.writableFinished || (!this.#response.headersSent && this.status !== left)
  }

  get isStream(): boolean {
    // Node keeps the head as it was written; what `writeHead` takes isn't among the headers that can be asked for.
    const { _header: head } = this.#response as ServerResponse & { readonly _header?: string | null }
    return /^content-type: *text\/event-stream\b/im.test(head ?? '')
  }

  get address(): string {
    return this.#addressOf(this.#request)
  }

  get id(): string {
    return requestId(this.#request)
  }

  get trace(): Trace | undefined {
    return traceOf(this.#request.headers)
  }
}

/** An exchange whose request was none: it had been refused before anybody knew what it asked for. */
export class UnparsedExchange implements Exchange {
  readonly operationId = undefined
  readonly method = methodOf()
  readonly status: number
  readonly milliseconds = 0
  readonly isComplete = true
  readonly isStream = false
  readonly address: string
  readonly id = randomUUID()
  readonly trace = undefined

  constructor(status: number, { remoteAddress = '' }: Socket) {
    this.status = status
    this.address = remoteAddress
  }
}

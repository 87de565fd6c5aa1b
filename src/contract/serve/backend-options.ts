import type { IncomingMessage } from 'node:http'
import type { Contract } from '../openapi/contract.js'
import type { DeclaredBody } from '../openapi/request-body.js'
import type { Problems } from '../problems.js'
import type { AddressOf, IdOf } from './client.js'
import type { Middleware } from './middleware.js'
import type { Reply } from './reply.js'
import type { Body } from './request.js'
import type { RoutedMessage } from './routed-message.js'
import type { SecurityHandler } from './security.js'

/** A handler as openapi-backend's pipeline sees it, its types forgotten: those were the compiler's business. */
export type AnyHandler<Services> = (request: never, services: Services) => Promise<Reply>

/** What a server does for those who work on it. In production, only replies may be strict. */
export interface Mode {
  /** Whether a reply that the contract doesn't declare is refused, rather than trimmed, and bounds hold, too. */
  readonly strictReplies: boolean
  /** Whether an operation without a handler is answered from its examples and schemas; all it answers has `X-Mock: true`. */
  readonly mocks: boolean
  /** Whether a 500 for a reply that was refused says why. */
  readonly reasons: boolean
  /** Whether a refused request is told the place of the rule that it broke: `X-Contract: openapi.yaml:41:13`. */
  readonly places: boolean
}

/** Whether the part of a name is a file, of a body in `multipart/form-data`. */
export type IsFile = (declared: DeclaredBody, name: string) => boolean

/** The handlers of operations and of security schemes, by name. */
export interface Handlers<Services> {
  readonly operations: Readonly<Record<string, AnyHandler<Services>>>
  readonly security: Readonly<Record<string, SecurityHandler<Services, unknown>>>
}

export interface BackendOptions<Services> {
  readonly contract: Contract
  readonly handlers: Handlers<Services>
  /** What handlers get as their second argument. */
  readonly services: Services
  /** The words of the server's own replies. */
  readonly problems: Problems
  /**
   * Reads the body of a request within bounds, as what the contract declares it to be: a text of any media type, if it
   * declares it nowhere. Only called for operations that declare a body. `isFile` says which parts of one are files.
   */
  readonly readBody: (message: IncomingMessage, declared: DeclaredBody | undefined, isFile: IsFile) => Promise<Body>
  readonly addressOf: AddressOf
  readonly idOf: IdOf
  /**
   * Told of each unexpected error, once, with the request that it came of. The client is told nothing of it: its reply has
   * the headers that this returns.
   */
  readonly onUnexpected: (error: unknown, message: RoutedMessage) => Readonly<Record<string, string>>
  readonly mode: Mode
  /** How long a reply may take, in milliseconds; then it is a 503, and the signal of the request is aborted. */
  readonly patience: number
  /** How long a stream of events may be silent, in milliseconds, before a comment is sent that keeps its connection open. */
  readonly heartbeat: number
  /** Aborted when the server stops: streams of events, which last as long as their clients want, end then. */
  readonly stopping?: AbortSignal | undefined
  /**
   * Called when the operation of a request is known, and before anybody asks who sends it. It may answer by itself and never
   * call `next`; an error that it passes there is passed on.
   */
  readonly onRouted?: Middleware | undefined
}

import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Context, type Document, OpenAPIBackend } from 'openapi-backend'
import type { Contract } from '../openapi/contract.js'
import { type OperationObject, operationsOf } from '../openapi/operation-object.js'
import {
  declaredBody,
  type DeclaredBody,
  isStreamed,
  requestBodyOf,
  type RequestBodyAt
} from '../openapi/request-body.js'
import { basePathsOf } from '../openapi/server.js'
import { tokenOperations } from '../openapi/token-url.js'
import type { Problem, Problems } from '../problems.js'
import { authorizer } from './authorizer.js'
import type { AddressOf, IdOf } from './client.js'
import { Deadline } from './deadline.js'
import { fileProperties } from './file-properties.js'
import { type Middleware, PassedOn, passThrough } from './middleware.js'
import { createMock } from './mock/mock.js'
import { isLetIn, operationRequest, refusalOfBody, requestOf } from './pipeline.js'
import { RefusedBodyError } from './refused-body-error.js'
import { readThrough } from './read-through.js'
import { OwnReply, type Reply, ReplyError } from './reply.js'
import { ReplyWriter } from './reply-writer.js'
import { type Body, ContractRequest } from './request.js'
import type { RoutedMessage } from './routed-message.js'
import { CompiledRouter } from './router.js'
import { rulePointer } from './rule-place.js'
import type { Refusal, SecurityHandler } from './security.js'
import { guardedOperations, skeletonOf } from './skeleton.js'
import { isUnavailable } from './unavailable-error.js'
import { RequestValidator } from './validator.js'

/** A handler as openapi-backend's pipeline sees it, its types forgotten: those were the compiler's business. */
type AnyHandler<Services> = (request: never, services: Services) => Promise<Reply>

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
  /**
   * Called when the operation of a request is known, and before anybody asks who sends it. It may answer by itself and never
   * call `next`; an error that it passes there is passed on.
   */
  readonly onRouted?: Middleware | undefined
}

/** An Express middleware that serves the paths of the contract, and passes all others on. */
export type Backend = (message: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void) => void

/**
 * The pipeline of openapi-backend, made from the contract: route, security handler, body, validator, operation
 * handler, and then the reply writer. The body of a request is read only when its sender has been let in.
 */
export const createBackend = <Services>(options: BackendOptions<Services>): Backend => {
  const { contract, handlers, services, problems, readBody, addressOf, idOf, onUnexpected, mode, patience } = options
  const { onRouted } = options
  const operations = operationsOf(contract)
  const routes = operations.map(operation => ({
    operation,
    paths: basePathsOf(contract, operation).map(base => base + operation.path)
  }))
  const api = new OpenAPIBackend<Document>({ definition: '', strict: true, quick: true })
  api.definition = skeletonOf(contract, routes)
  api.initialized = true
  const router = new CompiledRouter(api.definition, new Map(operations.map(one => [one.pointer, one])))
  const validator = new RequestValidator(contract, api.definition, router, problems)
  api.router = router
  api.validator = validator
  const writer = new ReplyWriter(contract, problems, { strict: mode.strictReplies })
  const mocked = new Set<OperationObject>()
  const forTokens = tokenOperations(contract)

  const own = (request: ContractRequest, problem: Problem, headers?: Readonly<Record<string, string>>): OwnReply =>
    new OwnReply({ ...problem, requestId: () => request.id }, headers)
  const refuse = (
    context: Context,
    response: ServerResponse,
    problem: Problem & Pick<Partial<Refusal>, 'headers'>
  ): OwnReply => {
    const request = requestOf(context)
    const { operation } = request
    if (operation && mocked.has(operation)) response.setHeader('X-Mock', 'true')
    const rule = mode.places ? rulePointer(contract, context) : undefined
    if (rule !== undefined) response.setHeader('X-Contract', contract.place(rule, 'key'))
    const isTokenRequest = operation !== undefined && forTokens.has(operation)
    return own(request, isTokenRequest ? { ...problem, isTokenRequest } : problem, problem.headers)
  }
  const bodies = new Map(operations.map(operation => [operation, requestBodyOf(contract, operation)]))
  const isFile: IsFile = ({ pointer }, name) => fileProperties(contract, pointer).isFile(name)
  const read = async (request: ContractRequest, body: RequestBodyAt): Promise<void> => {
    const declared = declaredBody(body, request.message.headers['content-type'])
    request.declared = declared
    request.content = await readBody(request.message, declared, isFile)
  }

  api.register({
    notFound: () => undefined,
    methodNotAllowed: (context: Context, response: ServerResponse) => {
      if (mocked.size === operations.length) response.setHeader('X-Mock', 'true')
      return own(requestOf(context), { status: 405 }, { Allow: router.allow(context.request.path) ?? '' })
    },
    unauthorizedHandler: (context: Context, response: ServerResponse) =>
      refuse(context, response, requestOf(context).refused?.refusal ?? { status: 401 }),
    postSecurityHandler: (context: Context) => {
      const request = requestOf(context)
      if (request.fault) throw request.fault.cause
      const body = request.operation && bodies.get(request.operation)
      return body && isLetIn(context) ? read(request, body) : undefined
    },
    validationFail: (context: Context, response: ServerResponse) => {
      const { content, broken } = requestOf(context)
      if (content.kind === 'refused') return refuse(context, response, content)
      return refuse(context, response, { status: 422, broken })
    }
  })
  if (onRouted) {
    api.register('postRoutingHandler', (context: Context) => {
      const request = requestOf(context)
      return request.operation && passThrough(onRouted, request, one => void deadline.end(one))
    })
  }
  if (mode.mocks) {
    const mock = createMock(contract)
    api.register('notImplemented', async (context: Context, response: ServerResponse) => {
      const request = requestOf(context)
      const { operation, message, content, input } = request
      if (!operation) throw new TypeError('No operation was matched')
      if (content.kind === 'stream' || content.kind === 'multipart') {
        const error = await readThrough(input)
        if (error) return refuse(context, response, refusalOfBody(requestOf(context), error))
      }
      const mocked = mock(operation, message.headers)
      response.setHeader('X-Mock', 'true')
      return 'reply' in mocked ? mocked.reply : own(request, mocked.problem)
    })
  }
  for (const operation of operations) {
    const { operationId, pointer } = operation
    const isOurs = operationId !== undefined && Object.hasOwn(handlers.operations, operationId)
    const handler = isOurs ? handlers.operations[operationId] : undefined
    const handle = handler && ((context: Context) => handler(operationRequest(context, addressOf) as never, services))
    if (handle && isStreamed(bodies.get(operation))) {
      // What is wrong with a stream comes to light only while the handler reads it.
      api.register(pointer, (context: Context, response: ServerResponse) =>
        handle(context).catch((error: unknown) => {
          if (!(error instanceof RefusedBodyError)) throw error
          return refuse(context, response, refusalOfBody(requestOf(context), error))
        })
      )
    } else if (handle) api.register(pointer, handle)
    else if (mode.mocks) mocked.add(operation)
  }
  const side = { handlers: handlers.security, services, addressOf }
  for (const operation of guardedOperations(contract, routes)) {
    const isAuthorized = authorizer(contract, operation, side)
    api.registerSecurityHandler(operation.pointer, (context: Context) => isAuthorized(requestOf(context)))
  }

  const replyLate = (request: ContractRequest): void => {
    request.abort()
    const { message, response, operation } = request
    const { operationId = '', pointer = '' } = operation ?? {}
    const late = new Error(`Operation ${operationId || pointer} has not replied within ${patience / 1000} s`)
    const headers = onUnexpected(late, message)
    if (response.headersSent) response.destroy()
    else writer.writeOwn(response, unavailable(request, Math.ceil(patience / 1000), headers), operation)
  }
  const unavailable = (request: ContractRequest, retryAfter: number, headers?: Readonly<Record<string, string>>) =>
    own(request, { status: 503 }, { 'Retry-After': String(retryAfter), ...headers })
  const deadline = new Deadline(patience, replyLate)

  return (message, response, next) => {
    const request = new ContractRequest(message, response, idOf)
    const fail = (error: unknown): void => {
      if (response.headersSent) {
        if (!isUnavailable(error)) onUnexpected(error, message)
        response.destroy()
        return
      }
      if (isUnavailable(error)) {
        writer.writeOwn(response, unavailable(request, error.retryAfter), request.operation)
        return
      }
      const headers = onUnexpected(error, message)
      const detail = mode.reasons && error instanceof ReplyError ? error.message : undefined
      writer.writeOwn(response, own(request, { status: 500, detail }, headers), request.operation)
    }
    const finish = (reply: Reply | undefined): void => {
      if (!deadline.end(request)) return // it has been answered meanwhile
      if (response.destroyed) return // the client has gone
      try {
        if (reply === undefined) next()
        else if (reply instanceof OwnReply) writer.writeOwn(response, reply, request.operation)
        else if (request.operation) writer.write(response, reply, request.operation)
      } catch (error) {
        fail(error)
      }
    }
    deadline.begin(request)
    api.handleRequest(request, response).then(finish, (error: unknown) => {
      if (request.isAborted(error))
        deadline.end(request) // as it was asked to be
      else if (error instanceof PassedOn) {
        if (deadline.end(request)) next(error.cause)
      } else if (deadline.end(request)) fail(error)
      else onUnexpected(error, message)
    })
  }
}

import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Context } from 'openapi-backend'
import { type OperationObject, operationsOf } from '../openapi/operation-object.js'
import { declaredBody, isStreamed, requestBodyOf, type RequestBodyAt } from '../openapi/request-body.js'
import { canStandIn, getBeside } from '../openapi/head-operation.js'
import { basePathsOf } from '../openapi/server.js'
import { severalMediaTypes } from '../openapi/several-media-types.js'
import { tokenOperations } from '../openapi/token-url.js'
import type { Problem } from '../problems.js'
import { authorizer } from './authorizer.js'
import type { AnyHandler, BackendOptions, IsFile } from './backend-options.js'
import { chosenReply } from './chosen-reply.js'
import { CompiledBackend } from './compiled-backend.js'
import { Deadline } from './deadline.js'
import { EventStreams } from './event-streams.js'
import { fileProperties } from './file-properties.js'
import { PassedOn, passThrough } from './middleware.js'
import { asSent, createMock } from './mock/mock.js'
import { isLetIn, operationRequest, refusalOfBody, requestOf } from './pipeline.js'
import { RefusedBodyError } from './refused-body-error.js'
import { readThrough } from './read-through.js'
import { OwnReply, type Reply } from './reply.js'
import { ReplyError } from './reply-error.js'
import { ReplyWriter } from './reply-writer.js'
import { ContractRequest } from './request.js'
import { CompiledRouter } from './router.js'
import { rulePointer } from './rule-place.js'
import type { Refusal } from './security.js'
import { guardedOperations, skeletonOf } from './skeleton.js'
import { discard, isStreamed as isStreamedReply, writeStreamed } from './streamed-reply.js'
import { isUnavailable } from './unavailable-error.js'
import { RequestValidator } from './validator.js'
import { addToVary } from './vary.js'

/** An Express middleware that serves the paths of the contract, and passes all others on. */
export type Backend = (message: IncomingMessage, response: ServerResponse, next: Next) => void

type Next = (error?: unknown) => void

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
  const skeleton = skeletonOf(contract, routes)
  const router = new CompiledRouter(skeleton, new Map(operations.map(one => [one.pointer, one])))
  const api = new CompiledBackend(skeleton, router, new RequestValidator(contract, skeleton, router, problems))
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
  const negotiated = async (request: ContractRequest, reply: Reply): Promise<Reply> => {
    if (reply.bodies === undefined) return reply
    addToVary(request.response, 'Accept')
    const chosen = await chosenReply(reply, request.message.headers.accept)
    if (!('offered' in chosen)) return chosen
    return own(request, { status: 406, detail: `There is only ${chosen.offered.join(', ')}` })
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
      const mocked = mock(answering(operation), message.headers)
      response.setHeader('X-Mock', 'true')
      return 'reply' in mocked ? asSent(mocked.reply) : own(request, mocked.problem)
    })
  }
  const handlerOf = ({ operationId }: OperationObject): AnyHandler<Services> | undefined =>
    operationId !== undefined && Object.hasOwn(handlers.operations, operationId)
      ? handlers.operations[operationId]
      : undefined
  // What answers a HEAD without a handler is another operation.
  const standIns = new Map<OperationObject, OperationObject>()
  const answering = (operation: OperationObject): OperationObject => standIns.get(operation) ?? operation
  for (const operation of operations) {
    const { pointer } = operation
    const get = handlerOf(operation) ? undefined : getBeside(contract, operation)
    if (get && canStandIn(contract, get, operation)) standIns.set(operation, get)
    const handler = handlerOf(answering(operation))
    const answer = handler && ((context: Context) => handler(operationRequest(context, addressOf) as never, services))
    const isNegotiated = answer && severalMediaTypes(contract, answering(operation)).length > 0
    const handle = isNegotiated
      ? async (context: Context) => negotiated(requestOf(context), await answer(context))
      : answer
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
    if (response.headersSent) breakOff(response)
    else writer.writeOwn(response, unavailable(request, Math.ceil(patience / 1000), headers), operation)
  }
  const unavailable = (request: ContractRequest, retryAfter: number, headers?: Readonly<Record<string, string>>) =>
    own(request, { status: 503 }, { 'Retry-After': String(retryAfter), ...headers })
  const deadline = new Deadline(patience, replyLate)
  const streaming = { writer, heartbeat: options.heartbeat, events: new EventStreams(options.stopping) }

  const fail = (request: ContractRequest, error: unknown): void => {
    const { message, response, operation } = request
    if (response.headersSent) {
      if (!isUnavailable(error)) onUnexpected(error, message)
      breakOff(response)
      return
    }
    if (isUnavailable(error)) {
      writer.writeOwn(response, unavailable(request, error.retryAfter), operation)
      return
    }
    const headers = onUnexpected(error, message)
    const detail = mode.reasons && error instanceof ReplyError ? error.message : undefined
    writer.writeOwn(response, own(request, { status: 500, detail }, headers), operation)
  }
  const finish = (request: ContractRequest, next: Next, reply: Reply | undefined): void => {
    const { response, operation } = request
    const isHere = request.place >= 0 && !response.destroyed
    if (reply !== undefined && operation && isHere && isStreamedReply(reply)) {
      const begin = (): boolean => deadline.end(request) && !response.destroyed
      writeStreamed(streaming, request, reply, answering(operation), begin).then(
        () => deadline.end(request), // a client may leave before anything comes
        (error: unknown) => {
          if (response.headersSent) fail(request, error)
          else failed(request, next, error)
        }
      )
      return
    }
    const isWaitedFor = deadline.end(request) // else it has been answered meanwhile
    if (!isWaitedFor || response.destroyed) {
      discard(reply)
      return
    }
    try {
      if (reply === undefined) next()
      else if (reply instanceof OwnReply) writer.writeOwn(response, reply, operation)
      else if (operation) writer.write(response, reply, answering(operation))
    } catch (error) {
      fail(request, error)
    }
  }
  const failed = (request: ContractRequest, next: Next, error: unknown): void => {
    if (request.isAborted(error))
      deadline.end(request) // as it was asked to be
    else if (error instanceof PassedOn) {
      if (deadline.end(request)) next(error.cause)
    } else if (deadline.end(request)) fail(request, error)
    else onUnexpected(error, request.message)
  }

  return (message, response, next) => {
    const request = new ContractRequest(message, response, idOf)
    deadline.begin(request)
    api.handleRequest(request, response).then(
      (reply: Reply | undefined) => finish(request, next, reply),
      (error: unknown) => failed(request, next, error)
    )
  }
}

// A reply of which no length is known and that isn't in chunks ends as its connection does: only a reset tells that it is
// no whole one (RFC 9112 §8).
const breakOff = (response: ServerResponse): void => {
  if (response.chunkedEncoding || response.socket === null) response.destroy()
  else response.socket.resetAndDestroy()
}

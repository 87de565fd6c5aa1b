import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Context, type Document, OpenAPIBackend } from 'openapi-backend'
import type { Contract } from '../openapi/contract.js'
import { formMediaType, jsonMediaType } from '../openapi/media-type.js'
import type { Problem, Problems } from '../problems.js'
import { brokenRules } from './broken-rules.js'
import { createMock } from './mock/mock.js'
import { validityOf } from './mock/validity.js'
import { isLetIn, operationRequest, refusalOf, requestOf, securityResult } from './pipeline.js'
import { type Reply, ReplyError } from './reply.js'
import { ReplyWriter } from './reply-writer.js'
import { type Body, ContractRequest } from './request.js'
import { CompiledRouter } from './router.js'
import { rulePointer } from './rule-place.js'
import type { Refusal, SecurityHandler } from './security.js'
import { LazyValidator } from './validator.js'

/** A handler as openapi-backend's pipeline sees it, its types forgotten: those were the compiler's business. */
type AnyHandler<Services> = (request: never, services: Services) => Promise<Reply>

/** What a server does for those who work on it. All of it is off in production. */
export interface Mode {
  /** Whether a reply that the contract doesn't declare is refused with a 500 that says why, rather than trimmed. */
  readonly strictReplies: boolean
  /** Whether an operation without a handler is answered from its examples and schemas, with `X-Mock: true`. */
  readonly mocks: boolean
  /** Whether a refused request is told the place of the rule that it broke: `X-Contract: openapi.yaml:41:13`. */
  readonly places: boolean
}

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
  /** Reads the body of a request, of any media type, within bounds. Only called for operations that declare a body. */
  readonly readBody: (message: IncomingMessage) => Promise<Body>
  /** Told of each unexpected error, once. The client is told nothing. */
  readonly onUnexpected: (error: unknown) => void
  readonly mode: Mode
}

/** An Express middleware that serves the paths of the contract, and passes all others on. */
export type Backend = (message: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void) => void

/**
 * The pipeline of openapi-backend, made from the contract: route, security handler, body, validator, operation
 * handler, and then the reply writer. The body of a request is read only when its sender has been let in.
 */
export const createBackend = async <Services>(options: BackendOptions<Services>): Promise<Backend> => {
  const { contract, handlers, services, problems, readBody, onUnexpected, mode } = options
  const api = new OpenAPIBackend<Document>({ definition: contract.document, strict: true, quick: true })
  await api.init()
  const router = new CompiledRouter(api.definition)
  api.router = router
  api.validator = new LazyValidator(contract, api.definition, router, { verbose: mode.places })
  const writer = new ReplyWriter(contract, { strict: mode.strictReplies })

  const replyTo = (problem: Problem, headers?: Reply['headers']): Reply => ({
    status: problem.status,
    mediaType: problems.mediaType,
    body: problems.body(problem),
    ...(headers && { headers })
  })
  const refuse = (context: Context, response: ServerResponse, problem: Problem & Partial<Refusal>): Reply => {
    const rule = mode.places ? rulePointer(contract, context) : undefined
    if (rule !== undefined) response.setHeader('X-Contract', contract.place(rule, 'key'))
    return replyTo(problem, problem.headers)
  }
  const read = async (context: Context): Promise<void> => {
    const request = requestOf(context)
    const body = await readBody(request.message)
    request.content = problems.undeclaredMediaType === 'refused' ? declaredBody(context, body) : body
  }

  api.register({
    notFound: () => undefined,
    methodNotAllowed: ({ request }: Context) => replyTo({ status: 405 }, { Allow: router.allow(request.path) ?? '' }),
    unauthorizedHandler: (context: Context, response: ServerResponse) =>
      refuse(context, response, refusalOf(context)?.refusal ?? { status: 401 }),
    postSecurityHandler: (context: Context) => {
      const request = requestOf(context)
      if (request.fault) throw request.fault.cause
      return isLetIn(context) && context.operation.requestBody !== undefined ? read(context) : undefined
    },
    validationFail: (context: Context, response: ServerResponse) => {
      const { content } = requestOf(context)
      if (content?.mediaType === 'refused') return refuse(context, response, content)
      return refuse(context, response, { status: 422, broken: brokenRules(context.validation.errors ?? []) })
    }
  })
  if (mode.mocks) {
    const mock = createMock(contract, validityOf(contract))
    api.register('notImplemented', (context: Context, response: ServerResponse) => {
      const request = requestOf(context)
      const mocked = mock(context.operation.operationId ?? '', request.message.headers)
      response.setHeader('X-Mock', 'true')
      if ('reply' in mocked) return mocked.reply
      request.operation = undefined // no operation declares what is wrong with its mock
      return replyTo(mocked.problem)
    })
  }
  const unknown = (id: string): boolean => mode.mocks && router.getOperation(id) === undefined
  for (const [id, handler] of Object.entries(handlers.operations).filter(([id]) => !unknown(id))) {
    api.register(id, (context: Context) => handler(operationRequest(context) as never, services))
  }
  for (const [name, handler] of Object.entries(handlers.security)) {
    api.registerSecurityHandler(name, (context: Context) => securityResult(handler, context, services))
  }

  return (message, response, next) => {
    const request = new ContractRequest(message)
    const fail = (error: unknown): void => {
      onUnexpected(error)
      if (response.headersSent) {
        response.destroy()
        return
      }
      const reason = mode.strictReplies && error instanceof ReplyError ? error.message : undefined
      const reply = replyTo({ status: 500, detail: reason })
      try {
        writer.write(response, reply, request.operation)
      } catch {
        writer.write(response, reply) // the contract of this operation has no word for an unexpected error
      }
    }
    const finish = (reply: Reply | undefined): void => {
      if (response.destroyed) return // the client has gone
      try {
        if (reply === undefined) next()
        else writer.write(response, reply, request.operation)
      } catch (error) {
        fail(error)
      }
    }
    api.handleRequest(request, response).then(finish, fail)
  }
}

// What was sent, or, if the operation doesn't declare its media type, that it is refused and what is wanted.
const declaredBody = ({ operation }: Context, body: Body): Body => {
  if (body.mediaType === 'refused' || body.mediaType === 'none') return body
  const { requestBody } = operation
  const declared = requestBody && 'content' in requestBody ? Object.keys(requestBody.content) : []
  if (declared.some(mediaType => mediaType === mediaTypes[body.mediaType])) return body
  return { mediaType: 'refused', status: 415, detail: `Send ${declared.join(' or ')}` }
}

const mediaTypes = { form: formMediaType, json: jsonMediaType, other: undefined } as const

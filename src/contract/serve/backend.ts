import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Context, type Document, OpenAPIBackend } from 'openapi-backend'
import { brokenRule } from './broken-rule.js'
import { isLetIn, operationRequest, refusalOf, requestOf, securityResult, statusReply } from './context.js'
import type { Contract } from '../read-contract.js'
import { createMock } from './mock.js'
import type { Reply } from './reply.js'
import { ReplyWriter } from './reply-writer.js'
import { type Body, ContractRequest } from './request.js'
import { CompiledRouter } from './router.js'
import type { SecurityHandler } from './security.js'
import { LazyValidator } from './validator.js'
import { validationError } from '../../chapter/validation-error.js'

/** A handler as openapi-backend's pipeline sees it, its types forgotten: those were the compiler's business. */
type AnyHandler<Services> = (request: never, services: Services) => Promise<Reply>

/** What a server does for those who work on it. All of it is off in production. */
export interface Mode {
  /** Whether a reply that the contract doesn't declare is refused with a 500 that says why, rather than trimmed. */
  readonly strictReplies: boolean
  /** Whether an operation without a handler is answered from its example, with `X-Mock: true`. */
  readonly mocks: boolean
  /** Whether a refused request is told the place of the rule that it broke: `X-Contract: openapi.yaml:41:13`. */
  readonly places: boolean
}

export interface BackendOptions<Services> {
  readonly contract: Contract
  readonly operations: Readonly<Record<string, AnyHandler<Services>>>
  readonly security: Readonly<Record<string, SecurityHandler<Services, unknown>>>
  /** What handlers get as their second argument. */
  readonly services: Services
  /** Reads the body of a request, of any media type, within bounds. Only called for operations that declare a body. */
  readonly readBody: (message: IncomingMessage) => Promise<Body>
  /** Logs an unexpected error, and says what to answer. */
  readonly unexpected: (error: unknown) => Reply
  readonly mode: Mode
}

/** How many broken rules a reply lists: a list of 16 KiB can break 8,000. */
const mostErrors = 64

/** An Express middleware that serves the paths of the contract, and passes all others on. */
export type Backend = (message: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void) => void

/**
 * The pipeline of openapi-backend, made from the contract: route, security handler, body, validator, operation
 * handler, and then the reply writer. The body of a request is read only when its sender has been let in.
 */
export const createBackend = async <Services>(options: BackendOptions<Services>): Promise<Backend> => {
  const { contract, services, readBody, unexpected, mode } = options
  const api = new OpenAPIBackend<Document>({ definition: contract.document, strict: true, quick: true })
  await api.init()
  const router = new CompiledRouter(api.definition)
  api.router = router
  api.validator = new LazyValidator(contract, api.definition, router, { verbose: mode.places })
  const writer = new ReplyWriter(contract, { strict: mode.strictReplies })

  const refuse = (context: Context, response: ServerResponse, reply: Reply): Reply => {
    const rule = mode.places ? brokenRule(contract, context) : undefined
    if (rule !== undefined) response.setHeader('X-Contract', contract.place(rule, 'key'))
    return reply
  }
  api.register({
    notFound: () => undefined,
    methodNotAllowed: ({ request }: Context) => statusReply(405, { Allow: router.allow(request.path) ?? '' }),
    unauthorizedHandler: (context: Context, response: ServerResponse) =>
      refuse(context, response, refusalOf(context).reply),
    postSecurityHandler: (context: Context) => {
      const request = requestOf(context)
      if (request.fault) throw request.fault.cause
      return isLetIn(context) && context.operation.requestBody !== undefined ? request.read(readBody) : undefined
    },
    validationFail: (context: Context, response: ServerResponse) => {
      const { content } = requestOf(context)
      if (content?.mediaType === 'refused') return refuse(context, response, statusReply(content.status))
      const detail = (context.validation.errors ?? []).slice(0, mostErrors).map(validationError)
      return refuse(context, response, { status: 422, body: { detail } })
    }
  })
  if (mode.mocks) {
    const mock = await createMock(contract)
    api.register('notImplemented', ({ operation }: Context, response: ServerResponse) => {
      const reply = mock(operation.operationId ?? '')
      response.setHeader('X-Mock', 'true')
      return reply
    })
  }
  const unknown = (id: string): boolean => mode.mocks && router.getOperation(id) === undefined
  for (const [id, handler] of Object.entries(options.operations).filter(([id]) => !unknown(id))) {
    api.register(id, (context: Context) => handler(operationRequest(context) as never, services))
  }
  for (const [name, handler] of Object.entries(options.security)) {
    api.registerSecurityHandler(name, (context: Context) => securityResult(handler, context, services))
  }

  return (message, response, next) => {
    const request = new ContractRequest(message)
    const fail = (error: unknown): void => {
      const reply = unexpected(error)
      if (response.headersSent) {
        response.destroy()
        return
      }
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

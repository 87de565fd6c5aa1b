import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import { type Context, type Document, OpenAPIBackend } from 'openapi-backend'
import type { Contract } from './contract.js'
import type { Reply } from './reply.js'
import { ReplyWriter } from './reply-writer.js'
import { type Body, ContractRequest } from './request.js'
import { CompiledRouter } from './router.js'
import type { SecurityHandler } from './security.js'
import { LazyValidator } from './validator.js'
import { validationError } from './validation-error.js'

/** A handler as openapi-backend's pipeline sees it, its types forgotten: those were the compiler's business. */
type AnyHandler<Services> = (request: never, services: Services) => Promise<Reply>

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
  /** Whether a reply that the contract doesn't declare is refused (development, tests) or trimmed (production). */
  readonly strictReplies: boolean
}

/** An Express middleware that serves the paths of the contract, and passes all others on. */
export type Backend = (message: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void) => void

const statusReply = (status: number, headers?: Record<string, string>): Reply => ({
  status,
  body: { detail: STATUS_CODES[status] ?? 'Error' },
  ...(headers && { headers })
})

/**
 * The pipeline of openapi-backend, made from the contract: route, security handler, body, validator, operation
 * handler, and then the reply writer. The body of a request is read only when its sender has been let in.
 */
export const createBackend = async <Services>(options: BackendOptions<Services>): Promise<Backend> => {
  const { contract, services, readBody, unexpected } = options
  const api = new OpenAPIBackend<Document>({ definition: contract.document, strict: true, quick: true })
  await api.init()
  const router = new CompiledRouter(api.definition)
  api.router = router
  api.validator = new LazyValidator(contract, api.definition, router)
  const writer = new ReplyWriter(contract, { strict: options.strictReplies })

  api.register({
    notFound: () => undefined,
    methodNotAllowed: ({ request }: Context) => statusReply(405, { Allow: router.allow(request.path) ?? '' }),
    unauthorizedHandler: (context: Context) => refusalOf(context),
    postSecurityHandler: (context: Context) => {
      const request = requestOf(context)
      if (request.fault) throw request.fault.cause
      const { operation, security } = context
      const letIn = security['authorized'] === true || operation.security?.length === 0
      return letIn && operation.requestBody !== undefined ? request.read(readBody) : undefined
    },
    validationFail: (context: Context) => {
      const { content } = requestOf(context)
      if (content?.mediaType === 'refused') return statusReply(content.status)
      return { status: 422, body: { detail: (context.validation.errors ?? []).map(validationError) } }
    }
  })
  for (const [name, handler] of Object.entries(options.operations)) {
    api.register(name, (context: Context) => handler(operationRequest(context) as never, services))
  }
  for (const [name, handler] of Object.entries(options.security)) {
    api.registerSecurityHandler(name, async (context: Context) => {
      const request = requestOf(context)
      try {
        const outcome = await handler.authenticate(request.message.headers, services)
        return 'refusal' in outcome ? { error: outcome.refusal } : { granted: outcome }
      } catch (cause) {
        request.fault = { cause } // thrown here it would be a 401: openapi-backend takes it for a refusal
        return undefined
      }
    })
  }

  return (message, response, next) => {
    const request = new ContractRequest(message)
    const fail = (error: unknown): void => {
      if (response.headersSent) {
        unexpected(error)
        response.destroy()
        return
      }
      const reply = unexpected(error)
      try {
        writer.write(response, reply, request.operation)
      } catch {
        writer.write(response, reply) // the contract of this operation has no word for an unexpected error
      }
    }
    api
      .handleRequest(request)
      .then((reply: Reply | undefined) => {
        if (reply === undefined) next()
        else writer.write(response, reply, request.operation)
      })
      .catch(fail)
  }
}

const requestOf = ({ request }: Context): ContractRequest => {
  if (request instanceof ContractRequest) return request
  throw new TypeError('The pipeline takes a ContractRequest')
}

interface SecurityResult {
  readonly granted?: { readonly user: unknown }
  readonly error?: Reply
}

const resultOf = ({ security }: Context, scheme: string): SecurityResult | undefined =>
  security[scheme] as SecurityResult | undefined

const schemesOf = ({ operation }: Context): string[] => (operation.security ?? []).flatMap(one => Object.keys(one))

const refusalOf = (context: Context): Reply => {
  for (const scheme of schemesOf(context)) {
    const refusal = resultOf(context, scheme)?.error
    if (refusal) return refusal
  }
  return statusReply(401)
}

// The user of the first alternative that is satisfied; none where an operation asks for nobody.
const userOf = (context: Context): unknown => {
  for (const alternative of context.operation.security ?? []) {
    const results = Object.keys(alternative).map(scheme => resultOf(context, scheme)?.granted)
    if (results.every(granted => granted !== undefined)) return results[0]?.user
  }
  return undefined
}

const operationRequest = (context: Context): object => {
  const { params, query, headers, cookies, requestBody, content } = requestOf(context)
  const body = content?.mediaType === 'json' ? 'body' : 'form'
  return { params, query, headers, cookies, [body]: requestBody, user: userOf(context) }
}

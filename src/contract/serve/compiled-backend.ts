import {
  type Context,
  type Document,
  type Operation,
  OpenAPIBackend,
  type OpenAPIRouter,
  type OpenAPIValidator,
  type Request
} from 'openapi-backend'
import type { Reply } from './reply.js'

/**
 * openapi-backend's pipeline without what its own makes anew for each request: closures, copies, and promises of what is
 * there already. The steps, their order, and what handlers and security handlers mean are its own; a test holds the two to
 * each other. It is strict, and each operation has one security scheme at most: see `skeletonOf`.
 */
export class CompiledBackend extends OpenAPIBackend {
  /** Those of its handlers that are called. It refuses to register others. */
  override allowedHandlers = [
    'notFound',
    'methodNotAllowed',
    'postRoutingHandler',
    'postSecurityHandler',
    'unauthorizedHandler',
    'validationFail',
    'notImplemented'
  ]

  constructor(definition: Document, router: OpenAPIRouter, validator: OpenAPIValidator) {
    super({ definition: '', strict: true, quick: true })
    this.definition = definition
    this.router = router
    this.validator = validator
    this.initialized = true
    for (const { operationId = '', security = [] } of router.getOperations()) {
      const hasOne = security.length === 1 && security.every(one => Object.keys(one).length === 1)
      if (security.length > 0 && !hasOne)
        throw new TypeError(`Operation ${operationId} has more than one security scheme`)
    }
  }

  /** @throws what a handler throws, and an `Error` if one that the request needs isn't registered */
  override async handleRequest(request: Request, response: unknown): Promise<Reply | undefined> {
    const { handlers } = this
    const begun: Pick<Context, 'api' | 'request'> = { api: this, request: this.router.parseRequest(request) }
    const context = begun as Context // the rest of it comes on the way
    const unserved = this.#match(context, request)
    const routed: unknown = handlers['postRoutingHandler']?.(context, response)
    if (isPromise(routed)) await routed
    if (unserved) return await this.#call(unserved, context, response)

    const { operation } = context
    const scheme = schemeOf(operation)
    let authorized = false
    if (scheme === undefined) context.security = { authorized }
    else {
      let result: unknown
      try {
        result = await this.securityHandlers[scheme]?.(context, response)
      } catch (error) {
        // An empty reason would let the request in.
        result = error ? { error } : { error: new Error('security handler rejected') }
      }
      authorized = isConsent(result)
      context.security = { [scheme]: result, authorized }
    }
    const read: unknown = handlers['postSecurityHandler']?.(context, response)
    if (isPromise(read)) await read
    if (scheme !== undefined && !authorized) return await this.#call('unauthorizedHandler', context, response)

    context.validation = this.validator.validateRequest(request, operation)
    if (context.validation.errors) return await this.#call('validationFail', context, response)
    const { operationId = '' } = operation
    return await this.#call(handlers[operationId] ? operationId : 'notImplemented', context, response)
  }

  /** Finds the operation, or says which handler answers where there is none. */
  #match(context: Context, request: Request): 'notFound' | 'methodNotAllowed' | undefined {
    try {
      context.operation = this.router.matchOperation(request, true)
    } catch (error) {
      return error instanceof Error && error.message.startsWith('405') ? 'methodNotAllowed' : 'notFound'
    }
    context.request = this.router.parseRequest(request, context.operation)
    return undefined
  }

  #call(name: string, context: Context, response: unknown): Awaitable<Reply | undefined> {
    const handler = this.handlers[name]
    if (handler) return handler(context, response) as Awaitable<Reply | undefined>
    throw new Error(`No handler ${name} is registered`)
  }
}

type Awaitable<T> = T | PromiseLike<T>

const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value

const schemeOf = ({ security }: Operation): string | undefined => {
  for (const scheme in security?.[0]) return scheme
  return undefined
}

/** An object with an `error` is a refusal, whatever else it has. */
const isConsent = (result: unknown): boolean =>
  Boolean(result) && !(typeof result === 'object' && result !== null && 'error' in result && Boolean(result.error))

import { describe, expect, test } from '@jest/globals'
import {
  type Context,
  type Document,
  type Handler,
  OpenAPIBackend,
  OpenAPIRouter,
  OpenAPIValidator,
  type Request
} from 'openapi-backend'
import { CompiledBackend } from '../../src/contract/serve/compiled-backend.js'

const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } } as const
const limit = { name: 'limit', in: 'query', required: true, schema: { type: 'string' } } as const
const definition: Document = {
  openapi: '3.1.0',
  info: { title: 'Things', version: '1' },
  paths: {
    '/open': { get: { operationId: 'open', security: [], responses: {} } },
    '/things/{id}': {
      get: { operationId: 'guarded', security: [{ key: [] }], parameters: [id, limit], responses: {} },
      put: { operationId: 'missing', responses: {} }
    },
    '/nobodys': { get: { operationId: 'nobodys', security: [{ unknown: [] }], responses: {} } }
  },
  components: {
    securitySchemes: { key: { type: 'http', scheme: 'bearer' }, unknown: { type: 'http', scheme: 'basic' } }
  }
}

const hooks = [
  'notFound',
  'methodNotAllowed',
  'postRoutingHandler',
  'postSecurityHandler',
  'unauthorizedHandler',
  'validationFail',
  'notImplemented'
]
const names = [...hooks, 'open', 'guarded', 'nobodys']

/** What the handlers of a request saw, in their order, and what became of it. */
interface Course {
  readonly seen: unknown[]
  readonly outcome: unknown
}

interface Case {
  readonly authenticate?: () => unknown
  /** Handlers that do something else than to tell what they saw. */
  readonly handlers?: Readonly<Record<string, () => unknown>>
  readonly without?: string
}

const seenIn = (name: string, context: Context, rest: unknown[]): unknown => {
  const { request, operation, security, validation } = context as Partial<Context>
  return [name, request?.params, operation?.operationId, security, validation?.valid, rest]
}

const courseOf = async (
  api: OpenAPIBackend,
  request: Request,
  { authenticate, handlers, without }: Case
): Promise<Course> => {
  const seen: unknown[] = []
  for (const name of names.filter(name => name !== without)) {
    const handle: Handler = (context, ...rest: unknown[]) => {
      seen.push(seenIn(name, context, rest))
      const other = handlers?.[name]
      return other ? other() : name
    }
    api.register(name, handle)
  }
  api.registerSecurityHandler('key', (context, ...rest: unknown[]) => {
    seen.push(seenIn('key', context, rest))
    return authenticate ? authenticate() : true
  })
  const outcome: unknown = await api.handleRequest(request, 'response').then(
    (reply: unknown) => ({ reply }),
    (error: unknown) => ({ error: without === undefined ? error : 'no handler' })
  )
  return { seen, outcome }
}

const theirs = async (request: Request, one: Case): Promise<Course> => {
  const api = new OpenAPIBackend({ definition: structuredClone(definition), quick: true, strict: true })
  return courseOf(await api.init(), request, one)
}

const compiled = (document: Document = definition): CompiledBackend => {
  const router = new OpenAPIRouter({ definition: document })
  return new CompiledBackend(document, router, new OpenAPIValidator({ definition: document, router }))
}

const get = (path: string, query: Record<string, string> = {}, method = 'get'): Request => ({
  method,
  path,
  query,
  headers: {}
})
const thing = get('/things/7', { limit: '1' })
const failing = (): never => {
  throw new TypeError('broken')
}
const rejecting = (reason: Error) => (): Promise<unknown> => Promise.reject(reason)
const soon = (value: unknown) => (): Promise<unknown> => new Promise(resolve => setImmediate(() => resolve(value)))

const cases: Readonly<Record<string, readonly [Request, Case]>> = {
  'an operation for anybody': [get('/open'), {}],
  'one that nobody handles': [get('/things/7', {}, 'put'), {}],
  'an unknown path': [get('/nowhere'), {}],
  'an unknown method': [get('/things/7', {}, 'delete'), {}],
  'a caller who is let in': [thing, {}],
  'a caller who is let in later': [thing, { authenticate: soon({ user: 'alice' }) }],
  'a caller who is let in with an error that is none': [thing, { authenticate: () => ({ error: null }) }],
  'a caller who is refused': [thing, { authenticate: () => false }],
  'a caller who is refused later': [thing, { authenticate: soon(undefined) }],
  'a caller who is refused with an error': [thing, { authenticate: () => ({ user: 'alice', error: 'no' }) }],
  'a security handler that throws': [thing, { authenticate: failing }],
  'a security handler that rejects': [thing, { authenticate: rejecting(new Error('no')) }],
  'a security handler that rejects with nothing': [thing, { authenticate: rejecting(undefined as unknown as Error) }],
  'a security handler that rejects with an empty reason': [thing, { authenticate: rejecting('' as unknown as Error) }],
  'a scheme that nobody handles': [get('/nobodys'), {}],
  'a request that breaks a rule': [get('/things/7'), {}],
  'a request that breaks a rule, of a caller who is refused': [get('/things/7'), { authenticate: () => false }],
  'handlers that take their time': [thing, { handlers: Object.fromEntries(names.map(name => [name, soon(name)])) }],
  ...Object.fromEntries(
    names.flatMap((name): [string, readonly [Request, Case]][] => {
      const way = { open: get('/open'), notFound: get('/nowhere'), nobodys: get('/nobodys') }[name] ?? thing
      return [
        [`${name} throws`, [way, { handlers: { [name]: failing } }]],
        [`${name} rejects`, [way, { handlers: { [name]: rejecting(new TypeError('broken')) } }]],
        [`no handler ${name}`, [way, { without: name }]]
      ]
    })
  ),
  'no unauthorizedHandler where one is needed': [thing, { authenticate: () => false, without: 'unauthorizedHandler' }],
  'no validationFail where one is needed': [get('/things/7'), { without: 'validationFail' }],
  'no notImplemented where one is needed': [get('/things/7', {}, 'put'), { without: 'notImplemented' }]
}

describe("a request takes the same course as in openapi-backend's own pipeline", () => {
  test.each(Object.entries(cases))('%s', async (_name, [request, one]) => {
    const course = await theirs(request, one)
    expect(await courseOf(compiled(), request, one)).toEqual(course)
  })
})

test('each handler is called in one of the cases', async () => {
  const courses = await Promise.all(Object.values(cases).map(([request, one]) => theirs(request, one)))
  const called = courses.flatMap(({ seen }) => seen.map(one => (Array.isArray(one) ? (one[0] as unknown) : undefined)))
  const unreachable = 'nobodys' // as nobody can be let in
  expect([...new Set(called), unreachable].sort()).toEqual([...names, 'key'].sort())
})

test('a handler that would never be called is refused', () => {
  expect(() => compiled().register('preOperationHandler', () => undefined)).toThrow('preOperationHandler')
})

test.each([
  ['two of which either is enough', [{ key: [] }, { unknown: [] }]],
  ['two of which both are needed', [{ key: [], unknown: [] }]],
  ['none, beside nobody', [{}]]
])('an operation has one scheme or none: not %s', (_what, security) => {
  const document = Object.assign(structuredClone(definition), { security }) // of the operation that has none of its own
  expect(() => compiled(document)).toThrow('Operation missing has more than one security scheme')
})

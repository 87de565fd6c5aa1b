import type { ServerOptions } from 'node:http'
import {
  type Check,
  compileFindings,
  conformanceFindings,
  type Contract,
  ContractError,
  createBackend,
  type Handlers,
  type Mode,
  type OperationObject,
  type Problems,
  type RoutedMessage
} from './contract/index.js'
import { readBody } from './http/body.js'
import { type ConnectionLimits, limitConnections } from './http/connections.js'
import { cors } from './http/cors.js'
import { serveDocs } from './http/docs.js'
import { serveDocuments } from './http/documents.js'
import { errorHandler, logUnexpectedOf, notFound } from './http/errors.js'
import type { Exchanges } from './http/exchanges.js'
import { createExpress, type ExpressServer } from './http/express.js'
import { answersLeftToUs, refuseMalformed } from './http/malformed.js'
import { type ExpressMiddleware, middleware as ownMiddleware, routedMiddleware } from './http/middleware.js'
import { requestId } from './http/request-id.js'
import type { PageOptions } from './http/page-files.js'
import type { TurnServer } from './http/turn-server.js'
import { letUploadsFlow } from './http/uploads.js'
import type { Log } from './log.js'

/** What an app is made of. */
export interface AppOptions<Services> {
  readonly contract: Contract
  readonly handlers: Handlers<Services>
  readonly services: Services
  /** The words of the server's own replies. */
  readonly problems: Problems
  /** Takes what is logged: the stacks of unexpected errors, and nothing of the requests they came with. */
  readonly log: Log
  readonly mode: Mode
  /** Express middleware around the contract; by default that of `http/middleware.ts`. */
  readonly middleware?: ExpressMiddleware
  /** Documents of JSON to serve beside the contract, by their paths. */
  readonly documents?: Readonly<Record<string, unknown>>
  /** The origins whose pages may use the server in browsers (CORS). By default none. */
  readonly corsOrigins?: readonly string[]
  /** How many proxies in front of the server are trusted to say who asks, by `X-Forwarded-For`. By default none. */
  readonly trustProxy?: number
  /** What the documentation page is like. */
  readonly page?: PageOptions
  readonly timeouts?: Timeouts
  /** How long a reply may take, in milliseconds; then it is a 503. By default 30,000. */
  readonly patience?: number
  /** How long a stream of events may be silent, in milliseconds, before a comment keeps it open. By default 15,000. */
  readonly heartbeat?: number
  /** Aborted when the server stops, which ends streams of events. By default that of `createAppServer`. */
  readonly stopping?: AbortSignal
  readonly connections?: Partial<ConnectionLimits>
  /** How long an idle connection is kept, in milliseconds. By default 5,000. */
  readonly keepAlive?: number
  /** What is told of all that the server answers. For one server. */
  readonly exchanges?: Exchanges
}

/**
 * The check whether a contract fits the code, for whoever reads one. `createApp` makes the quick part of it, too.
 *
 * @param changed the operations whose schemas nobody has compiled before: by default all
 */
export const fits =
  <Services>(
    { handlers, mode }: Pick<AppOptions<Services>, 'handlers' | 'mode'>,
    changed?: (contract: Contract) => readonly OperationObject[]
  ): Check =>
  contract => [...conformanceFindings(contract, handlers, mode), ...compileFindings(contract, changed?.(contract))]

/**
 * Makes the app of a contract. It doesn't listen yet: `createServer` of the result makes the server that does.
 *
 * @throws {ContractError} if the contract and the handlers don't fit together
 */
export const createApp = <Services>(options: AppOptions<Services>): ExpressServer => {
  const { contract, handlers, services, problems, log, mode, patience = 30_000, heartbeat = 15_000 } = options
  const findings = conformanceFindings(contract, handlers, mode)
  if (findings.length > 0) throw new ContractError(findings)

  const server = createExpress(options.trustProxy)
  const onUnexpected = (error: unknown, message: RoutedMessage) => logUnexpectedOf(message, error, log)
  const { corsOrigins = [] } = options
  if (corsOrigins.length > 0) server.app.use(cors(contract, corsOrigins))
  const middleware = options.middleware ?? ownMiddleware
  if (middleware.before.length > 0) server.app.use(...middleware.before)
  serveDocuments(server.app, options.documents ?? {}, problems)
  const times = { patience, heartbeat, stopping: options.stopping }
  const ways = { readBody, addressOf: server.addressOf, idOf: requestId, onUnexpected, mode, ...times }
  const onRouted = routedMiddleware(middleware)
  server.app.use(createBackend({ contract, handlers, services, problems, onRouted, ...ways }))
  serveDocs(server.app, contract, problems, options.page)
  server.app.use(notFound(problems))
  server.app.use(errorHandler(problems, log))
  return server
}

/** The mode of a server that only serves. */
export const production: Mode = { strictReplies: false, mocks: false, reasons: false, places: false }

/** How long clients may take that are slow or never finish, in milliseconds: see `createServer` of `node:http`. */
export type Timeouts = Required<
  Pick<ServerOptions, 'headersTimeout' | 'requestTimeout' | 'connectionsCheckingInterval'>
>

const timeouts: Timeouts = { headersTimeout: 10_000, requestTimeout: 15_000, connectionsCheckingInterval: 500 }

const connections: ConnectionLimits = { all: 10_000, byAddress: 1000, unread: 15_000 }

/** Makes the server of an app, with limits for slow clients, and for headers of more than 16 KiB. */
export const createAppServer = <Services>(options: AppOptions<Services>): TurnServer => {
  const stopping = new AbortController()
  const { app, addressOf, createServer } = createApp({ stopping: stopping.signal, ...options })
  const limits = { ...(options.timeouts ?? timeouts), maxHeaderSize: 16 * 1024, ...answersLeftToUs }
  const listeners = refuseMalformed(app, options.problems)
  const server = createServer(limits, options.exchanges?.observe(listeners, addressOf) ?? listeners)
  server.on('stopping', () => stopping.abort())
  letUploadsFlow(server)
  limitConnections(server, { ...connections, ...options.connections })
  server.keepAliveTimeout = options.keepAlive ?? 5_000
  server.maxHeadersCount = 0 // no limit of Node's, which drops in silence what is above it
  return server
}

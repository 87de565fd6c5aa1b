import type { Server } from 'node:http'
import type { PasswordHasher } from './auth/password-hasher.js'
import { createPasswords } from './auth/passwords.js'
import type { TokenCodec } from './auth/token-codec.js'
import type { UserStore } from './auth/user.js'
import { createBackend, type Mode } from './contract/serve/backend.js'
import { conformanceFindings } from './contract/checks/conformance.js'
import type { Check, Contract } from './contract/read-contract.js'
import { ContractError } from './contract/document/finding.js'
import { ownAnswerFindings } from './contract/checks/own-reply-findings.js'
import { ReplyError } from './contract/serve/reply.js'
import { readBody } from './http/body.js'
import { serveDocs } from './http/docs.js'
import { errorHandler, type Log, notFound, unexpectedError } from './http/errors.js'
import { createExpress, type ExpressServer } from './http/express.js'
import { operations, security } from './operations/index.js'
import type { Services } from './operations/operation.js'

/** What the app is made of. */
export interface AppOptions {
  readonly contract: Contract
  readonly users: UserStore
  readonly passwords: PasswordHasher
  readonly tokens: TokenCodec
  /** Takes what is logged: the messages and stacks of unexpected errors, and nothing of the requests they came with. */
  readonly log: Log
  readonly mode: Mode
  /** The path of a script for the documentation page to run besides its own. */
  readonly pageScript?: string
  /** Other handlers than those of `src/operations`. */
  readonly handlers?: Handlers
}

/** The handlers of operations and of security schemes, by name. */
export type Handlers = Pick<Parameters<typeof createBackend<Services>>[0], 'operations' | 'security'>

/** The check whether a contract fits the handlers, for whoever reads one. `createApp` makes the quick part of it, too. */
export const fits =
  (mode: Mode, handlers: Handlers = { operations, security }): Check =>
  contract => [...conformanceFindings(contract, handlers, mode), ...ownAnswerFindings(contract, handlers)]

/**
 * Makes the app of a contract. It doesn't listen yet: `createServer` of the result makes the server that does.
 *
 * @throws {ContractError} if the contract and the handlers don't fit together
 */
export const createApp = async (options: AppOptions): Promise<ExpressServer> => {
  const { contract, users, tokens, log, mode, handlers = { operations, security } } = options
  const findings = conformanceFindings(contract, handlers, mode)
  if (findings.length > 0) throw new ContractError(findings)

  const services: Services = { users, passwords: await createPasswords(options.passwords), tokens }
  const server = createExpress()
  const unexpected = (error: unknown) => {
    const reply = unexpectedError(error, log)
    return mode.strictReplies && error instanceof ReplyError ? { ...reply, body: { detail: error.message } } : reply
  }
  server.app.use(await createBackend({ ...handlers, contract, services, readBody, unexpected, mode }))
  serveDocs(server.app, contract, options.pageScript)
  server.app.use(notFound)
  server.app.use(errorHandler(log))
  return server
}

/** The mode of a server that only serves. */
export const production: Mode = { strictReplies: false, mocks: false, places: false }

/** Limits for clients that are slow or never finish, in milliseconds: see `createServer` of `node:http`. */
const timeouts = { headersTimeout: 10_000, requestTimeout: 15_000, connectionsCheckingInterval: 500 }

/** Makes the server of an app, with limits for slow clients, and for headers of more than 16 KiB. */
export const createAppServer = async (options: AppOptions): Promise<Server> =>
  (await createApp(options)).createServer({ ...timeouts, maxHeaderSize: 16 * 1024 })

import { fileURLToPath } from 'node:url'
import { createAppServer, fits, production } from './app.js'
import { readConfig } from './config.js'
import { readContract } from './contract/index.js'
import { logUnexpected } from './http/errors.js'
import { listen } from './http/listen.js'
import { stopInOrder } from './http/shutdown.js'
import { handlers } from './operations/index.js'
import { compose } from './services.js'

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url))

/**
 * Starts the server.
 *
 * @throws {ConfigError} if the environment can't be used
 * @throws {ContractError} if the contract can't be served
 */
export const start = async (environment: NodeJS.ProcessEnv): Promise<void> => {
  const config = readConfig(environment)
  const mode = { ...production, strictReplies: config.strictReplies }
  const check = fits({ handlers, mode })
  const contract = await readContract(path('../openapi.yaml'), check, path('contract.json'))
  const { notices = [], close, ...composed } = await compose(config, { contract: () => contract, log: console.error })
  const { trustProxy, handlerSeconds, maxConnections: all, maxConnectionsByAddress } = config
  const connections = { all, byAddress: trustProxy > 0 ? all : maxConnectionsByAddress }
  const limits = { trustProxy, connections, patience: handlerSeconds * 1000 }
  const server = createAppServer({ contract, handlers, ...composed, ...limits, log: console.error, mode })
  stopInOrder(server, console.error, close)
  const url = await listen(server, config)
  server.on('error', error => logUnexpected(error, console.error)) // of one connection, such as for want of descriptors
  console.log([`Listening on ${url}`, `Documentation at ${url}/docs`, ...notices].join('\n'))
}

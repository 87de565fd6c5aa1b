import { fileURLToPath } from 'node:url'
import { createAppServer, fits, production } from './app.js'
import { ConfigError, readConfig } from './config.js'
import { ContractError, readContract } from './contract/index.js'
import { listen } from './http/listen.js'
import { stopOnSignal } from './http/shutdown.js'
import { handlers } from './operations/index.js'
import { compose } from './services.js'

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url))

try {
  const config = readConfig(process.env)
  const mode = { ...production, strictReplies: config.strictReplies }
  const check = fits({ handlers, mode })
  const contract = await readContract(path('../openapi.yaml'), check, path('contract.json'))
  const { notices = [], close, ...composed } = await compose(config, { contract: () => contract, log: console.error })
  const { trustProxy, handlerSeconds, maxConnections: all, maxConnectionsByAddress } = config
  const connections = { all, byAddress: trustProxy > 0 ? all : maxConnectionsByAddress }
  const limits = { trustProxy, connections, patience: handlerSeconds * 1000 }
  const server = createAppServer({ contract, handlers, ...composed, ...limits, log: console.error, mode })
  stopOnSignal(server, close)
  const url = await listen(server, config)
  console.log([`Listening on ${url}`, `Documentation at ${url}/docs`, ...notices].join('\n'))
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof ContractError)) throw error
  console.error(error.message)
  process.exit(1)
}

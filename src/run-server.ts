import { fileURLToPath } from 'node:url'
import { createAppServer, fits, production } from './app.js'
import { memoryCounter } from './auth/counter.js'
import type { Channel } from './cluster/channel.js'
import { channelCounter } from './cluster/channel-counter.js'
import type { Config } from './config.js'
import { readContract } from './contract/index.js'
import { logUnexpected } from './http/errors.js'
import { Exchanges } from './http/exchanges.js'
import { listen } from './http/listen.js'
import { requestLog } from './http/request-log.js'
import { serverMeasures } from './http/server-measures.js'
import type { Log } from './log.js'
import type { Metrics } from './management/metrics.js'
import { type Readiness, readinessOf } from './management/readiness.js'
import { handlers } from './operations/index.js'
import { compose } from './services.js'
import { type Stop, stopInOrder } from './stop.js'

/** A server that listens, and what its process can be told and asked. */
export interface Serving extends Pick<Stop, 'stop' | 'retire'> {
  /** What it says about itself. */
  readonly lines: readonly string[]
  readonly readiness: () => Promise<Readiness>
  /** What it measures, if there is a port for operators. */
  readonly metrics: Metrics | undefined
}

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url))

/**
 * Serves, by itself or as one of several workers.
 *
 * @param primary the channel to the process that the workers are of
 * @throws {ConfigError} if the configuration can't be used
 * @throws {ContractError} if the contract can't be served
 */
export const runServer = async (config: Config, log: Log, primary?: Channel): Promise<Serving> => {
  const mode = { ...production, strictReplies: config.strictReplies }
  const contract = await readContract(path('../openapi.yaml'), fits({ handlers, mode }), path('contract.json'))
  const counter = primary ? channelCounter(primary) : memoryCounter
  const composition = await compose(config, { contract: () => contract, log, counter })
  const { notices = [], looks = {}, measures = [], close, ...composed } = composition
  const { trustProxy, corsOrigins, maxConnections: all, maxConnectionsByAddress } = config
  const [patience, keepAlive] = [config.handlerSeconds * 1000, config.keepAliveSeconds * 1000]
  const connections = { all, byAddress: trustProxy > 0 ? all : maxConnectionsByAddress }
  const limits = { trustProxy, corsOrigins, connections, patience, keepAlive }
  const page = { keepsLogin: config.pageKeepsLogin }

  const observers = [requestLog(config.logRequests, log)]
  const exchanges = new Exchanges(observers)
  const server = createAppServer({ contract, handlers, ...composed, ...limits, page, exchanges, log, mode })
  let metrics: Metrics | undefined
  if (config.managementPort !== '') {
    const { createMetrics } = await import('./management/metrics.js') // a server without it starts sooner
    metrics = createMetrics([...measures, ...serverMeasures(server, exchanges)])
    observers.push(metrics.observe)
  }
  const stopping = stopInOrder({
    server,
    problems: composed.problems,
    log,
    drain: config.drainSeconds * 1000,
    keepAlive,
    patience,
    isWorker: primary !== undefined,
    onFailing: () => primary?.tell('failing'),
    close: async () => {
      // A connection may be on its way to a worker that listens no more: it goes to another one, if this one is still there.
      await primary?.ask('leave', 1_000)
      await close?.()
    }
  })
  const { host, port } = config
  const url = await listen(server, { host, port })
  server.on('error', error => logUnexpected(error, log)) // of one connection, such as for want of descriptors
  return {
    ...stopping,
    lines: [`Listening on ${url}`, `Documentation at ${url}/docs`, ...notices],
    readiness: () => readinessOf(looks, stopping.isStopping()),
    metrics
  }
}

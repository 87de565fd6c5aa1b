import cluster from 'node:cluster'
import { Channel } from './cluster/channel.js'
import { readConfig } from './config.js'
import { openLog } from './open-log.js'

/**
 * Starts the server: in this process, or in as many as the configuration says.
 *
 * @throws {ConfigError} if the environment can't be used
 * @throws {ContractError} if the contract can't be served
 */
export const start = async (environment: NodeJS.ProcessEnv): Promise<void> => {
  const config = readConfig(environment)
  const log = openLog(config, environment)
  if (cluster.isWorker) {
    const { runWorker } = await import('./cluster/run-worker.js')
    const { runServer } = await import('./run-server.js')
    await runWorker(new Channel(process), primary => runServer(config, log, primary))
    return
  }
  if (config.workers > 1) {
    // This process loads nothing of what serves: that is for the workers, and may be another one at their next start.
    const { runWorkers } = await import('./cluster/run-workers.js')
    await runWorkers(config, log)
    return
  }
  const { runServer } = await import('./run-server.js')
  const { lines, readiness, metrics } = await runServer(config, log)
  const { runManagement } = await import('./management/run-management.js')
  const text = async (): Promise<string> => (await metrics?.text()) ?? ''
  const forOperators = await runManagement(config, { readiness, metrics: text, log })
  for (const line of [...lines, ...forOperators]) log('info', line)
}

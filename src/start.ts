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
    process.on('SIGHUP', () => undefined) // the primary's business, though all of a process group get it
    const primary = new Channel(process)
    const onEarlyStop = primary.on('stop', () => process.exit(0))
    const { runServer } = await import('./run-server.js')
    const { lines, stop, retire } = await runServer(config, log, primary)
    onEarlyStop()
    primary.on('stop', stop)
    primary.on('retire', retire)
    primary.tell('ready', lines)
  } else if (config.workers > 1) {
    // This process loads nothing of what serves: that is for the workers, and may be another one at their next start.
    const { runWorkers } = await import('./cluster/run-workers.js')
    await runWorkers(config, log)
  } else {
    const { runServer } = await import('./run-server.js')
    const { lines } = await runServer(config, log)
    for (const line of lines) log('info', line)
  }
}

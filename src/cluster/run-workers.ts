import type { Config } from '../config.js'
import type { Log } from '../log.js'
import { sumOfMetrics } from '../management/metrics.js'
import { runManagement } from '../management/run-management.js'
import type { Channel } from './channel.js'
import { countForWorkers } from './channel-counter.js'
import { createPrimary } from './primary.js'

/** How long workers may take to stop beyond the drain, in milliseconds: a little longer than they allow themselves. */
const patience = 9_500

/** How long an answer of a worker is waited for, in milliseconds. */
const patienceForAnswers = 3_000

/**
 * Runs the process that starts workers. SIGHUP replaces them by new ones, with the contract and the code as they are then;
 * SIGTERM and SIGINT stop them in good order, and then this one; a second signal ends it at once.
 *
 * @throws {ConfigError} if it can't listen for operators
 */
export const runWorkers = async (config: Config, log: Log): Promise<void> => {
  const { workers, drainSeconds } = config
  const answerCounts = countForWorkers()
  let lines: unknown
  const connect = (channel: Channel): void => {
    answerCounts(channel)
    channel.on('ready', said => (lines = said))
  }
  const primary = createPrimary({ workers, log, connect, patience: drainSeconds * 1000 + patience })
  const ask = async (topic: string): Promise<readonly unknown[]> => {
    const answers = await Promise.all(primary.channels().map(channel => channel.ask(topic, patienceForAnswers)))
    return answers.filter(answer => answer !== undefined)
  }

  let isStopping = false
  const stop = (): void => {
    isStopping = true
    process.off('SIGTERM', stop).off('SIGINT', stop)
    void primary.stop().then(() => process.exit(0))
  }
  process.on('SIGTERM', stop).on('SIGINT', stop)
  process.on('SIGHUP', () => primary.reload())
  if (!(await primary.start())) {
    await primary.stop()
    process.exit(1)
  }
  const readiness = async () => {
    const states = await ask('readiness')
    return { ready: !isStopping && states.some(isReady), workers: states }
  }
  const metrics = async (): Promise<string> => sumOfMetrics(await ask('metrics'))
  const forOperators = await runManagement(config, { readiness, metrics, log })
  for (const line of [lines, `${workers} workers`, forOperators].flat()) log('info', String(line))
}

const isReady = (state: unknown): boolean =>
  typeof state === 'object' && state !== null && 'ready' in state && state.ready === true

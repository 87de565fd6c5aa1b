import type { Config } from '../config.js'
import type { Log } from '../log.js'
import type { Channel } from './channel.js'
import { countForWorkers } from './channel-counter.js'
import { createPrimary } from './primary.js'

/** How long workers may take to stop beyond the drain, in milliseconds: a little longer than they allow themselves. */
const patience = 9_500

/**
 * Runs the process that starts workers. SIGHUP replaces them by new ones, with the contract and the code as they are then;
 * SIGTERM and SIGINT stop them in good order, and then this one; a second signal ends it at once.
 */
export const runWorkers = async ({ workers, drainSeconds }: Config, log: Log): Promise<void> => {
  const answerCounts = countForWorkers()
  let lines: unknown
  const connect = (channel: Channel): void => {
    answerCounts(channel)
    channel.on('ready', said => (lines = said))
  }
  const primary = createPrimary({ workers, log, connect, patience: drainSeconds * 1000 + patience })
  const stop = (): void => {
    process.off('SIGTERM', stop).off('SIGINT', stop)
    void primary.stop().then(() => process.exit(0))
  }
  process.on('SIGTERM', stop).on('SIGINT', stop)
  process.on('SIGHUP', () => primary.reload())
  if (!(await primary.start())) {
    await primary.stop()
    process.exit(1)
  }
  for (const line of [lines, `${workers} workers.`].flat()) log('info', String(line))
}

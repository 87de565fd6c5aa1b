import type { Channel } from './channel.js'

/** What serves in a worker, and what it can be told and asked. */
export interface Serving {
  /** What it says about itself. */
  readonly lines: readonly string[]
  readonly stop: () => void
  readonly retire: () => void
  readonly readiness: () => Promise<unknown>
  readonly metrics: { values(): Promise<unknown> } | undefined
}

/** Serves as one of several workers: does what the primary says, answers what it asks, and tells it when it serves. */
export const runWorker = async (primary: Channel, serve: (primary: Channel) => Promise<Serving>): Promise<void> => {
  process.on('SIGHUP', () => undefined) // the primary's business, though all of a process group get it
  const end = primary.on('stop', () => process.exit(0))
  const { lines, stop, retire, readiness, metrics } = await serve(primary)
  end()
  primary.on('stop', stop)
  primary.on('retire', retire)
  primary.answer('readiness', readiness)
  primary.answer('metrics', () => metrics?.values())
  primary.tell('ready', lines)
}

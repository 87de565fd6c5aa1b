import { type Exchange, requestText } from './exchanges.js'
import type { LoadGenerator } from './load.js'
import type { Options } from './options.js'
import type { RunningServer } from './start.js'
import { usageOf } from './usage.js'

/** What one server did with one kind of request in one round. */
export interface Sample {
  /** CPU time for a request, in microseconds. */
  readonly cpu: number
  /** Requests answered in a second. */
  readonly rate: number
  /** Latency in milliseconds: half of the answers kept within it. */
  readonly p50: number
  /** Latency in milliseconds: 99 % of the answers kept within it. */
  readonly p99: number
  /** Requests that got another answer than 200, or none. */
  readonly failed: number
  /** Resident memory after it, in bytes. */
  readonly rss: number
}

/** A server that has started, and what it is asked. */
export interface Subject {
  readonly title: string
  readonly server: RunningServer
  readonly exchanges: readonly Exchange[]
}

/** The samples of each subject, for each of its exchanges by their order, round by round. */
export type Samples = ReadonlyMap<Subject, readonly (readonly Sample[])[]>

/** Seconds that each server gets to warm up for each kind of request. */
const warmUp = 1

/** Loads a server with one kind of request for some seconds. */
const measure = async (
  { server }: Subject,
  exchange: Exchange,
  load: LoadGenerator,
  { connections, seconds }: Pick<Options, 'connections' | 'seconds'>
): Promise<Sample> => {
  const { port, pid } = server
  const before = usageOf(pid)
  const outcome = await load.run({ port, requests: [requestText(exchange, port)], connections, seconds })
  const after = usageOf(pid)
  return {
    cpu: (after.cpu - before.cpu) / outcome.answered,
    rate: outcome.answered / outcome.seconds,
    p50: outcome.p50,
    p99: outcome.p99,
    failed: outcome.failed + outcome.lost,
    rss: after.rss
  }
}

/**
 * Loads the servers in turn, one kind of request after the other, round after round, so that what else the machine does
 * meets them all alike. `progress` takes the round and what is being done in it.
 */
export const timeRounds = async (
  subjects: readonly Subject[],
  load: LoadGenerator,
  options: Options,
  progress: (round: string, detail: string) => void
): Promise<Samples> => {
  const most = Math.max(0, ...subjects.map(({ exchanges }) => exchanges.length))
  const samples = new Map(subjects.map(one => [one, one.exchanges.map((): Sample[] => [])]))
  for (let round = 0; round <= options.rounds; round++) {
    const name = round === 0 ? 'Warming up' : `Round ${round} of ${options.rounds}`
    for (let index = 0; index < most; index++) {
      for (const subject of subjects) {
        const exchange = subject.exchanges[index]
        if (!exchange) continue
        progress(name, `${subject.title}, ${exchange.name}`)
        const sample = await measure(subject, exchange, load, round === 0 ? { ...options, seconds: warmUp } : options)
        if (round > 0) samples.get(subject)?.[index]?.push(sample)
      }
    }
  }
  return samples
}

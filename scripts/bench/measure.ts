import { showProgress } from '../lib/progress.js'
import { type Exchange, requestText } from './exchanges.js'
import type { LoadGenerator, Outcome } from './load.js'
import type { Peer } from './servers.js'
import { type RunningServer, startServer } from './start.js'
import { usageOf } from './usage.js'

/** What is measured, with what. */
export interface Run {
  readonly rounds: number
  readonly load: LoadGenerator
  /** The cores that servers run on, if not on all. */
  readonly cores: readonly number[] | undefined
}

/** What one server did with one kind of request in one round. */
export interface Sample extends Outcome {
  /** CPU time for a request, in microseconds. */
  readonly cpu: number
  /** Resident memory after it, in bytes. */
  readonly rss: number
}

export interface Measured {
  readonly peer: Peer
  /** Why it wasn't timed. */
  readonly problem?: string
  /** From the start of its process to its first correct answer, in milliseconds. */
  readonly bootTime: number
  /** The names of the kinds of requests. */
  readonly requests: readonly string[]
  /** What one kind of request, by its name, gave round by round. */
  readonly series: (request: string, of: keyof Sample) => readonly number[]
}

/** How long a server is loaded with one kind of request in one round, in seconds: CPU time is counted in 10 ms. */
const seconds = 1

const take = async ({ port, pid }: RunningServer, exchange: Exchange, load: LoadGenerator): Promise<Sample> => {
  const before = usageOf(pid)
  const outcome = await load({ port, request: requestText(exchange, port), seconds })
  const after = usageOf(pid)
  return { ...outcome, cpu: (after.cpu - before.cpu) / outcome.answered, rss: after.rss }
}

/**
 * Starts the servers and loads them in turn, one kind of request after the other, round after round, so that what else
 * the machine does meets them all alike.
 */
export const measure = async (peers: readonly Peer[], run: Run): Promise<Measured[]> => {
  const subjects = []
  for (const peer of peers) {
    showProgress('Starting', peer.title)
    const { exchanges } = peer
    const server = await startServer(peer.launch, exchanges, run.cores)
    const samples = new Map(exchanges.map(({ name }) => [name, new Array<Sample>()]))
    subjects.push({ peer, server, exchanges, samples })
  }
  const most = Math.max(0, ...subjects.map(({ exchanges }) => exchanges.length))
  const { rounds } = run
  for (let round = 0; round <= rounds; round++) {
    for (let index = 0; index < most; index++) {
      for (const { peer, server, exchanges, samples } of subjects) {
        const exchange = exchanges[index]
        if (!exchange || typeof server === 'string') continue
        showProgress(round === 0 ? 'Warming up' : `Round ${round} of ${rounds}`, `${peer.title}, ${exchange.name}`)
        const sample = await take(server, exchange, run.load)
        if (round > 0) samples.get(exchange.name)?.push(sample)
      }
    }
  }
  return Promise.all(
    subjects.map(async ({ peer, server, samples }): Promise<Measured> => {
      const series: Measured['series'] = (request, of) => samples.get(request)?.map(sample => sample[of]) ?? []
      const requests = [...samples.keys()]
      if (typeof server === 'string') return { peer, problem: server, bootTime: NaN, requests, series }
      await server.stop()
      return { peer, bootTime: server.bootTime, requests, series }
    })
  )
}

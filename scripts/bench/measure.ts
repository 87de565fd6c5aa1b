import { showProgress } from '../lib/progress.js'
import { type Exchange, requestBytes } from './exchanges.js'
import type { LoadGenerator, Outcome } from './load.js'
import type { Scenario } from './scenario.js'
import type { Peer } from './servers.js'
import { type RunningServer, startServer } from './start.js'
import { sum } from './statistics.js'
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

/** What one server did in all rounds. */
export interface Measured {
  readonly peer: Peer
  /** Why it wasn't timed. */
  readonly problem?: string
  /** From the start of its process to its first correct answer, in milliseconds. */
  readonly bootTime: number
  /** What one kind of request, by its name, gave round by round. */
  readonly series: (request: string, of: keyof Sample) => readonly number[]
}

/** How long a server is loaded with one kind of request in one round, in seconds: CPU time is counted in 10 ms. */
const seconds = 1

const take = async ({ port, pid }: RunningServer, exchange: Exchange, load: LoadGenerator): Promise<Sample> => {
  const { status, connections = 20 } = exchange
  const request = requestBytes(exchange, port).toString('base64')
  const before = usageOf(pid)
  const outcome = await load.run({ port, request, status, connections, seconds })
  const after = usageOf(pid)
  return { ...outcome, cpu: (after.cpu - before.cpu) / outcome.answered, rss: after.rss }
}

/** How often a server is loaded in vain before it counts as warm, and how often at most. */
const [inVain, atMost] = [2, 20]

/**
 * Loads a server with all kinds of requests in turn, until that makes them no cheaper, by a twentieth at least. Until then it
 * compiles its code, which takes one of large answers, or of several processes on a core, some seconds. With one kind alone
 * at first, it would compile for that kind, and stay slower with others.
 */
const warmUp = async (takeAll: () => Promise<readonly Sample[]>): Promise<void> => {
  let least = Infinity
  for (let times = 0, since = 0; times < atMost && since < inVain; times++) {
    const cpu = sum((await takeAll()).map(({ cpu }) => cpu))
    since = cpu < least * 0.95 ? 0 : since + 1
    least = Math.min(least, cpu)
  }
}

/**
 * Starts the servers of a scenario and loads them in turn, one kind of request after the other, round after round, so
 * that what else the machine does meets them all alike.
 */
export const measure = async (scenario: Scenario, { rounds, load, cores }: Run): Promise<Measured[]> => {
  const { name, exchanges, servers } = scenario
  const subjects = []
  for (const peer of servers) {
    showProgress(`${name}: starting`, peer.title)
    const server = await startServer(peer.launch, exchanges, cores)
    subjects.push({ peer, server, samples: new Map(exchanges.map(({ name }) => [name, new Array<Sample>()])) })
  }
  for (const { peer, server } of subjects) {
    if (typeof server === 'string') continue
    showProgress(`${name}: warming up`, peer.title)
    await warmUp(async () => {
      const samples: Sample[] = []
      for (const exchange of exchanges) samples.push(await take(server, exchange, load))
      return samples
    })
  }
  for (let round = 1; round <= rounds; round++) {
    for (const exchange of exchanges) {
      for (const { peer, server, samples } of subjects) {
        if (typeof server === 'string') continue
        showProgress(`${name}: round ${round} of ${rounds}`, `${peer.title}, ${exchange.name}`)
        samples.get(exchange.name)?.push(await take(server, exchange, load))
      }
    }
  }
  return Promise.all(
    subjects.map(async ({ peer, server, samples }): Promise<Measured> => {
      const series: Measured['series'] = (request, of) => samples.get(request)?.map(sample => sample[of]) ?? []
      if (typeof server === 'string') return { peer, problem: server, bootTime: NaN, series }
      await server.stop()
      return { peer, bootTime: server.bootTime, series }
    })
  )
}

import { percentile } from '../bench/statistics.js'
import { eventLoopDelay } from './management.js'
import type { PoliteReport } from './polite.js'
import type { SoakedServer } from './server.js'
import { processesOf, usageOf } from './usage.js'

/** What was measured in a second. Latencies and the delay of the event loop are in milliseconds, memory in MiB. */
export interface Sample {
  /** In seconds since the beginning of all. */
  readonly at: number
  readonly memory: number
  readonly descriptors: number | undefined
  readonly delay: number | undefined
  readonly p50: number | undefined
  readonly p99: number | undefined
  /** Fuzzed requests answered. */
  readonly rate: number | undefined
}

/** A part of the run. */
export interface Phase {
  readonly name: string
  readonly from: number
  to: number
}

const begin = performance.now()
const now = (): number => (performance.now() - begin) / 1000

/** Takes down each second what servers hold and how they answer. */
export class Recorder {
  readonly samples: Sample[] = []
  readonly phases: Phase[] = []
  #latencies: number[] = []
  #requests = 0
  #counted = 0
  #watched: { readonly server: SoakedServer; readonly timer: NodeJS.Timeout } | undefined

  /** Begins a part, which ends the one before. */
  phase(name: string): void {
    const last = this.phases.at(-1)
    if (last) last.to = Math.min(last.to, now())
    this.phases.push({ name, from: now(), to: Infinity })
  }

  endPhase(): void {
    const last = this.phases.at(-1)
    if (last) last.to = Math.min(last.to, now())
  }

  polite({ latency }: PoliteReport): void {
    this.#latencies.push(latency)
  }

  /** Says how many requests have been answered in all by now, in the part that goes on. */
  requests(count: number): void {
    this.#requests += Math.max(0, count - this.#counted)
    this.#counted = count
  }

  startCount(): void {
    this.#counted = 0
  }

  watch(server: SoakedServer): void {
    this.unwatch()
    const timer = setInterval(() => void this.#sample(server), 1000)
    this.#watched = { server, timer }
  }

  unwatch(): void {
    clearInterval(this.#watched?.timer)
    this.#watched = undefined
  }

  async #sample({ pid, managementPort }: SoakedServer): Promise<void> {
    const sorted = this.#latencies.splice(0).sort((a, b) => a - b)
    const rate = this.#requests
    this.#requests = 0
    const [usage, delay] = await Promise.all([usageOf(await processesOf(pid)), eventLoopDelay(managementPort)])
    const has = sorted.length > 0
    this.samples.push({
      at: now(),
      ...usage,
      delay,
      p50: has ? percentile(sorted, 0.5) : undefined,
      p99: has ? percentile(sorted, 0.99) : undefined,
      rate: rate > 0 ? rate : undefined
    })
  }
}

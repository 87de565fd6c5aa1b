import { availableParallelism } from 'node:os'
import { Unavailable } from '../unavailable.js'

/** How much of the machine the hashing of passwords may take. */
export interface GateSettings {
  /** How many may wait, beyond those that are at work. */
  readonly queue: number
  /** The size of libuv's thread pool: `UV_THREADPOOL_SIZE`, 4 unless it is set. */
  readonly threads: number
  /** How many processes share the cores. */
  readonly workers: number
}

/** Lets work in by and by. */
export interface Gate {
  /** Does some work when its turn comes. Throws `Unavailable` at once if too much is waiting. */
  run<Result>(work: () => Promise<Result>): Promise<Result>
  /** How much is at work now, and how much waits. */
  load(): { readonly running: number; readonly waiting: number }
}

/**
 * Lets work for libuv's thread pool in by and by, so that two of its threads stay free for files and names, and no more
 * are busy than there are cores.
 */
export const createGate = ({ queue, threads, workers }: GateSettings): Gate => {
  const most = Math.max(1, Math.min(Math.floor(availableParallelism() / workers), threads - 2))
  const waiting: (() => void)[] = []
  let running = 0
  return {
    run: async work => {
      if (running < most) running += 1
      else if (waiting.length < queue) await new Promise<void>(resolve => waiting.push(resolve))
      else throw new Unavailable('Too many passwords are waiting to be hashed.', { retryAfter: 1 })
      try {
        return await work()
      } finally {
        const next = waiting.shift()
        if (next) next()
        else running -= 1
      }
    },
    load: () => ({ running, waiting: waiting.length })
  }
}

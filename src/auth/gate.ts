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

/**
 * Lets work for libuv's thread pool in by and by, so that two of its threads stay free for files and names, and no more
 * are busy than there are cores.
 *
 * @returns what does the work, and throws `Unavailable` at once if too many are waiting
 */
export const createGate = ({
  queue,
  threads,
  workers
}: GateSettings): (<Result>(work: () => Promise<Result>) => Promise<Result>) => {
  let free = Math.max(1, Math.min(Math.floor(availableParallelism() / workers), threads - 2))
  const waiting: (() => void)[] = []
  return async work => {
    if (free > 0) free -= 1
    else if (waiting.length < queue) await new Promise<void>(resolve => waiting.push(resolve))
    else throw new Unavailable('Too many passwords are waiting to be hashed.', { retryAfter: 1 })
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else free += 1
    }
  }
}

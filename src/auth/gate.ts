import { availableParallelism } from 'node:os'
import pLimit from 'p-limit'
import { Unavailable } from '../unavailable.js'

/** How much of the machine the hashing of passwords may take. */
export interface GateSettings {
  /** How many may wait, beyond those that are at work. */
  readonly queue: number
  /** The size of libuv's thread pool: `UV_THREADPOOL_SIZE`, 4 unless it is set. */
  readonly threads: number
}

/**
 * Lets work for libuv's thread pool in by and by, so that two of its threads stay free for files and names, and no more
 * are busy than there are cores.
 *
 * @returns what does the work, and throws `Unavailable` at once if too many are waiting
 */
export const createGate = ({
  queue,
  threads
}: GateSettings): (<Result>(work: () => Promise<Result>) => Promise<Result>) => {
  const limit = pLimit(Math.max(1, Math.min(availableParallelism(), threads - 2)))
  return async work => {
    if (limit.activeCount >= limit.concurrency && limit.pendingCount >= queue) {
      throw new Unavailable('Too many passwords are waiting to be hashed.', { retryAfter: 1 })
    }
    return limit(work)
  }
}

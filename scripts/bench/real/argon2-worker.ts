/** The process that verifies passwords and does nothing else: what logins can come to at most. */
import { availableParallelism } from 'node:os'
import { verify } from '@node-rs/argon2'
import type { HashJob } from './hashing.js'

/** The size of libuv's thread pool, which this process has as Node makes it. */
const threads = 4

const run = async ({ password, hash, seconds }: HashJob): Promise<number> => {
  const end = performance.now() + seconds * 1000
  let verified = 0
  const work = async (): Promise<void> => {
    while (performance.now() < end) {
      if (!(await verify(hash, password))) throw new Error('The password is another one')
      verified++
    }
  }
  await Promise.all(Array.from({ length: Math.min(threads, availableParallelism()) }, work))
  return verified
}

process.on('message', (job: HashJob) => void run(job).then(verified => process.send?.(verified)))
process.on('disconnect', () => process.exit())

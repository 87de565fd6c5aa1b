import { once } from 'node:events'
import { type Running, scriptArgs, startProcess } from '../../lib/process.js'
import { onCores } from '../cores.js'
import { inBench } from '../project.js'

/** What a process that does nothing else is to do for a time: verify a password. */
export interface HashJob {
  readonly password: string
  readonly hash: string
  /** In seconds; what is at work by then is waited for. */
  readonly seconds: number
}

/** A process that does one job at a time, as many hashes at once as it has cores, and threads for them. */
export interface Hashing extends Pick<Running, 'stop'> {
  readonly pid: number
  /** How many passwords were verified. Rejects if the process ends. */
  readonly verify: (job: HashJob) => Promise<number>
}

/** Starts the process, on some cores if not on all. It ends with this one at the latest. */
export const startHashing = (cores: readonly number[] | undefined): Hashing => {
  const [file = '', ...args] = onCores(cores, [process.execPath, ...scriptArgs(inBench('real/argon2-worker.ts'))])
  const { child, ended, stop } = startProcess(file, args, { messages: true, stderr: 'inherit' })
  const gone = ended.then(() => Promise.reject(new Error('The process that hashes has ended.')))
  gone.catch(() => undefined)
  return {
    pid: child.pid ?? 0,
    verify: async job => {
      const message = once(child, 'message')
      child.send(job)
      const [verified] = (await Promise.race([message, gone])) as [number]
      return verified
    },
    stop
  }
}

import { once } from 'node:events'
import { scriptArgs, startProcess } from '../lib/process.js'
import { inBench } from './project.js'

/** What the load generator is to do: send a request on each of its connections, again and again, for a time. */
export interface Job {
  readonly port: number
  /** Its bytes, in base64. */
  readonly request: string
  /** The status that each answer must have. */
  readonly status: number
  readonly connections: number
  /** In seconds; requests that are on their way by then are waited for, but for 5 s at most. */
  readonly seconds: number
}

/** What came of a job. */
export interface Outcome {
  /** Answers of any status. */
  readonly answered: number
  /** Requests that got an answer with another status, or none. */
  readonly failed: number
  /** Requests answered in a second. */
  readonly rate: number
  /** The latencies that half of the answers, and 99 % of them, kept within, in milliseconds. */
  readonly p50: number
  readonly p99: number
}

/** Does one job at a time. Rejects if the worker ends. */
export type LoadGenerator = (job: Job) => Promise<Outcome>

/** Starts the process that the load comes from. It ends with this one at the latest. */
export const startLoadGenerator = (): LoadGenerator => {
  const args = scriptArgs(inBench('load-worker.ts'))
  const { child, ended } = startProcess(process.execPath, args, { messages: true, stderr: 'inherit' })
  const gone = ended.then(() => Promise.reject(new Error('The load generator has ended.')))
  gone.catch(() => undefined)
  return async job => {
    const message = once(child, 'message')
    child.send(job)
    const [outcome] = (await Promise.race([message, gone])) as [Outcome]
    return outcome
  }
}

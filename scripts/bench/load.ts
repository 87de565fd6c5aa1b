import { once } from 'node:events'
import { type Running, scriptArgs, startProcess } from '../lib/process.js'
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

/** The process that the load comes from. */
export interface LoadGenerator extends Pick<Running, 'stop'> {
  /** Does one job at a time. Rejects if the process ends. */
  readonly run: (job: Job) => Promise<Outcome>
}

/** Starts it. It ends with this process at the latest. */
export const startLoadGenerator = (): LoadGenerator => {
  const args = scriptArgs(inBench('load-worker.ts'))
  const { child, ended, stop } = startProcess(process.execPath, args, { messages: true, stderr: 'inherit' })
  const gone = ended.then(() => Promise.reject(new Error('The load generator has ended.')))
  gone.catch(() => undefined)
  const run = async (job: Job): Promise<Outcome> => {
    const message = once(child, 'message')
    child.send(job)
    const [outcome] = (await Promise.race([message, gone])) as [Outcome]
    return outcome
  }
  return { run, stop }
}

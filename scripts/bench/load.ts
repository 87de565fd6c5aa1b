import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** What the load generator is to do: send `requests` in turn on each connection, for a time. */
export interface Job {
  readonly port: number
  readonly requests: readonly string[]
  readonly connections: number
  /** In seconds; requests that are on their way by then are waited for. */
  readonly seconds: number
}

/** What came of a job. */
export interface Outcome {
  /** Answers of any status. */
  readonly answered: number
  /** Answers of another status than 200. */
  readonly failed: number
  /** Requests that got no answer. */
  readonly lost: number
  /** From the first request to the last answer, in seconds. */
  readonly seconds: number
  /** The latency that half of the answers kept within, in milliseconds. */
  readonly p50: number
  /** The latency that 99 % of the answers kept within, in milliseconds. */
  readonly p99: number
}

export interface LoadGenerator {
  /** Does one job at a time. Rejects if the worker ends, or has no result 30 s after its time. */
  run(job: Job): Promise<Outcome>
  stop(): void
}

/** Starts the process that the load comes from. It ends by itself when this one does. */
export const startLoadGenerator = (): LoadGenerator => {
  const worker = fork(fileURLToPath(new URL('./load-worker.ts', import.meta.url)))
  return {
    run: job =>
      new Promise((resolve, reject) => {
        const finish = () => {
          clearTimeout(timer)
          worker.off('message', done).off('exit', gone)
        }
        const done = (outcome: Outcome) => {
          finish()
          resolve(outcome)
        }
        const gone = () => {
          finish()
          reject(new Error('The load generator has ended.'))
        }
        const timer = setTimeout(
          () => {
            finish()
            reject(new Error('The load generator has no result.'))
          },
          (job.seconds + 30) * 1000
        )
        worker.on('message', done).on('exit', gone)
        worker.send(job)
      }),
    stop: () => worker.kill('SIGKILL')
  }
}

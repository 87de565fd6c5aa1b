import { fileURLToPath } from 'node:url'
import { scriptArgs, startProcess } from '../lib/process.js'

/** What the polite client asks, again and again: half of it on connections of its own. */
export interface PoliteJob {
  readonly port: number
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** The address that it comes from; any if there is only one. */
  readonly from: string | undefined
  /** How many requests a second. */
  readonly rate: number
}

/** What came of one of its requests: how long it took, in milliseconds, and what was wrong with it. */
export interface PoliteReport {
  readonly latency: number
  readonly problem: string | undefined
}

/** Sends the requests of somebody who wants little, and says of each what came of it. Stops when told so. */
export const startPolite = (job: PoliteJob, onReport: (report: PoliteReport) => void): (() => Promise<void>) => {
  const file = fileURLToPath(new URL('polite-worker.ts', import.meta.url))
  const { child, stop } = startProcess(process.execPath, scriptArgs(file), {
    messages: true,
    stderr: 'inherit'
  })
  child.on('message', report => onReport(report as PoliteReport))
  child.send(job)
  return stop
}

/** Another address of this machine than the greedy have, where there is one: limits are by address. */
export const politeAddress = process.platform === 'linux' ? '127.0.0.2' : undefined

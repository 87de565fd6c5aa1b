import type { Problems } from './contract/index.js'
import { logUnexpected } from './http/errors.js'
import { stopServer } from './http/shutdown.js'
import type { TurnServer } from './http/turn-server.js'
import type { Log } from './log.js'

/** What stops a process. Times are in milliseconds. */
export interface StopOptions {
  readonly server: TurnServer
  readonly problems: Problems
  readonly log: Log
  /** How long a server that is told to stop still takes new connections. */
  readonly drain: number
  /** How long a client may keep a connection that it doesn't use. */
  readonly keepAlive: number
  /** How long a reply may take. */
  readonly patience: number
  /** Closes what requests needed. Called when none is in flight any more. */
  readonly close: () => Promise<void>
  /** Whether it is one of several workers. */
  readonly isWorker?: boolean
  /** Called when an error has left the process in a state that nobody knows. */
  readonly onFailing?: () => void
}

/** What ends the process that serves. */
export interface Stop {
  readonly isStopping: () => boolean
  /** As SIGTERM does. */
  readonly stop: () => void
  /** For a worker that has a successor, and so as much time as its requests may take. */
  readonly retire: () => void
}

const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const

/** How long a stop may take after the drain: a container is killed 10 s after SIGTERM. */
const limit = 9_000

/** How long a connection is kept on which nothing happens while the process stops. */
const quiet = 500

/** A signal to a whole process group reaches a worker twice, by itself and by the primary: so close together is once. */
const once = 500

/**
 * Makes signals end the process in good order, with exit code 0, at most 10 s after the drain: see `stopServer`. A second
 * signal ends it at once. So does an error that nobody has caught, such as one thrown in a timer, but with exit code 1, and
 * requests that got no reply because of it get a 500: nobody knows in what state it has left the process.
 */
export const stopInOrder = (options: StopOptions): Stop => {
  const { server, problems, log, drain, keepAlive, patience, close, isWorker = false, onFailing } = options
  let code = 0
  let began: number | undefined
  let isRetiring = false
  const end = (times: { readonly drain: number; readonly quiet: number; readonly limit: number }): void => {
    began = performance.now()
    const stopped = stopServer(server, { ...times, problems, status: () => (code === 0 ? 503 : 500) })
    void stopped.then(close).finally(() => process.exit(code))
  }
  const stop = (): void => {
    if (began === undefined) end({ drain, quiet, limit })
    else if (isRetiring) setTimeout(() => process.exit(code), limit)
  }
  const retire = (): void => {
    if (began !== undefined) return
    isRetiring = true
    end({ drain: 0, quiet: keepAlive, limit: patience + keepAlive + limit })
  }
  const fail = (error: unknown): void => {
    logUnexpected(error, log)
    code = 1
    onFailing?.()
    if (began === undefined) end({ drain: 0, quiet, limit })
  }
  const take = (signal: NodeJS.Signals): void => {
    if (began === undefined || isRetiring || (isWorker && performance.now() - began < once)) {
      stop()
      return
    }
    for (const each of signals) process.off(each, take) // so that it does what it does by default
    process.kill(process.pid, signal)
  }
  for (const signal of isWorker ? signals.slice(0, 2) : signals) process.on(signal, take)
  process.on('uncaughtException', fail).on('unhandledRejection', fail)
  return { isStopping: () => began !== undefined, stop, retire }
}

import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { onCore } from './cores.js'
import { ask, type Exchange, problemOf } from './exchanges.js'
import { type Running, startProcess } from '../lib/process.js'

/** How a server is started: a command with `{port}` in it, and its environment besides `HOST` and `PORT`. */
export interface Launch {
  readonly command: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
}

/** A server that has started and answers as it should. */
export interface RunningServer {
  readonly pid: number
  readonly port: number
  /** From the start of its process to its first correct answer, in milliseconds. */
  readonly bootTime: number
  readonly stop: () => Promise<void>
}

/** A server didn't start, or doesn't answer what it should. */
export class StartError extends Error {
  override readonly name = 'StartError'
}

/** How often a server that starts is asked whether it answers, in milliseconds. */
const interval = 3

/** How long a server may answer wrongly after its start, such as that it isn't ready yet, in milliseconds. */
const leniency = 5000

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

/** Waits until a server answers as expected, on a fresh connection each time. Returns what is wrong, if it doesn't. */
const waitFor = async (
  exchange: Exchange,
  port: number,
  begin: number,
  limit: number,
  { child, errors }: Running
): Promise<string | undefined> => {
  for (;;) {
    const answer = await ask(exchange, port)
    const problem = problemOf(exchange, answer)
    if (problem === undefined) return undefined
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) {
      const line =
        errors()
          .split('\n')
          .findLast(one => /error/i.test(one)) ?? ''
      return `not started: ended with ${child.signalCode ?? `code ${child.exitCode ?? 'none'}`} ${line.trim().slice(0, 100)}`
    }
    const spent = performance.now() - begin
    if (answer && spent > leniency) return problem
    if (spent > limit * 1000) return `not started within ${limit} s`
    await sleep(interval)
  }
}

/**
 * Starts a server on a free port of 127.0.0.1, and waits until it answers all `exchanges` as expected.
 * `limit` is how many seconds that may take; `core` is where it runs, if it is to run on one core only.
 *
 * @throws {StartError}
 */
export const startServer = async (
  { command, environment }: Launch,
  exchanges: readonly [Exchange, ...Exchange[]],
  core: number | undefined,
  limit: number
): Promise<RunningServer> => {
  const port = await freePort()
  const words = onCore(core, command).map(word => word.replaceAll('{port}', String(port)))
  const address = { HOST: '127.0.0.1', PORT: String(port) }
  const begin = performance.now()
  const [file = '', ...args] = words
  const all = { NODE_ENV: 'production', NODE_OPTIONS: '', ...environment, ...address }
  const running = startProcess(file, args, { environment: all, stdout: 'ignore' })

  const [first, ...others] = exchanges
  let problem = await waitFor(first, port, begin, limit, running)
  const bootTime = performance.now() - begin
  for (const exchange of others) problem ??= problemOf(exchange, await ask(exchange, port))
  if (problem !== undefined) {
    await running.stop()
    throw new StartError(problem)
  }
  return { pid: running.child.pid ?? 0, port, bootTime, stop: running.stop }
}

import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Running, startProcess } from '../lib/process.js'
import { onCores } from './cores.js'
import { type Exchange, type Exchanges, problemOf, silence } from './exchanges.js'

/** How a server is started: a command with `{port}` in it, and its environment besides `HOST` and `PORT`. */
export interface Launch {
  readonly command: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
}

/** A server that has started and answers as it should. */
export interface RunningServer {
  /** Of the process that leads the group of all that it starts. */
  readonly pid: number
  readonly port: number
  /** From the start of its process to its first correct answer, in milliseconds. */
  readonly bootTime: number
  readonly stop: () => Promise<void>
}

/** How often a server that starts is asked whether it answers, in milliseconds. */
const interval = 3

/** How long a server may answer wrongly after its start, such as that it isn't ready yet, in milliseconds. */
const leniency = 5000

/** How long a server may take to answer at all, in milliseconds. */
const limit = 60_000

/**
 * A port that nobody listens on, below those that systems give away by themselves: by the time that a slow server listens,
 * one of these may be another program's, or that of the connection that asks whether it listens.
 */
const freePort = async (): Promise<number> => {
  const server = createServer().listen(randomInt(10_000, 32_768), '127.0.0.1')
  try {
    await once(server, 'listening')
  } catch {
    return freePort()
  }
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** How a process ended, with its last line about an error; `undefined` while it runs. */
const endingOf = ({ child, errors }: Running): string | undefined => {
  if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) return undefined
  const line =
    errors()
      .match(/.*error.*/gi)
      ?.at(-1)
      ?.trim()
      .slice(0, 100) ?? ''
  return `not started: ended with ${child.signalCode ?? `code ${child.exitCode ?? 'none'}`} ${line}`
}

/** Waits until a server answers as expected, on a fresh connection each time. Returns what is wrong, if it doesn't. */
const waitFor = async (exchange: Exchange, port: number, running: Running): Promise<string | undefined> => {
  const begin = performance.now()
  for (;;) {
    const problem = await problemOf(exchange, port)
    if (problem === undefined) return undefined
    const ending = endingOf(running)
    if (ending !== undefined) return ending
    const spent = performance.now() - begin
    if (problem !== silence && spent > leniency) return `${exchange.name}: ${problem}`
    if (spent > limit) return `not started within ${limit / 1000} s`
    await sleep(interval)
  }
}

/**
 * Starts a server on a free port of 127.0.0.1, and waits until it answers all `exchanges` as expected. `cores` are
 * where it runs, if not on all. Returns what is wrong if it doesn't start, or answers anything else.
 */
export const startServer = async (
  { command, environment }: Launch,
  exchanges: Exchanges,
  cores: readonly number[] | undefined
): Promise<RunningServer | string> => {
  const port = await freePort()
  const [file = '', ...args] = onCores(cores, command).map(word => word.replaceAll('{port}', String(port)))
  const production = { NODE_ENV: 'production', NODE_OPTIONS: '', HOST: '127.0.0.1', PORT: String(port) }
  const begin = performance.now()
  const running = startProcess(file, args, { environment: { ...environment, ...production }, stdout: 'ignore' })

  const [first, ...others] = exchanges
  let problem = await waitFor(first, port, running)
  const bootTime = performance.now() - begin
  for (const exchange of others) problem ??= await waitFor(exchange, port, running)
  if (problem === undefined) return { pid: running.child.pid ?? 0, port, bootTime, stop: running.stop }
  await running.stop()
  return problem
}

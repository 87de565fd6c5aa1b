import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { startProcess } from '../../lib/process.js'
import { showProgress } from '../../lib/progress.js'
import { onCores } from '../cores.js'
import { requestText } from '../exchanges.js'
import { inBench } from '../project.js'
import type { RunningServer } from '../start.js'
import { usageOf } from '../usage.js'
import { type Connection, openConnection } from './connection.js'
import type { RealUsers } from './users.js'

/** What a process that does nothing else is to do with its time: verify a password, as many at once as it has cores. */
export interface HashJob {
  readonly password: string
  readonly hash: string
  readonly seconds: number
}

/** Passwords verified in one turn. */
export interface Turn {
  /** In a second. */
  readonly rate: number
  /** CPU time for one, in milliseconds. */
  readonly cpu: number
}

/** Logins beside reads. */
export interface Logins {
  /** By the server, round by round. */
  readonly server: readonly Turn[]
  /** By `@node-rs/argon2` alone, in the same rounds. */
  readonly alone: readonly Turn[]
  /** How much of one core the asking took, from 0 to 1. */
  readonly load: number
  /** Of the reads of all rounds, in milliseconds from when each was due. */
  readonly latencies: readonly number[]
  /** Answers other than 200. */
  readonly failed: number
}

/** How long each of both has its turn in a round, in seconds. */
const seconds = 3

/** Reads are due so often, in milliseconds. */
const interval = 20

/** Logins on their way for each core: more than are at work, so that none waits for this process. */
const loginsForCore = 4

/**
 * Lets users log in, as many as the server takes, while another one reads 50 times a second; and `@node-rs/argon2` do
 * the same work alone, in turn. This process sleeps until an answer comes.
 *
 * @param cores those that the server has, if not all
 */
export const measureLogins = async (
  { port, pid }: Pick<RunningServer, 'port' | 'pid'>,
  { login, read, password, hash }: RealUsers,
  { rounds, cores }: { readonly rounds: number; readonly cores: readonly number[] | undefined }
): Promise<Logins> => {
  const [loginRequest, readRequest] = [requestText(login, port), requestText(read, port)]
  const connections = loginsForCore * (cores?.length ?? availableParallelism())
  const [file = '', ...args] = onCores(cores, [process.execPath, '--import', 'tsx', inBench('real/argon2-worker.ts')])
  const hashing = startProcess(file, args, { messages: true, stderr: 'inherit' })
  const gone = hashing.ended.then(() => Promise.reject(new Error('The process that hashes has ended.')))
  gone.catch(() => undefined)

  const latencies: number[] = []
  let failed = 0
  const ask = async (connection: Connection, request: string): Promise<void> => {
    const { status } = await connection.ask(request)
    if (status !== 200) failed++
  }

  const verifyAlone = async (time: number): Promise<number> => {
    const message = once(hashing.child, 'message')
    hashing.child.send({ password, hash, seconds: time } satisfies HashJob)
    const [verified] = (await Promise.race([message, gone])) as [number]
    return verified
  }

  const logIn = async (time: number): Promise<number> => {
    const reader = await openConnection(port)
    const clients = await Promise.all(Array.from({ length: connections }, () => openConnection(port)))
    const begin = performance.now()
    const end = begin + time * 1000
    let answered = 0
    const logInAgain = async (connection: Connection): Promise<void> => {
      while (performance.now() < end) {
        await ask(connection, loginRequest)
        answered++
      }
    }
    const readSteadily = async (): Promise<void> => {
      for (let due = begin; due < end; due += interval) {
        const early = due - performance.now()
        if (early > 0) await sleep(early)
        const from = early > 0 ? performance.now() : due // what a slow answer makes late counts, too
        await ask(reader, readRequest)
        latencies.push(performance.now() - from)
      }
    }
    const reading = readSteadily()
    await Promise.all(clients.map(logInAgain))
    await reading
    for (const connection of [reader, ...clients]) connection.close()
    return answered
  }

  const take = async (group: number, work: (time: number) => Promise<number>): Promise<Turn> => {
    const [begin, before] = [performance.now(), usageOf(group).cpu]
    const verified = await work(seconds)
    const elapsed = performance.now() - begin
    return { rate: (verified / elapsed) * 1000, cpu: (usageOf(group).cpu - before) / 1000 / verified }
  }

  showProgress('Warming up: logins')
  await verifyAlone(1)
  await logIn(1)
  failed = latencies.length = 0
  const [server, alone]: [Turn[], Turn[]] = [[], []]
  let [asking, askingTime] = [0, 0]
  for (let round = 1; round <= rounds; round++) {
    showProgress(`Round ${round} of ${rounds}: logins`)
    alone.push(await take(hashing.child.pid ?? 0, verifyAlone))
    const [begin, used] = [performance.now(), process.cpuUsage()]
    server.push(await take(pid, logIn))
    const { user, system } = process.cpuUsage(used)
    asking += (user + system) / 1000
    askingTime += performance.now() - begin
  }
  await hashing.stop()
  return { server, alone, load: asking / askingTime, latencies, failed }
}

import { availableParallelism } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { showProgress } from '../../lib/progress.js'
import { requestBytes } from '../exchanges.js'
import type { RunningServer } from '../start.js'
import { sum } from '../statistics.js'
import { usageOf } from '../usage.js'
import { type Connection, openConnection } from './connection.js'
import { startHashing } from './hashing.js'
import type { RealUsers } from './users.js'

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
  /** Of the reads of all rounds, in milliseconds. */
  readonly latencies: readonly number[]
  /** Answers other than 200. */
  readonly failed: number
}

/** How long each of both has its turn in a round, in seconds. */
const seconds = 3

/** Reads are due so often, in milliseconds. */
const interval = 20

/**
 * How long it warms up, in seconds: logins are few, so that V8 compiles what they run late. From then on CPU time for one no
 * longer falls.
 */
const warmUp = 20

/** Logins on their way for each core: more than are at work, so that the server never waits for one. */
const loginsForCore = 4

interface Asked {
  readonly answered: number
  readonly failed: number
  readonly latencies: readonly number[]
  /** CPU time of this process, in milliseconds, and how long it took. */
  readonly cpu: number
  readonly elapsed: number
}

/** Lets a user log in on so many connections, again and again, and reads on another one. Sleeps until an answer comes. */
const askFor = async (time: number, port: number, users: RealUsers, connections: number): Promise<Asked> => {
  const [login, read] = [requestBytes(users.login, port), requestBytes(users.read, port)]
  const reader = await openConnection(port)
  const clients = await Promise.all(Array.from({ length: connections }, () => openConnection(port)))
  const latencies: number[] = []
  let answered = 0
  let failed = 0
  const [begin, used] = [performance.now(), process.cpuUsage()]
  const end = begin + time * 1000

  const ask = async (connection: Connection, request: Buffer): Promise<void> => {
    const { status } = await connection.ask(request)
    if (status !== 200) failed++
  }
  const logInAgain = async (connection: Connection): Promise<void> => {
    while (performance.now() < end) {
      await ask(connection, login)
      answered++
    }
  }
  const readSteadily = async (): Promise<void> => {
    for (let due = begin; due < end; due += interval) {
      const early = due - performance.now()
      if (early > 0) await sleep(early)
      const from = early > 0 ? performance.now() : due // what a slow answer makes late counts, too
      await ask(reader, read)
      latencies.push(performance.now() - from)
    }
  }
  await Promise.all([readSteadily(), ...clients.map(logInAgain)])
  const { user, system } = process.cpuUsage(used)
  for (const connection of [reader, ...clients]) connection.close()
  return { answered, failed, latencies, cpu: (user + system) / 1000, elapsed: performance.now() - begin }
}

/** What a process group does in its turn: `work` says how many passwords it verified. */
const take = async (group: number, work: () => Promise<number>): Promise<Turn> => {
  const [begin, before] = [performance.now(), usageOf(group).cpu]
  const verified = await work()
  const elapsed = performance.now() - begin
  return { rate: (verified / elapsed) * 1000, cpu: (usageOf(group).cpu - before) / 1000 / verified }
}

/**
 * Lets users log in, as many as the server takes, while another one reads 50 times a second; and `@node-rs/argon2` do
 * the same work alone, in turn.
 *
 * @param cores those that the server has, if not all
 */
export const measureLogins = async (
  { port, pid }: Pick<RunningServer, 'port' | 'pid'>,
  users: RealUsers,
  { rounds, cores }: { readonly rounds: number; readonly cores: readonly number[] | undefined }
): Promise<Logins> => {
  const connections = loginsForCore * (cores?.length ?? availableParallelism())
  const { password, hash } = users
  const hashing = startHashing(cores)
  showProgress('Warming up: logins')
  await hashing.verify({ password, hash, seconds: 1 })
  await askFor(warmUp, port, users, connections)

  const server: Turn[] = []
  const alone: Turn[] = []
  const asked: Asked[] = []
  for (let round = 1; round <= rounds; round++) {
    showProgress(`Round ${round} of ${rounds}: logins`)
    alone.push(await take(hashing.pid, () => hashing.verify({ password, hash, seconds })))
    const logIn = async (): Promise<number> => {
      const one = await askFor(seconds, port, users, connections)
      asked.push(one)
      return one.answered
    }
    server.push(await take(pid, logIn))
  }
  await hashing.stop()
  return {
    server,
    alone,
    load: sum(asked.map(({ cpu }) => cpu)) / sum(asked.map(({ elapsed }) => elapsed)),
    latencies: asked.flatMap(({ latencies }) => latencies),
    failed: sum(asked.map(({ failed }) => failed))
  }
}

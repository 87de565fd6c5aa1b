import cluster, { type Worker } from 'node:cluster'
import type { Log } from '../log.js'
import { Channel } from './channel.js'
import { growingPauses } from './pauses.js'

/** A worker that has been started. */
interface Member {
  readonly worker: Worker
  readonly channel: Channel
  readonly begun: number
  /** Resolves when it serves, or has ended without. */
  readonly serves: Promise<boolean>
  /** Whether another one takes its place when it ends. */
  isNeeded: boolean
}

export interface PrimaryOptions {
  /** How many workers there are. */
  readonly workers: number
  readonly log: Log
  /** How long they may take to stop, in milliseconds. */
  readonly patience: number
  /** Prepares the channel to each worker. */
  readonly connect: (channel: Channel) => void
}

/** Several processes that serve as one. */
export interface Primary {
  /** Channels to those that serve. */
  readonly channels: () => readonly Channel[]
  /** Starts them. Resolves with whether they serve. */
  readonly start: () => Promise<boolean>
  /** Replaces them by new ones, one after another, each when its successor serves. */
  readonly reload: () => void
  /** Stops all of them in good order. Resolves when they have ended. */
  readonly stop: () => Promise<void>
}

/**
 * Starts workers, which share what they listen on (`node:cluster`), and replaces those that end. One that is to be replaced
 * takes no new connections when another one serves in its place, so that none is refused meanwhile.
 */
export const createPrimary = ({ workers, log, patience, connect }: PrimaryOptions): Primary => {
  const members = new Set<Member>()
  const pauseAfter = growingPauses()
  let isStopping = false

  const fork = (isNeeded: boolean): Member => {
    const worker = cluster.fork()
    const channel = new Channel(worker)
    connect(channel)
    const serves = new Promise<boolean>(resolve => {
      channel.on('ready', () => resolve(true))
      worker.once('exit', () => resolve(false))
    })
    const member: Member = { worker, channel, begun: performance.now(), serves, isNeeded }
    members.add(member)
    channel.answer('leave', () => true) // when all that was sent to it before has reached it
    channel.on('failing', () => replace(member)) // it finishes what it has begun, and takes nothing new
    worker.once('exit', (code, signal) => {
      members.delete(member)
      if (!member.isNeeded || isStopping) return
      const how = signal || `code ${code}`
      log('error', `Worker ${worker.process.pid ?? 0} has ended (${how}): another one takes its place.`)
      replace(member)
    })
    return member
  }
  const replace = (member: Member): void => {
    if (!member.isNeeded) return
    member.isNeeded = false
    const replaceNow = (): void => {
      if (!isStopping) fork(true)
    }
    setTimeout(replaceNow, pauseAfter(performance.now() - member.begun))
  }
  /** Starts one that is needed from the moment on when it serves. */
  const add = async (): Promise<boolean> => {
    const member = fork(false)
    member.isNeeded = await member.serves
    return member.isNeeded
  }
  const reload = async (): Promise<void> => {
    for (const old of [...members].filter(({ isNeeded }) => isNeeded)) {
      if (isStopping) return
      if (!(await add())) {
        log('error', 'A new worker could not start: those that serve go on.')
        return
      }
      old.isNeeded = false
      old.channel.tell('retire')
    }
    log('info', 'All workers are new.')
  }
  const start = async (): Promise<boolean> => {
    if (!(await add())) return false // alone, so that what is wrong is told once
    return (await Promise.all(Array.from({ length: workers - 1 }, add))).every(Boolean)
  }
  let done: Promise<unknown> = Promise.resolve()

  return {
    channels: () => [...members].filter(({ isNeeded }) => isNeeded).map(({ channel }) => channel),
    start: () => {
      const started = start()
      done = started
      return started
    },
    reload: () => {
      done = done.then(reload)
    },
    stop: async () => {
      isStopping = true
      const ends = [...members].map(({ worker }) => new Promise(resolve => worker.once('exit', resolve)))
      for (const { channel, worker } of members) {
        channel.tell('stop')
        setTimeout(() => worker.process.kill('SIGKILL'), patience)
      }
      await Promise.all(ends)
    }
  }
}

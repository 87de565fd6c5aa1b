import { setTimeout as sleep } from 'node:timers/promises'
import { type Counted, type Counter, memoryCounter } from '../auth/counter.js'
import { Unavailable } from '../unavailable.js'
import type { Channel } from './channel.js'

/** How long an answer of the primary is waited for, in milliseconds. */
const patience = 1_000

/** How long a count can be taken back, in milliseconds: longer than an attempt takes. */
const memory = 120_000

/** Counts in the primary for all workers: returns what answers the questions of one of them. */
export const countForWorkers = (): ((worker: Channel) => void) => {
  const counters = new Map<number, Counter>()
  const counts = new Map<number, Counted>()
  let number = 0
  const counterOf = (minutes: number): Counter => {
    const counter = counters.get(minutes) ?? memoryCounter(minutes)
    counters.set(minutes, counter)
    return counter
  }
  const forget = async (one: number): Promise<void> => {
    await sleep(memory, undefined, { ref: false })
    counts.delete(one)
  }
  return worker => {
    worker.answer('count', async data => {
      if (!isQuestion(data)) return undefined
      const { minutes, key } = data
      const counted = await counterOf(minutes).count(key)
      counts.set((number += 1), counted)
      void forget(number)
      return { number, count: counted.count, left: counted.left } satisfies Answer
    })
    worker.on('take back', one => {
      void counts.get(Number(one))?.takeBack()
      counts.delete(Number(one))
    })
  }
}

interface Question {
  readonly minutes: number
  readonly key: string
}

interface Answer extends Omit<Counted, 'takeBack'> {
  readonly number: number
}

// The two processes may be of different versions.
const hasNumbers = (value: unknown, ...names: readonly string[]): value is object =>
  typeof value === 'object' && value !== null && names.every(name => typeof Reflect.get(value, name) === 'number')

const isQuestion = (value: unknown): value is Question =>
  hasNumbers(value, 'minutes') && 'key' in value && typeof value.key === 'string'

const isAnswer = (value: unknown): value is Answer => hasNumbers(value, 'number', 'count', 'left')

/**
 * Counts in the primary, for a worker.
 *
 * @param minutes the length of a window
 */
export const channelCounter =
  (primary: Channel) =>
  (minutes: number): Counter => ({
    count: async key => {
      const answer = await primary.ask('count', patience, { minutes, key } satisfies Question)
      if (!isAnswer(answer))
        throw new Unavailable('The process that counts attempts to log in does not answer.', { retryAfter: 1 })
      const { number, count, left } = answer
      return {
        count,
        left,
        takeBack: () => {
          primary.tell('take back', number)
          return Promise.resolve()
        }
      }
    }
  })

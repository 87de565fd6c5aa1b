import { showProgress } from '../../lib/progress.js'
import { requestBytes } from '../exchanges.js'
import type { RunningServer } from '../start.js'
import { openConnection } from './connection.js'
import type { RealUsers } from './users.js'

/** How long the answer to each kind of guess took, in milliseconds, in the order of asking. */
export type Guesses = ReadonlyMap<string, readonly number[]>

const warmUp = 20

const shuffled = <Value>(values: readonly Value[]): Value[] =>
  values
    .map(value => ({ value, place: Math.random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ value }) => value)

/**
 * Asks for tokens in vain, one after another on one connection, and each kind of guess once a turn, in an order that
 * changes at random, so that nothing that comes and goes by itself meets one kind more than another.
 *
 * @throws if a guess isn't refused as all are
 */
export const measureGuesses = async (
  { port }: Pick<RunningServer, 'port'>,
  { guesses }: Pick<RealUsers, 'guesses'>,
  samples: number
): Promise<Guesses> => {
  const connection = await openConnection(port)
  const kinds = Object.entries(guesses).map(([name, exchange]) => {
    return { name, request: requestBytes(exchange, port), times: new Array<number>() }
  })
  for (let turn = -warmUp; turn < samples; turn++) {
    const hundreds = Math.floor(Math.max(0, turn) / 100) * 100
    showProgress(`Guesses: ${hundreds} of ${samples} turns`)
    for (const { name, request, times } of shuffled(kinds)) {
      const { status, time } = await connection.ask(request)
      if (status !== 400) throw new Error(`POST /token, ${name}: answers ${status}, not 400`)
      if (turn >= 0) times.push(time)
    }
  }
  connection.close()
  return new Map(kinds.map(({ name, times }) => [name, times]))
}

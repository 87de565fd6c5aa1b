import { type Cell, number, tableOf } from '../../lib/table.js'
import { mean, percentile, ratioOf, spreadCell, spreadOf, standardError, welch, winsorised } from '../statistics.js'
import type { Guesses } from './guesses.js'
import type { Logins, Turn } from './logins.js'

const sorted = (values: readonly number[]): number[] => values.toSorted((a, b) => a - b)

/**
 * A table of logins: how many there were, and how reads fared meanwhile. The first share of what hashing alone reaches is of
 * both cores, of which the load takes its part; the second is of the CPU time that the server itself took.
 */
export const reportOfLogins = ({ server, alone, load, latencies, failed }: Logins): string => {
  const reads = sorted(latencies)
  const per = (turns: readonly Turn[], amount: number): number[] => turns.map(({ rate }) => rate * amount)
  const cpuOf = (turns: readonly Turn[], amount: number): number[] => turns.map(({ cpu }) => cpu * amount)
  const cpu = (turns: readonly Turn[]): Cell => spreadCell(spreadOf(cpuOf(turns, 1)), 1)
  return tableOf(
    [
      'POST /token beside GET /users/me',
      'logins/s',
      '%',
      'CPU ms',
      '% by CPU',
      'GET p50 ms',
      'GET p99 ms',
      'load CPU %',
      'not 200'
    ],
    [
      ['@node-rs/argon2 alone', spreadCell(spreadOf(per(alone, 1)), 1), '100', cpu(alone), '100', '', '', '', ''],
      [
        'this server',
        spreadCell(spreadOf(per(server, 1)), 1),
        spreadCell(ratioOf(per(server, 100), per(alone, 1)), 0),
        cpu(server),
        spreadCell(ratioOf(cpuOf(alone, 100), cpuOf(server, 1)), 0),
        number(percentile(reads, 0.5), 2),
        number(percentile(reads, 0.99), 2),
        number(load * 100, 1),
        number(failed, 0)
      ]
    ]
  )
}

/** From this |t| on the time tells which kind of guess it was. */
const telling = 4.5

/** Pauses that the machine makes hide small differences: the longest 5 % of all times count as the shortest of them. */
const share = 0.95

/**
 * Tables of refused logins: how long each kind took; and Welch's |t| between every two, of the times as they are, and
 * winsorised, which finds smaller differences. The last column is the difference that would have been found: on a busy
 * machine it is a large one.
 */
export const reportOfGuesses = (guesses: Guesses): string => {
  const bounded = winsorised([...guesses.values()], share)
  const kinds = [...guesses].map(([name, times], index) => ({ name, times, bounded: bounded[index] ?? [] }))
  const pairs = kinds.flatMap((one, index) => kinds.slice(index + 1).map(other => [one, other] as const))
  const times = tableOf(
    ['POST /token, refused', 'samples', 'median ms', 'mean ms', 'p99 ms'],
    kinds.map(({ name, times }) => [
      name,
      number(times.length, 0),
      number(percentile(sorted(times), 0.5), 3),
      number(mean(times), 3),
      number(percentile(sorted(times), 0.99), 3)
    ])
  )
  const differences = tableOf(
    ["Welch's |t|", 'plain', 'winsorised', 'difference µs', 'found from µs'],
    pairs.map(([one, other]) => [
      `${one.name}, ${other.name}`,
      number(Math.abs(welch(one.times, other.times)), 2),
      number(Math.abs(welch(one.bounded, other.bounded)), 2),
      number((mean(one.bounded) - mean(other.bounded)) * 1000, 1),
      number(telling * standardError(one.bounded, other.bounded) * 1000, 0)
    ])
  )
  return `${times}\n\n${differences}`
}

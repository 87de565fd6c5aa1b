import { type Cell, number, tableOf } from '../../lib/table.js'
import { mean, percentile, ratioOf, spreadCell, spreadOf, welch } from '../statistics.js'
import type { Guesses } from './guesses.js'
import type { Logins, Turn } from './logins.js'

const sorted = (values: readonly number[]): number[] => values.toSorted((a, b) => a - b)

/** A table of logins: how many there were, as a share of what hashing alone reaches, and how reads fared meanwhile. */
export const reportOfLogins = ({ server, alone, load, latencies, failed }: Logins): string => {
  const reads = sorted(latencies)
  const per = (turns: readonly Turn[], amount: number): number[] => turns.map(({ rate }) => rate * amount)
  const cpu = (turns: readonly Turn[]): Cell => spreadCell(spreadOf(turns.map(turn => turn.cpu)), 1)
  return tableOf(
    [
      'POST /token beside GET /users/me',
      'logins/s',
      '%',
      'CPU ms',
      'GET p50 ms',
      'GET p99 ms',
      'load CPU %',
      'not 200'
    ],
    [
      ['@node-rs/argon2 alone', spreadCell(spreadOf(per(alone, 1)), 1), '100', cpu(alone), '', '', '', ''],
      [
        'this server',
        spreadCell(spreadOf(per(server, 1)), 1),
        spreadCell(ratioOf(per(server, 100), per(alone, 1)), 0),
        cpu(server),
        number(percentile(reads, 0.5), 2),
        number(percentile(reads, 0.99), 2),
        number(load * 100, 1),
        number(failed, 0)
      ]
    ]
  )
}

/** What lies above this share of all times counts as that: a pause that the machine makes hides small differences. */
const winsorisedFrom = 0.95

/**
 * Tables of refused logins: how long each kind took; and Welch's |t| between every two, of the times as they are, and
 * with the longest 5 % of all winsorised. From 4.5 on the time tells which kind it was.
 */
export const reportOfGuesses = (guesses: Guesses): string => {
  const all = [...guesses]
  const most = percentile(sorted(all.flatMap(([, times]) => times)), winsorisedFrom)
  const bounded = (times: readonly number[]): number[] => times.map(time => Math.min(time, most))
  const pairs = all.flatMap(([name, times], index) =>
    all.slice(index + 1).map(([other, others]) => ({ title: `${name}, ${other}`, times, others }))
  )
  const kinds = tableOf(
    ['POST /token, refused', 'samples', 'median ms', 'mean ms', 'p99 ms'],
    all.map(([name, times]) => [
      name,
      number(times.length, 0),
      number(percentile(sorted(times), 0.5), 3),
      number(mean(times), 3),
      number(percentile(sorted(times), 0.99), 3)
    ])
  )
  const differences = tableOf(
    ["Welch's |t|", 'plain', 'winsorised', 'difference µs'],
    pairs.map(({ title, times, others }) => [
      title,
      number(Math.abs(welch(times, others)), 2),
      number(Math.abs(welch(bounded(times), bounded(others))), 2),
      number((mean(bounded(times)) - mean(bounded(others))) * 1000, 1)
    ])
  )
  return `${kinds}\n\n${differences}`
}

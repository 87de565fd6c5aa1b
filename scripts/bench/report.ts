import { type Cell, number, tableOf } from '../lib/table.js'
import type { Measured, Sample } from './measure.js'
import { ratioOf, spreadCell, spreadOf, sum } from './statistics.js'

const header = ['CPU µs', '×', 'requests/s', 'p50 ms', 'p99 ms', 'RSS MB', 'start ms', 'not 200']

const rowOf = (one: Measured, asked: readonly Measured[], request: string): Cell[] => {
  const { peer, problem, bootTime, series } = one
  if (problem !== undefined) return [peer.title, problem]
  const base = asked.find(other => other.peer.name === peer.base && other.problem === undefined)
  const spread = (of: keyof Sample, decimals: number): Cell => spreadCell(spreadOf(series(request, of)), decimals)
  return [
    peer.title,
    spread('cpu', 1),
    spreadCell(ratioOf(series(request, 'cpu'), base?.series(request, 'cpu')), 2),
    spread('rate', 0),
    spread('p50', 2),
    spread('p99', 2),
    number((series(request, 'rss').at(-1) ?? NaN) / 1e6, 0),
    number(bootTime, 0),
    number(sum(series(request, 'failed')), 0)
  ]
}

/**
 * A table for each kind of request. Ratios are of CPU times: to `node:http` of servers, to its smallest contract of a
 * server with several.
 */
export const reportOf = (all: readonly Measured[]): string => {
  const requests = [...new Set(all.flatMap(({ requests }) => requests))]
  const tables = requests.map(request => {
    const asked = all.filter(({ requests }) => requests.includes(request))
    return tableOf(
      [request, ...header],
      asked.map(one => rowOf(one, asked, request))
    )
  })
  return tables.join('\n\n')
}

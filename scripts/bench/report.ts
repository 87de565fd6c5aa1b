import { type Cell, number, styled, tableOf } from '../lib/table.js'
import type { Measured, Sample } from './measure.js'
import { ratioOf, spreadCell, spreadOf, sum } from './statistics.js'

const header = ['CPU µs', '×', 'requests/s', 'p50 ms', 'p99 ms', 'RSS MB', 'start ms', 'not 200']

const rowOf = (one: Measured, asked: readonly Measured[], request: string): Cell[] => {
  const { peer, bootTime, series } = one
  const base = asked.find(other => other.peer.name === peer.base)
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
 * server with several. Below the tables stands why others weren't timed.
 */
export const reportOf = (all: readonly Measured[]): string => {
  const timed = all.filter(({ problem }) => problem === undefined)
  const requests = [...new Set(timed.flatMap(({ requests }) => requests))]
  const tables = requests.map(request => {
    const asked = timed.filter(({ requests }) => requests.includes(request))
    return tableOf(
      [request, ...header],
      asked.map(one => rowOf(one, asked, request))
    )
  })
  const problems = all.flatMap(({ peer, problem }) => (problem === undefined ? [] : `${peer.title}: ${problem}`))
  return [...tables, ...problems.map(text => styled('red', text))].join('\n\n')
}

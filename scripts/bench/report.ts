import { type Cell, number, styled, tableOf } from '../lib/table.js'
import type { Measured, Sample } from './measure.js'
import type { Ratio, Scenario } from './scenario.js'
import { ratioOf, type Spread, spreadCell, spreadOf, sum } from './statistics.js'

/** The ratios of one server's CPU times for one kind of request to those of whom it is compared with. */
export const ratioIn = (
  { isBase }: Ratio,
  { peer, series }: Measured,
  all: readonly Measured[],
  request: string
): Spread | undefined => {
  const base = all.find(other => isBase(other.peer, peer))
  return ratioOf(series(request, 'cpu'), base?.series(request, 'cpu'))
}

/** Those that were timed. */
export const timed = (all: readonly Measured[]): Measured[] => all.filter(({ problem }) => problem === undefined)

const rowOf = (one: Measured, all: readonly Measured[], request: string, ratios: readonly Ratio[]): Cell[] => {
  const { peer, bootTime, series } = one
  const spread = (of: keyof Sample, decimals: number): Cell => spreadCell(spreadOf(series(request, of)), decimals)
  return [
    peer.title,
    spread('cpu', 1),
    ...ratios.map(ratio => spreadCell(ratioIn(ratio, one, all, request), 2)),
    spread('rate', 0),
    spread('p50', 2),
    spread('p99', 2),
    number((series(request, 'rss').at(-1) ?? NaN) / 1e6, 0),
    number(bootTime, 0),
    number(sum(series(request, 'failed')), 0)
  ]
}

/**
 * A table for each kind of request of a scenario. Ratios are of CPU times. Below the tables stands why others weren't
 * timed.
 */
export const reportOf = ({ name, exchanges, ratios }: Scenario, measured: readonly Measured[]): string => {
  const all = timed(measured)
  const header = [
    'CPU µs',
    ...ratios.map(({ to }) => to),
    'requests/s',
    'p50 ms',
    'p99 ms',
    'RSS MB',
    'start ms',
    'failed'
  ]
  const tables = exchanges.map(request =>
    tableOf(
      [`${name}: ${request.name}`, ...header],
      all.map(one => rowOf(one, all, request.name, ratios))
    )
  )
  const problems = measured.flatMap(({ peer, problem }) => (problem === undefined ? [] : `${peer.title}: ${problem}`))
  return [...(all.length > 0 ? tables : []), ...problems.map(text => styled('red', text))].join('\n\n')
}

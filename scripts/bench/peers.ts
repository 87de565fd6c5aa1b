import { type Cell, number, tableOf } from '../lib/table.js'
import { exchangesOf } from './exchanges.js'
import { measure, type Measured, type Run } from './measure.js'
import { ownServers, selected } from './servers.js'
import { ratioOf, spreadCell, spreadOf, sum } from './statistics.js'

const summary = (all: readonly Measured[], one: Measured, request: string) => {
  const cpu = one.series(request, 'cpu')
  const ratio = (name: string) => ratioOf(cpu, all.find(({ peer }) => peer.name === name)?.series(request, 'cpu'))
  return {
    cpuMicroseconds: spreadOf(cpu),
    ratioToNodeHttp: ratio('node:http'),
    ratioToFastify: ratio('fastify'),
    requestsPerSecond: spreadOf(one.series(request, 'rate')),
    p50Milliseconds: spreadOf(one.series(request, 'p50')),
    p99Milliseconds: spreadOf(one.series(request, 'p99')),
    rssBytes: one.series(request, 'rss').at(-1) ?? NaN,
    failed: sum(one.series(request, 'failed'))
  }
}

const header = ['CPU µs', '× node:http', '× Fastify', 'requests/s', 'p50 ms', 'p99 ms', 'RSS MB', 'not 200']

const cellsOf = (title: string, of: ReturnType<typeof summary>): Cell[] => [
  title,
  spreadCell(of.cpuMicroseconds, 1),
  spreadCell(of.ratioToNodeHttp, 2),
  spreadCell(of.ratioToFastify, 2),
  spreadCell(of.requestsPerSecond, 0),
  spreadCell(of.p50Milliseconds, 2),
  spreadCell(of.p99Milliseconds, 2),
  number(of.rssBytes / 1e6, 0),
  number(of.failed, 0)
]

/**
 * Compares the servers: CPU time, requests a second, latency and memory, for each of the two operations. Gives a text
 * to print, and the same as data.
 */
export const comparePeers = async (run: Run): Promise<{ text: string; data: unknown }> => {
  const { only, peers } = run.options
  const all = await measure([...selected(ownServers(), only), ...peers], run)
  const requests = exchangesOf(2).map(({ name }) => name)
  const tables = requests.map(request => {
    const rows = all.map(one =>
      one.problem === undefined ? cellsOf(one.peer.title, summary(all, one, request)) : [one.peer.title, one.problem]
    )
    return tableOf([request, ...header], rows)
  })
  const data = all.map(one => {
    const { name, title } = one.peer
    if (one.problem !== undefined) return { name, title, problem: one.problem }
    return { name, title, operations: Object.fromEntries(requests.map(of => [of, summary(all, one, of)])) }
  })
  return { text: tables.join('\n\n'), data }
}

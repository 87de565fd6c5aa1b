import { type Cell, number, tableOf } from '../lib/table.js'
import { exchangesOf } from './exchanges.js'
import { measure, type Run } from './measure.js'
import { growingServers, selected } from './servers.js'
import { ratioOf, spreadCell, spreadOf, sum } from './statistics.js'

/**
 * Compares contracts of several sizes: CPU time for a request on this server, and on openapi-backend as its README
 * shows. Ratios are to the smallest contract on the same server. Gives a text to print, and the same as data.
 */
export const compareSizes = async (run: Run): Promise<{ text: string; data: unknown }> => {
  const sizes = run.options.operations ?? []
  const all = await measure(selected(growingServers(sizes), run.options.only), run)
  const names = exchangesOf(Math.max(3, ...sizes)).map(({ name }) => name)

  const results = all.map(({ peer: { name, operations }, problem, bootTime, series }) => {
    if (problem !== undefined) return { name, operations, problem }
    const requests = names.map(request => {
      const cpu = series(request, 'cpu')
      const smallest = all.find(({ peer, series }) => peer.name === name && series(request, 'cpu').length > 0)
      const ratioToSmallest = ratioOf(cpu, smallest?.series(request, 'cpu'))
      return { request, cpuMicroseconds: spreadOf(cpu), ratioToSmallest }
    })
    const failed = sum(names.flatMap(request => series(request, 'failed')))
    return { name, operations, requests, startMilliseconds: bootTime, failed }
  })

  const header = ['CPU per request', ...names.flatMap(name => [`${name} µs`, '×']), 'start ms', 'not 200']
  const rows = results.map((one): Cell[] => {
    const title = `${one.name}, ${one.operations} operations`
    if (one.problem !== undefined) return [title, one.problem]
    const cells = one.requests.flatMap(({ cpuMicroseconds, ratioToSmallest }) => [
      spreadCell(cpuMicroseconds, 1),
      spreadCell(ratioToSmallest, 2)
    ])
    return [title, ...cells, number(one.startMilliseconds, 0), String(one.failed)]
  })
  return { text: tableOf(header, rows), data: results }
}

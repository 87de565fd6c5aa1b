import { showProgress } from '../lib/progress.js'
import { type Cell, number, tableOf } from '../lib/table.js'
import { middleResource, writeContract } from './contracts.js'
import { type Exchange, login, readResource, readUsersMe } from './exchanges.js'
import { StartError, startServer } from './start.js'
import { type Sample, type Subject, timeRounds } from './rounds.js'
import { type Result, type Run, serverCore } from './run.js'
import { growingServers, selected } from './servers.js'
import { ratioOf, spreadCell, spreadOf } from './statistics.js'

/** How long a server may take to start, in seconds. */
const limit = 60

interface Size {
  readonly name: string
  readonly operations: number
  readonly subject?: Subject
  readonly problem?: string
}

const start = async (run: Run, operations: number): Promise<Size[]> => {
  const servers = selected(growingServers(operations, writeContract(operations)), run.options.only)
  const middle = middleResource(operations)
  const exchanges: [Exchange, ...Exchange[]] = [
    readUsersMe,
    login,
    ...(middle === undefined ? [] : [readResource(middle)])
  ]
  const sizes: Size[] = []
  for (const { name, title, launch } of servers) {
    showProgress('Starting', `${title}, ${operations} operations`)
    try {
      const server = await startServer(launch, exchanges, serverCore(run), limit)
      sizes.push({ name, operations, subject: { title: `${title}, ${operations} operations`, server, exchanges } })
    } catch (error) {
      if (!(error instanceof StartError)) throw error
      sizes.push({ name, operations, problem: error.message })
    }
  }
  return sizes
}

/**
 * Compares contracts of several sizes: CPU time for a request on this server, and on openapi-backend as its README
 * shows. Ratios are to the smallest contract on the same server.
 */
export const compareSizes = async (run: Run): Promise<Result> => {
  const sizes: Size[] = []
  for (const operations of run.options.operations ?? []) sizes.push(...(await start(run, operations)))
  sizes.sort((a, b) => b.name.localeCompare(a.name) || a.operations - b.operations)
  const subjects = sizes.flatMap(({ subject }) => subject ?? [])
  const samples = await timeRounds(subjects, run.load, run.options, showProgress)
  for (const { server } of subjects) await server.stop()

  const cpu = (size: Size | undefined, index: number): number[] | undefined => {
    const rounds: readonly Sample[] | undefined = size?.subject && samples.get(size.subject)?.[index]
    return rounds?.map(sample => sample.cpu)
  }
  const results = sizes.map(size => {
    const { name, operations, problem } = size
    if (problem !== undefined) return { name, operations, problem }
    const requests = [readUsersMe, login, readResource(1)].map((exchange, index) => {
      const smallest = sizes.find(one => one.name === name && cpu(one, index) !== undefined)
      const own = cpu(size, index)
      return {
        request: exchange.name,
        cpuMicroseconds: own && spreadOf(own),
        ratioToSmallest: own && ratioOf(own, cpu(smallest, index))
      }
    })
    const failed = (size.subject ? (samples.get(size.subject) ?? []) : [])
      .flat()
      .reduce((sum, one) => sum + one.failed, 0)
    return { name, operations, requests, startMilliseconds: size.subject?.server.bootTime ?? NaN, failed }
  })

  const names = [readUsersMe, login, readResource(1)].map(({ name }) => name)
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

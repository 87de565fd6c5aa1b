import { showProgress } from '../lib/progress.js'
import { type Cell, tableOf } from '../lib/table.js'
import { writeContract } from './contracts.js'
import { readUsersMe } from './exchanges.js'
import { type Launch, StartError, startServer } from './start.js'
import { type Result, type Run, serverCore } from './run.js'
import { growingServers, selected } from './servers.js'
import { spreadOf } from './statistics.js'
import { spreadCell } from './spread-cell.js'

/** How often a server is started at most. */
const starts = 5

/** No further start once this has been spent on a server, in milliseconds. */
const budget = 15_000

/** How long one start may take, in seconds. */
const limit = 60

/** Times from the start of the process to the first correct answer, in milliseconds, or why there are none. */
const timeStarts = async (launch: Launch, core: number | undefined): Promise<number[] | string> => {
  const times: number[] = []
  for (let spent = 0; times.length < starts && spent < budget; spent += times.at(-1) ?? 0) {
    try {
      const server = await startServer(launch, [readUsersMe], core, limit)
      await server.stop()
      times.push(server.bootTime)
    } catch (error) {
      if (error instanceof StartError) return error.message
      throw error
    }
  }
  return times
}

/**
 * Times how long this server takes to start, and openapi-backend as its README shows, with contracts of several sizes:
 * from the start of the process to its first correct answer. Both are started by `node` itself, without tsx.
 */
export const compareBoots = async (run: Run): Promise<Result> => {
  const results: { name: string; operations: number; times: number[] | string }[] = []
  for (const operations of run.options.operations) {
    for (const { name, launch } of selected(growingServers(operations, writeContract(operations)), run.options.only)) {
      showProgress(`Starting ${name} with ${operations} operations`)
      results.push({ name, operations, times: await timeStarts(launch, serverCore(run)) })
    }
  }
  results.sort((a, b) => b.name.localeCompare(a.name) || a.operations - b.operations)

  const rows = results.map(({ name, operations, times }): Cell[] => {
    const title = `${name}, ${operations} operations`
    return typeof times === 'string' ? [title, times] : [title, spreadCell(spreadOf(times), 0), String(times.length)]
  })
  return {
    text: tableOf(['from start to first answer', 'ms', 'starts'], rows),
    data: results.map(({ name, operations, times }) => ({
      name,
      operations,
      ...(typeof times === 'string' ? { problem: times } : { milliseconds: spreadOf(times), starts: times.length })
    }))
  }
}

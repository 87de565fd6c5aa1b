import { showProgress } from '../lib/progress.js'
import { number, tableOf } from '../lib/table.js'
import { writeContract } from './contracts.js'
import { type Exchange, login, readUsersMe, requestText } from './exchanges.js'
import { probeLiveMemory } from './live-memory.js'
import { startServer } from './start.js'
import { type Result, type Run, serverCore } from './run.js'
import { furtherServers, ownServers, selected } from './servers.js'
import { usageOf } from './usage.js'

/** After how many requests in all the memory is read. */
const marks = [10_000, 1_000_000] as const

/** How long one stretch may take, in seconds. */
const limit = 600

/**
 * Reads the memory of this server after few and after many requests, logins and reads in turn: what it holds on to, and
 * what the system has given it, which grows until V8 has found the size of heap that suits it.
 */
export const compareMemory = async (run: Run): Promise<Result> => {
  const results = []
  const only = run.options.only.length > 0 ? run.options.only : ['this']
  const servers = [...selected(ownServers(writeContract(2)), only), ...furtherServers(run.options.peers)]
  for (const { name, title, launch } of servers) {
    const exchanges: [Exchange, ...Exchange[]] = [readUsersMe, login]
    const live = probeLiveMemory(launch)
    const server = await startServer(live.launch, exchanges, serverCore(run), 60)
    const requests = exchanges.map(exchange => requestText(exchange, server.port))
    const rss: number[] = []
    const heap: number[] = []
    let answered = 0
    let failed = 0
    for (const mark of marks) {
      showProgress(`${title}: ${number(mark, 0)} requests`)
      const { connections } = run.options
      const job = { port: server.port, requests, connections, seconds: limit, count: mark - answered }
      const outcome = await run.load.run(job)
      answered += outcome.answered
      failed += outcome.failed + outcome.lost
      rss.push(usageOf(server.pid).rss)
      heap.push(await live.read(server.pid))
    }
    await server.stop()
    results.push({ name, title, answered, failed, heapBytes: pair(heap), rssBytes: pair(rss) })
  }

  const columns = (what: string): string[] => [...marks.map(mark => `${what} MB after ${number(mark, 0)}`), 'ratio']
  const header = ['', ...columns('live heap'), ...columns('RSS'), 'requests', 'not 200']
  const cells = ({ few, many, ratio }: Pair): string[] => [
    number(few / 1e6, 1),
    number(many / 1e6, 1),
    number(ratio, 2)
  ]
  const rows = results.map(({ title, heapBytes, rssBytes, answered, failed }) => [
    title,
    ...cells(heapBytes),
    ...cells(rssBytes),
    number(answered, 0),
    number(failed, 0)
  ])
  return { text: tableOf(header, rows), data: results }
}

interface Pair {
  readonly few: number
  readonly many: number
  readonly ratio: number
}

const pair = ([few = NaN, many = NaN]: readonly number[]): Pair => ({ few, many, ratio: many / few })

import { showProgress } from '../lib/progress.js'
import { type Cell, number, tableOf } from '../lib/table.js'
import { writeContract } from './contracts.js'
import { type Exchange, login, readUsersMe } from './exchanges.js'
import { StartError, startServer } from './start.js'
import { type Sample, type Subject, timeRounds } from './rounds.js'
import { type Result, type Run, serverCore } from './run.js'
import { furtherServers, ownServers, type Peer, references, selected } from './servers.js'
import { ratioOf, spreadCell, spreadOf } from './statistics.js'

const exchanges: readonly [Exchange, ...Exchange[]] = [readUsersMe, login]

interface Row {
  readonly name: string
  readonly title: string
  /** Why it wasn't timed. */
  readonly problem?: string
  /** For each exchange, round by round. */
  readonly samples: readonly (readonly Sample[])[]
}

/** Starts a server; if that fails, or it answers other than it should, says why. */
const start = async (peer: Peer, run: Run): Promise<Subject | string> => {
  showProgress('Starting', peer.title)
  try {
    const server = await startServer(peer.launch, exchanges, serverCore(run), 60)
    return { title: peer.title, server, exchanges }
  } catch (error) {
    if (error instanceof StartError) return error.message
    throw error
  }
}

const summary = (rows: readonly Row[], row: Row, index: number) => {
  const column = (of: Row | undefined, key: keyof Sample) => of?.samples[index]?.map(sample => sample[key])
  const values = (key: keyof Sample) => column(row, key) ?? []
  const ratio = (name: string) =>
    ratioOf(
      values('cpu'),
      column(
        rows.find(one => one.name === name && !one.problem),
        'cpu'
      )
    )
  const [toNode, toFastify] = references.map(ratio)
  return {
    cpuMicroseconds: spreadOf(values('cpu')),
    ratioToNodeHttp: toNode,
    ratioToFastify: toFastify,
    requestsPerSecond: spreadOf(values('rate')),
    p50Milliseconds: spreadOf(values('p50')),
    p99Milliseconds: spreadOf(values('p99')),
    rssBytes: values('rss').at(-1) ?? NaN,
    failed: values('failed').reduce((sum, one) => sum + one, 0)
  }
}

const header = ['CPU µs', '× node:http', '× Fastify', 'requests/s', 'p50 ms', 'p99 ms', 'RSS MB', 'not 200']

const tableFor = (rows: readonly Row[], exchange: Exchange, index: number): string => {
  const cells = rows.map((row): Cell[] => {
    if (row.problem !== undefined) return [row.title, row.problem]
    const one = summary(rows, row, index)
    return [
      row.title,
      spreadCell(one.cpuMicroseconds, 1),
      spreadCell(one.ratioToNodeHttp, 2),
      spreadCell(one.ratioToFastify, 2),
      spreadCell(one.requestsPerSecond, 0),
      spreadCell(one.p50Milliseconds, 2),
      spreadCell(one.p99Milliseconds, 2),
      number(one.rssBytes / 1e6, 0),
      number(one.failed, 0)
    ]
  })
  return tableOf([exchange.name, ...header], cells)
}

/** Compares the servers: CPU time, requests a second, latency and memory, for each of the two operations. */
export const comparePeers = async (run: Run): Promise<Result> => {
  const { only, peers: further } = run.options
  const peers = [...selected(ownServers(writeContract(2)), only), ...furtherServers(further)]
  const started: { peer: Peer; outcome: Subject | string }[] = []
  for (const peer of peers) started.push({ peer, outcome: await start(peer, run) })
  const subjects = started.map(({ outcome }) => outcome).filter(outcome => typeof outcome !== 'string')
  const samples = await timeRounds(subjects, run.load, run.options, showProgress)
  for (const { server } of subjects) await server.stop()

  const rows = started.map(({ peer: { name, title }, outcome }): Row =>
    typeof outcome === 'string'
      ? { name, title, problem: outcome, samples: [] }
      : { name, title, samples: samples.get(outcome) ?? [] }
  )
  return {
    text: exchanges.map((exchange, index) => tableFor(rows, exchange, index)).join('\n\n'),
    data: rows.map(row => ({
      name: row.name,
      title: row.title,
      ...(row.problem !== undefined
        ? { problem: row.problem }
        : { operations: Object.fromEntries(exchanges.map(({ name }, at) => [name, summary(rows, row, at)])) })
    }))
  }
}

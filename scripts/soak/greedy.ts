import { setTimeout as sleep } from 'node:timers/promises'
import { percentile } from '../bench/statistics.js'
import { number } from '../lib/table.js'
import { Crowd, greedyKinds, type Greed } from './greedy-clients.js'
import type { Must } from './must.js'
import { politeAddress, type PoliteJob, type PoliteReport, startPolite } from './polite.js'
import type { Recorder } from './recorder.js'
import type { SoakedServer } from './server.js'
import { processesOf, type Usage, usageOf, waitOf } from './usage.js'

/** What the polite client's p99 has to stay below, in milliseconds. */
const mostLatency = 100

/** How long a server may take to be as before, in seconds, and how much more it may hold then. */
const patience = 60
const tolerance = 0.1

export interface GreedyOptions {
  readonly part: string
  readonly server: SoakedServer
  readonly greed: Greed
  readonly polite: Pick<PoliteJob, 'path' | 'headers'>
  /** How long each kind stays, in seconds. */
  readonly seconds: number
  readonly recorder: Recorder
  readonly onProgress: (detail: string) => void
}

const usage = async (server: SoakedServer): Promise<Usage> => usageOf(await processesOf(server.pid))

const isBack = (before: Usage, after: Usage): boolean =>
  after.memory <= before.memory * (1 + tolerance) &&
  (after.descriptors ?? 0) <= Math.ceil((before.descriptors ?? 0) * (1 + tolerance))

/** What is held once it doesn't get less any more, or is as before. */
const settled = async (
  server: SoakedServer,
  before: Usage
): Promise<{ readonly after: Usage; readonly seconds: number }> => {
  const begin = performance.now()
  for (;;) {
    const after = await usage(server)
    const seconds = (performance.now() - begin) / 1000
    if (isBack(before, after) || seconds > patience) return { after, seconds }
    await sleep(500)
  }
}

/** @param waited how long the server has waited for a core meanwhile, in milliseconds: that is not its own doing */
const latencyMusts = (
  part: string,
  name: string,
  reports: readonly PoliteReport[],
  waited: number | undefined
): Must[] => {
  const sorted = reports.map(({ latency }) => latency).sort((a, b) => a - b)
  const p99 = percentile(sorted, 0.99)
  const [problem] = reports.flatMap(one => one.problem ?? [])
  const limit = `< ${mostLatency} ms`
  const what = `p99 of the polite client, ${name}`
  const forCore = waited === undefined ? '' : `, ${number(waited, 0)} ms without a core`
  const measured = `${number(p99, 1)} ms of ${reports.length}${forCore}`
  return [
    { part, what, limit, measured, isKept: p99 < mostLatency && reports.length > 0 },
    ...(problem === undefined
      ? []
      : [{ part, what: `answers to the polite client, ${name}`, limit: 'all', measured: problem, isKept: false }])
  ]
}

/** Lets each kind of greedy clients in for a while, beside a polite one, and looks at what they leave behind. */
export const standGreedy = async (options: GreedyOptions): Promise<Must[]> => {
  const { part, server, greed, polite, seconds, recorder, onProgress } = options
  const musts: Must[] = []
  let reports: PoliteReport[] = []
  const job = { ...polite, port: server.port, from: politeAddress, rate: 20 }
  const stopPolite = startPolite(job, report => {
    reports.push(report)
    recorder.polite(report)
  })
  const visit = async (name: string, stay: number): Promise<void> => {
    const kind = greedyKinds.find(one => one.name === name)
    const crowd = new Crowd()
    kind?.begin(greed, crowd)
    await sleep(stay * 1000)
    crowd.leave()
  }

  const watched = async (name: string, what: () => Promise<unknown>): Promise<void> => {
    recorder.phase(name)
    onProgress(name)
    await sleep(300)
    reports = []
    const pids = await processesOf(server.pid)
    const waited = waitOf(pids)
    await what()
    musts.push(...latencyMusts(part, name, reports, waited && (waitOf(pids) ?? waited) - waited))
  }

  recorder.phase('warming up')
  onProgress('warming up')
  while (reports.length < 20) await sleep(100)
  for (const { name } of greedyKinds) await visit(name, Math.min(1, seconds)) // what is held only then isn't a leak
  await sleep(2000)
  await watched('alone', () => sleep(seconds * 1000))
  const before = await usage(server)
  for (const { name } of greedyKinds) await watched(name, () => visit(name, seconds))
  recorder.phase('they have left')
  onProgress('they have left')
  const { after, seconds: spent } = await settled(server, before)
  recorder.endPhase()
  await stopPolite()
  const limit = 'as before ± 10 %'
  const left = (what: string, from: number, to: number, unit: string): Must => {
    const isKept = to <= Math.ceil(from * (1 + tolerance))
    return {
      part,
      what,
      limit,
      measured: `${number(from, 0)} → ${number(to, 0)}${unit} after ${number(spent, 0)} s`,
      isKept
    }
  }
  musts.push(left('memory', before.memory, after.memory, ' MiB'))
  if (before.descriptors !== undefined && after.descriptors !== undefined)
    musts.push(left('descriptors', before.descriptors, after.descriptors, ''))
  return musts
}

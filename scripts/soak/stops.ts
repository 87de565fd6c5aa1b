import { setTimeout as sleep } from 'node:timers/promises'
import { type LoadOutcome, startLoad } from './load.js'
import { isReady } from './management.js'
import type { Must, Skipped } from './must.js'
import type { Random } from './random.js'
import { type ServerOptions, type SoakedServer, startSoaked } from './server.js'
import { childrenOf } from './usage.js'

export interface StopsOptions {
  readonly part: string
  readonly options: ServerOptions
  readonly request: string
  /** How often. */
  readonly times: number
  readonly random: Random
  readonly onProgress: (detail: string) => void
  /** Takes what each server has printed. */
  readonly onPrinted: (text: string) => void
}

/** How long a stop or a restart may take, in milliseconds. */
const patience = 30_000

const until = async (isSo: () => boolean | Promise<boolean>, milliseconds: number): Promise<boolean> => {
  const end = performance.now() + milliseconds
  while (performance.now() < end) {
    if (await isSo()) return true
    await sleep(20)
  }
  return false
}

const endedWithin = async ({ ended }: SoakedServer): Promise<string> => {
  const ending = await Promise.race([ended, sleep(patience, undefined)])
  return ending === undefined
    ? `still there after ${patience / 1000} s`
    : (ending.signal ?? `code ${ending.code ?? 'none'}`)
}

const mustsOf = (part: string, outcomes: readonly LoadOutcome[], odd: readonly string[], way: string): Must[] => {
  const lost = outcomes.flatMap(one => one.lost)
  const refused = outcomes.reduce((total, one) => total + one.refused, 0)
  const answered = outcomes.reduce((total, one) => total + one.answered, 0)
  const measured = `${lost.length} of ${answered + lost.length}${lost[0] === undefined ? '' : ` (${lost[0]})`}`
  return [
    {
      part,
      what: `requests lost by ${outcomes.length} ${way}`,
      limit: '0',
      measured,
      isKept: lost.length === 0 && answered > 0
    },
    { part, what: 'connections refused', limit: '0', measured: String(refused), isKept: refused === 0 },
    { part, what: `${way} in good order`, limit: 'all', measured: odd[0] ?? 'all', isKept: odd.length === 0 }
  ]
}

/**
 * Stops a server by SIGTERM again and again, while a balancer in front of it, which asks each tenth of a second whether
 * it is ready, sends it requests.
 */
export const stopUnderLoad = async (options: StopsOptions): Promise<Must[] | Skipped> => {
  const { part, request, times, random, onProgress, onPrinted } = options
  const outcomes: LoadOutcome[] = []
  const odd: string[] = []
  for (let round = 1; round <= times; round += 1) {
    onProgress(`${round} of ${times}`)
    const environment = { ...options.options.environment, DRAIN_SECONDS: '1' }
    const server = await startSoaked({ ...options.options, environment })
    let isOpen = await until(async () => (await isReady(server.managementPort)) === true, 3000)
    if (!isOpen) {
      await server.stop()
      return { part, why: 'skipped: the server has no listener at MANAGEMENT_PORT that says whether it is ready.' }
    }
    const balancer = setInterval(
      () => void isReady(server.managementPort).then(ready => (isOpen = ready === true)),
      100
    )
    const stopLoad = startLoad({ port: server.port, request, kept: 8, fresh: 8, isOpen: () => isOpen })
    await sleep(random.between(300, 900))
    server.child.kill('SIGTERM')
    const ending = await endedWithin(server)
    if (ending !== 'code 0') odd.push(ending)
    clearInterval(balancer)
    outcomes.push(await stopLoad())
    onPrinted(server.printed())
    await server.stop()
  }
  return mustsOf(part, outcomes, odd, 'stops')
}

/** Restarts the workers of a server by SIGHUP again and again, with requests all the time and nobody to hold them back. */
export const restartUnderLoad = async (options: StopsOptions): Promise<Must[] | Skipped> => {
  const { part, request, times, random, onProgress, onPrinted } = options
  const workers = Math.max(2, options.options.workers)
  const server = await startSoaked({ ...options.options, workers })
  const skipped = { part, why: 'skipped: the server has no workers, and SIGHUP restarts none.' }
  if ((await childrenOf(server.pid)).length < workers) {
    await server.stop()
    return skipped
  }
  const stopLoad = startLoad({ port: server.port, request, kept: 8, fresh: 8, isOpen: () => true })
  const odd: string[] = []
  let done = 0
  for (; done < times && odd.length === 0; done += 1) {
    onProgress(`${done + 1} of ${times}`)
    await sleep(random.between(300, 900))
    const before = await childrenOf(server.pid)
    server.child.kill('SIGHUP')
    const isRestarted = async (): Promise<boolean> => {
      const now = await childrenOf(server.pid)
      return now.length >= workers && now.every(pid => !before.includes(pid))
    }
    if (!(await until(isRestarted, patience))) odd.push('the workers are the same')
  }
  await sleep(500)
  const outcome = await stopLoad()
  onPrinted(server.printed())
  await server.stop()
  const [must, ...others] = mustsOf(part, [outcome], odd, 'restarts')
  return must ? [{ ...must, what: `requests lost by ${done} restarts` }, ...others] : others
}

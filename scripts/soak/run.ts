import { type Contract, readContract } from '../../src/contract/index.js'
import { showProgress } from '../lib/progress.js'
import { root } from '../lib/root.js'
import { number } from '../lib/table.js'
import { type Accounts, accountsOf } from './accounts.js'
import type { Finding } from './finding.js'
import { fuzz, type Fuzzed } from './fuzz.js'
import { knownOperations } from './grammar/known.js'
import { standGreedy } from './greedy.js'
import { greedyKinds } from './greedy-clients.js'
import { mustsOfLog } from './leaks.js'
import type { Must, Skipped } from './must.js'
import type { Mode, Options, Part } from './options.js'
import type { SoakResult } from './page.js'
import { Random } from './random.js'
import type { Recorder } from './recorder.js'
import { type ServerOptions, startSoaked } from './server.js'
import { restartUnderLoad, stopUnderLoad } from './stops.js'

/** What is asked by those who only want an answer: an operation that reads, with the credentials of somebody. */
const politeRequest = (contract: Contract, { accounts }: Accounts) => {
  const reads = knownOperations(contract).filter(({ method, body }) => method === 'GET' && body === 'none')
  const read = reads.find(({ outcomes, isSecured }) => outcomes.length === 1 && (!isSecured || accounts.length > 0))
  const [user] = accounts
  const headers = read?.isSecured === true && user ? { Authorization: `Bearer ${user.token}` } : {}
  const path = read?.path ?? '/openapi.json'
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  return { path, headers, request: `GET ${path} HTTP/1.1\r\nHost: soak.example\r\n${lines.join('')}\r\n` }
}

const mustsOfFuzz = (part: string, { requests, seconds, statuses, findings }: Fuzzed): Must[] => {
  const isHung = ({ what }: Finding): boolean => what.startsWith('hung')
  const isLeak = ({ what }: Finding): boolean => what.startsWith('the answer shows')
  const wrong = findings.filter(one => !isHung(one) && !isLeak(one))
  const must = (what: string, found: readonly Finding[], good: string): Must => {
    return {
      part,
      what,
      limit: 'none',
      measured: found.length === 0 ? good : `${found.length} kinds`,
      isKept: found.length === 0
    }
  }
  const kinds = [...statuses.keys()].sort((a, b) => a - b).join(', ')
  return [
    {
      part,
      what: 'requests',
      limit: '',
      measured: `${number(requests, 0)}, ${number(requests / seconds, 0)} in a second (${kinds})`,
      isKept: requests > 0
    },
    must('wrong answers', wrong, 'none'),
    must('hung connections', findings.filter(isHung), 'none'),
    must('secrets in answers', findings.filter(isLeak), 'none')
  ]
}

/** Which of the parts of a run go on for how long, in seconds, in each mode. */
const shares = ({ minutes, requests, only, modes }: Options) => {
  const all = (minutes * 60) / modes.length
  const isBoth = only.includes('fuzz') && only.includes('greedy')
  const greedy = requests === undefined ? (all * (isBoth ? 0.5 : 0.9)) / greedyKinds.length : 1
  return { fuzz: requests === undefined ? all * (isBoth ? 0.4 : 0.95) : Infinity, greedy: Math.max(1, greedy - 1.5) }
}

/** Starts servers, and does all to them that was asked for. */
export const soak = async (options: Options, recorder: Recorder): Promise<Omit<SoakResult, 'machine'>> => {
  const { seed, only, modes, workers, server: file, stops, requests = Infinity } = options
  const contract = await readContract(`${root}openapi.yaml`)
  const musts: Must[] = []
  const skipped: Skipped[] = []
  const findings: Finding[] = []
  const seconds = shares(options)
  const wanted = (part: Part): boolean => only.includes(part)

  const inMode = async (mode: Mode): Promise<void> => {
    const accounts = await accountsOf(mode, contract)
    if (!accounts) {
      skipped.push({ part: mode, why: 'skipped: the contract has no logins, so that no database would be asked.' })
      return
    }
    const launch: ServerOptions = { file, workers, environment: accounts.environment }
    const printed: string[] = []
    const polite = politeRequest(contract, accounts)
    if (wanted('fuzz') || wanted('greedy')) {
      const server = await startSoaked(launch)
      recorder.watch(server)
      const { port } = server
      if (wanted('fuzz')) {
        const part = `fuzz, ${mode}`
        recorder.phase(part)
        recorder.startCount()
        showProgress(part)
        const onProgress = (count: number, found: number): void => {
          recorder.requests(count)
          showProgress(part, `${number(count, 0)} requests, ${found} kinds of faults`)
        }
        const share = Math.ceil(requests / modes.length)
        const fuzzed = await fuzz({
          port,
          contract,
          accounts,
          seed,
          requests: share,
          seconds: seconds.fuzz,
          onProgress
        })
        recorder.endPhase()
        findings.push(...fuzzed.findings)
        musts.push(...mustsOfFuzz(part, fuzzed))
      }
      if (wanted('greedy')) {
        const part = `greedy, ${mode}`
        const login = `POST ${knownOperations(contract).find(({ body }) => body !== 'none')?.path ?? '/'} HTTP/1.1\r\nHost: soak.example\r\nContent-Type: application/x-www-form-urlencoded\r\n`
        const greed = { port, request: polite.request, login, random: new Random(seed) }
        const onProgress = (detail: string): void => showProgress(part, detail)
        musts.push(
          ...(await standGreedy({ part, server, greed, polite, seconds: seconds.greedy, recorder, onProgress }))
        )
      }
      recorder.unwatch()
      if (server.child.exitCode !== null || server.child.signalCode !== null)
        musts.push({ part: mode, what: 'the server', limit: 'still there', measured: 'gone', isKept: false })
      printed.push(server.printed())
      await server.stop()
    }
    for (const [part, ways] of [
      ['stops', stopUnderLoad],
      ['restarts', restartUnderLoad]
    ] as const) {
      if (!wanted(part)) continue
      const name = `${part}, ${mode}`
      const found = await ways({
        part: name,
        options: launch,
        request: polite.request,
        times: stops,
        random: new Random(seed),
        onProgress: detail => showProgress(name, detail),
        onPrinted: text => printed.push(text)
      })
      if ('why' in found) skipped.push(found)
      else musts.push(...found)
    }
    musts.push(...mustsOfLog(`log, ${mode}`, printed.join(''), accounts.secrets))
  }
  for (const mode of modes) await inMode(mode)
  return { musts, skipped, findings }
}

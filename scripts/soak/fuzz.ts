import type { Contract } from '../../src/contract/index.js'
import { AnswerCheck } from '../contract-tests/answer-check.js'
import { Judge } from '../contract-tests/judge.js'
import type { Accounts } from './accounts.js'
import { type Finding, findingOf } from './finding.js'
import { type Conversation, makeConversation } from './grammar/conversation.js'
import type { Grammar } from './grammar/forms.js'
import { knownOperations } from './grammar/known.js'
import { play } from './play.js'
import { Random } from './random.js'
import { type Fault, Verdict } from './verdict.js'

/** How many conversations go on at the same time. */
const atOnce = 64

/** The most kinds of faults that are looked for: more would only be read by nobody. */
const mostFindings = 30

export interface FuzzOptions {
  readonly port: number
  readonly contract: Contract
  readonly accounts: Accounts
  readonly seed: number
  /** How many requests, at least. */
  readonly requests: number
  /** How long, in seconds, at most. */
  readonly seconds: number
  /** Called with what has been answered so far, about each tenth of a second. */
  readonly onProgress: (requests: number, findings: number) => void
}

/** What came of it. */
export interface Fuzzed {
  readonly requests: number
  readonly conversations: number
  readonly seconds: number
  /** How many answers there were of each status. */
  readonly statuses: ReadonlyMap<number, number>
  readonly findings: readonly Finding[]
}

/** What it takes to make requests of a contract, and to judge answers. */
export const grammarOf = async (
  contract: Contract,
  accounts: Accounts
): Promise<{ readonly grammar: Grammar; readonly check: AnswerCheck }> => {
  const judges = { request: new Judge(contract, 'request'), answer: new Judge(contract, 'answer') }
  await Promise.all([judges.request.ready(), judges.answer.ready()])
  const logins = accounts.mode === 'real' ? 0.05 : 1
  const grammar = { operations: knownOperations(contract), accounts, judge: judges.request, logins }
  return { grammar, check: new AnswerCheck(contract, judges.answer) }
}

/** The same fault with as little around it as shows it: the one request alone, or without what came after it. */
const simplified = async (port: number, conversation: Conversation, fault: Fault, verdict: Verdict) => {
  const { steps } = conversation
  const alone = steps.slice(fault.request, fault.request + 1)
  const candidates = [
    alone,
    steps.slice(Math.max(0, fault.request - 1), fault.request + 1),
    steps.slice(0, fault.request + 1)
  ]
  for (const some of candidates) {
    if (some.length === 0 || some.length === steps.length) continue
    const smaller = { ...conversation, steps: some }
    const played = await play(port, smaller)
    const again = verdict.of(smaller, played)
    if (again?.what.split(' of ')[0] === fault.what.split(' of ')[0] && again !== undefined)
      return { conversation: smaller, played, fault: again }
  }
  return undefined
}

/** Sends random requests of the grammar over many connections at once, and holds what comes back to what has to. */
export const fuzz = async (options: FuzzOptions): Promise<Fuzzed> => {
  const { port, contract, accounts, seed, requests: wanted, seconds, onProgress } = options
  const { grammar, check } = await grammarOf(contract, accounts)
  const verdict = new Verdict(check, accounts.secrets)
  const findings = new Map<string, Finding>()
  const statuses = new Map<number, number>()
  const begin = performance.now()
  let [index, begun, requests, shown] = [0, 0, 0, 0]
  const spent = (): number => (performance.now() - begin) / 1000

  const converse = async (): Promise<void> => {
    while (begun < wanted && spent() < seconds && findings.size < mostFindings) {
      const own = index++
      const conversation = makeConversation(grammar, Random.of(seed, own))
      begun += conversation.steps.length
      const played = await play(port, conversation)
      requests += conversation.steps.length
      for (const { status } of played.answers) statuses.set(status, (statuses.get(status) ?? 0) + 1)
      const fault = verdict.of(conversation, played)
      if (fault) {
        const found = { conversation, played, fault }
        const key = findingOf(conversation, played, fault, '').key
        if (!findings.has(key)) {
          const least = (await simplified(port, conversation, fault, verdict)) ?? found
          const again = `npm run soak -- --only fuzz --seed ${seed} --modes ${accounts.mode}, conversation ${own}`
          findings.set(key, findingOf(least.conversation, least.played, least.fault, again))
        }
      }
      if (spent() - shown < 0.1) continue
      shown = spent()
      onProgress(requests, findings.size)
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, wanted) }, converse))
  return { requests, conversations: index, seconds: spent(), statuses, findings: [...findings.values()] }
}

import type { Random } from '../random.js'
import type { Draft } from './draft.js'
import type { Grammar } from './forms.js'
import type { KnownOperation } from './known.js'
import { makeRequest } from './request.js'

/** A request as it is sent, and how it has to be answered. */
export interface Step {
  readonly head: string
  readonly body: string
  /** Whether the client waits with the body until it is asked for it. */
  readonly waits: boolean
  /** Whether it has to be asked for it (RFC 9110 §10.1.1). */
  readonly isAsked: boolean
  readonly statuses: readonly number[]
  /** Whether the answer has to say that the connection ends; `undefined` if it may. */
  readonly closes: boolean | undefined
  readonly isHead: boolean
  /** Whether it is no request, or none that ends. */
  readonly isBroken: boolean
  /** The methods that a 405 has to name. */
  readonly allow: readonly string[] | undefined
  /** The operation that it gets to. */
  readonly operation: KnownOperation | undefined
  /** What decides how it is answered, and all that is odd about it. */
  readonly reason: string
  readonly traits: readonly string[]
}

/** How a conversation is sent: all at once, cut anywhere, drop by drop, or each request after the last answer. */
export type Manner = 'at once' | 'in pieces' | 'in drops' | 'in turn'

/** What is said on one connection. */
export interface Conversation {
  readonly steps: readonly Step[]
  readonly manner: Manner
  /** Whether the client goes away in the middle, and how: no answer has to come then. */
  readonly leaves: 'no' | 'ends' | 'resets'
  /** Where the bytes are cut, or the client goes away, as shares of all. */
  readonly cuts: readonly number[]
}

const stepOf = (draft: Draft): Step => {
  const waits = draft.isContinued && draft.body !== '' && !draft.isBroken
  if (draft.isContinued) draft.lines.push('Expect: 100-continue')
  return {
    head: draft.head,
    body: draft.body,
    waits,
    isAsked: waits && draft.isRead,
    statuses: draft.statuses,
    closes: draft.closes,
    isHead: draft.method === 'HEAD' && draft.stage !== 'parser',
    isBroken: draft.isBroken,
    allow: draft.stage === 'route' && draft.statuses.includes(405) ? draft.allow : undefined,
    operation: draft.isRouted ? draft.operation : undefined,
    reason: draft.reason,
    traits: draft.traits
  }
}

const mannerOf = (random: Random): Manner => {
  const share = random.share()
  return share < 0.35 ? 'at once' : share < 0.6 ? 'in pieces' : share < 0.61 ? 'in drops' : 'in turn'
}

/** Makes what is said on one connection. */
export const makeConversation = (grammar: Grammar, random: Random): Conversation => {
  const manner = mannerOf(random)
  const count = manner === 'in drops' ? 1 : random.chance(0.1) ? random.between(10, 60) : random.between(1, 12)
  const steps = Array.from({ length: count }, (_, index) => stepOf(makeRequest(grammar, index === count - 1, random)))
  const isHead = steps.some(step => step.isHead) // of what is cut off, it can't be told
  const leaves = !isHead && random.chance(0.03) ? (random.chance(0.5) ? 'ends' : 'resets') : 'no'
  const cuts = Array.from({ length: random.between(1, 8) }, () => random.share()).sort((a, b) => a - b)
  return { steps, manner, leaves, cuts }
}

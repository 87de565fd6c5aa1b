import { isJson } from '../../src/contract/index.js'
import type { AnswerCheck } from '../contract-tests/answer-check.js'
import type { Answer } from '../contract-tests/client.js'
import type { WireAnswer } from './answers.js'
import type { Conversation, Step } from './grammar/conversation.js'
import type { KnownOperation } from './grammar/known.js'
import type { Played } from './play.js'

/** What is wrong with what came of a conversation, and with which of its requests. */
export interface Fault {
  readonly request: number
  readonly what: string
}

const answerOf = ({ status, headers, body }: WireAnswer): Answer => {
  const text = Buffer.from(body, 'latin1').toString()
  if (!isJson(headers['content-type']) || text === '') return { status, headers, text, json: undefined }
  try {
    return { status, headers, text, json: JSON.parse(text) }
  } catch {
    return { status, headers, text, json: undefined }
  }
}

/** Holds what comes back against what has to. */
export class Verdict {
  readonly #check: AnswerCheck
  readonly #secrets: ReadonlyMap<string, string>
  /** What has been found of answers that came before, but for their dates: most do. */
  readonly #known = new Map<string, string | undefined>()

  constructor(check: AnswerCheck, secrets: ReadonlyMap<string, string>) {
    this.#check = check
    this.#secrets = secrets
  }

  /** The first thing that is wrong; `undefined` if nothing is. */
  of({ steps, leaves }: Conversation, played: Played): Fault | undefined {
    for (const [request, answer] of played.answers.entries()) {
      const step = steps[request]
      if (!step) break
      // Of a request that was cut off, nothing is known but that it isn't a fault of the server's.
      const what = leaves === 'no' ? this.#ofStep(step, answer) : this.#ofAny(answer, step.isHead)
      if (what !== undefined) return { request, what }
      if (answer.closes && request < steps.length - 1)
        return leaves === 'no' ? { request, what: 'the connection is closed before all is answered' } : undefined
    }
    const wrong = played.interim.find(({ before, status }) => {
      const step = steps[before]
      return status !== 100 || (step?.isAsked !== true && step?.isBroken !== true) // of a broken body there may be more
    })
    if (wrong && leaves === 'no')
      return { request: wrong.before, what: `an interim answer ${wrong.status} that nobody waits for` }
    if (played.problem !== undefined) return { request: played.answers.length, what: played.problem }
    const unasked = steps.findIndex(
      ({ isAsked }, index) => isAsked && !played.interim.some(({ before }) => before === index)
    )
    return unasked >= 0 && leaves === 'no' ? { request: unasked, what: 'no 100 Continue' } : undefined
  }

  #ofStep(step: Step, answer: WireAnswer): string | undefined {
    const { status } = answer
    if (!step.statuses.includes(status)) return `the status is ${status}, not ${step.statuses.join(' or ')}`
    if (step.closes !== undefined && step.closes !== answer.closes)
      return step.closes ? 'the answer has no Connection: close' : 'the answer has Connection: close'
    if (
      status === 405 &&
      step.allow &&
      !step.allow.every(method => answer.headers['allow']?.split(', ').includes(method))
    )
      return `Allow is ${answer.headers['allow'] ?? '(none)'}, not ${step.allow.join(', ')}`
    return this.#ofAny(answer, step.isHead, step.operation)
  }

  #ofAny(answer: WireAnswer, isHead: boolean, operation?: KnownOperation): string | undefined {
    const key = `${operation?.object.pointer ?? ''} ${isHead} ${answer.head.replace(/^date: .*$/im, '')}${answer.body}`
    if (this.#known.has(key)) return this.#known.get(key)
    const what = this.#judged(answer, isHead, operation)
    if (this.#known.size > 20_000) this.#known.clear() // answers with tokens never come again
    this.#known.set(key, what)
    return what
  }

  #judged(wire: WireAnswer, isHead: boolean, operation?: KnownOperation): string | undefined {
    const answer = answerOf(wire)
    for (const [secret, name] of this.#secrets) {
      if (wire.head.includes(secret) || wire.body.includes(secret)) return `the answer shows ${name}`
    }
    if (answer.status >= 500 && answer.status !== 505) return `the status is ${answer.status}`
    if (wire.headers['date'] === undefined) return 'the answer has no Date'
    if (isHead) return undefined
    if (operation) {
      const [breach] = this.#check.breachesOfRefusal(operation.object, answer)
      if (breach) return breach.what
    }
    if (isJson(wire.headers['content-type']) && answer.json === undefined) return "the body isn't well-formed JSON"
    return answer.status >= 400 && answer.json === undefined ? 'the refusal has no body of JSON' : undefined
  }
}

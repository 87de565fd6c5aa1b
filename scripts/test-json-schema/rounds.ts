import { isDeepStrictEqual } from 'node:util'
import type { Answer } from '../contract-tests/client.js'
import type { NextReply, ServedGroup } from './served-groups.js'
import type { SuiteTest } from './suite.js'
import { hasUndeclaredFields } from './undeclared-fields.js'

/** How a test came out as a request. */
export type RequestOutcome = 'agree' | 'disagree' | 'error' | 'refused'

/**
 * How it came out as a reply. `lost` is a valid value that was refused or left as another; `undeclared` one whose fields
 * the schema doesn't declare, which don't leave; `left` an invalid one that left a strict server; `changed` one that
 * left another server as another value.
 */
export type ReplyOutcome = 'right' | 'lost' | 'undeclared' | 'left' | 'changed' | 'refused'

export interface Outcome {
  readonly request: RequestOutcome
  readonly strict: ReplyOutcome
  readonly production: ReplyOutcome
}

/** The outcome of a test whose schema is refused before the server listens. */
export const refusedOutcome: Outcome = { request: 'refused', strict: 'refused', production: 'refused' }

/** Sends the value of a test to a served group, and lets its handler reply with it. */
export const tryTest = async (served: ServedGroup, test: SuiteTest, next: NextReply): Promise<Outcome> => {
  const { path, strict, production } = served
  delete next.value
  const headers = { 'Content-Type': 'application/json' }
  const request = { method: 'POST', path, headers, body: JSON.stringify(test.data) }
  const { status } = await strict.send(request)
  next.value = { body: test.data }
  const reply = { method: 'POST', path }
  return {
    request: status >= 500 ? 'error' : status === (test.valid ? 204 : 422) ? 'agree' : 'disagree',
    strict: await replyOutcome(served, test, await strict.send(reply), true),
    production: await replyOutcome(served, test, await production.send(reply), false)
  }
}

const replyOutcome = async (
  { formed }: ServedGroup,
  { data, valid }: SuiteTest,
  answer: Answer,
  isStrict: boolean
): Promise<ReplyOutcome> => {
  const isSame = answer.status === 200 && isDeepStrictEqual(answer.json, JSON.parse(JSON.stringify(data)))
  if (!valid) {
    if (isStrict) return answer.status === 200 ? 'left' : 'right'
    return isSame || answer.status >= 500 ? 'right' : 'changed'
  }
  if (isSame) return 'right'
  return (await hasUndeclaredFields(formed.group.schema, data)) ? 'undeclared' : 'lost'
}

const requestRank: readonly RequestOutcome[] = ['refused', 'agree', 'disagree', 'error']
const replyRank: readonly ReplyOutcome[] = ['refused', 'right', 'undeclared', 'left', 'changed', 'lost']

const worse = <T>(rank: readonly T[], one: T, other: T): T => (rank.indexOf(one) > rank.indexOf(other) ? one : other)

/** The worse of the outcomes of a test in two forms. It is refused only if it is in both. */
export const worstOf = (one: Outcome, other: Outcome): Outcome => ({
  request: worse(requestRank, one.request, other.request),
  strict: worse(replyRank, one.strict, other.strict),
  production: worse(replyRank, one.production, other.production)
})

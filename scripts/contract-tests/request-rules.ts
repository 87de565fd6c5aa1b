import * as fc from 'fast-check'
import type { Sent } from './client.js'
import { brokenArbitrary, unbreakable } from './broken-values.js'
import { foreignBody, hasForeign } from './foreign-body.js'
import type { OperationRequests } from './operation-requests.js'
import { lazily } from './lazily.js'
import { patiently } from './patiently.js'
import type { PartValidator } from './part-validator.js'
import type { RequestPart } from './request-parts.js'
import { keyword, viewOf } from '../contract-diff/schema-view.js'
import { type Path, type Rule, rulesOf, wordsOf } from './rules.js'

/** A rule of an operation's requests, and how to break it and no other. */
export interface RequestRule {
  readonly pointer: string
  /** What it says, in a few words. */
  readonly words: string
  /** The `loc` of an answer that names it: the part of the request, and the way to the field in it. */
  readonly loc: Path
  /** Whether it says of which media type a body is, so that 415 is an answer, too. */
  readonly ofMediaType: boolean
  /** Requests that break it, or why there can't be any. */
  readonly broken: fc.Arbitrary<Sent> | string
}

/** Every rule of the requests to an operation, in the order of the contract. */
export const requestRules = (requests: OperationRequests, validator: PartValidator): RequestRule[] =>
  requests.parts.flatMap(part => {
    const name = part.in === 'header' ? part.name.toLowerCase() : part.name
    const loc = part.in === 'body' ? ['body'] : [part.in, name]
    const own = part.in === 'body' ? bodyRules(requests, part) : parameterRules(requests, part, loc)
    const rules = rulesOf([part.schema]).filter(({ isServers }) => !isServers)
    return [...own, ...rules.map(rule => schemaRule(requests, validator, part, rule, loc))]
  })

const schemaRule = (
  requests: OperationRequests,
  validator: PartValidator,
  part: RequestPart,
  rule: Rule,
  start: Path
): RequestRule => {
  const complaint = (): string =>
    `No request was found that breaks ${wordsOf(rule)} at ${requests.contract.place(rule.pointer)}, and nothing else.`
  const breaking = (): fc.Arbitrary<Sent> => {
    const values = brokenArbitrary([part.schema], rule, part.writing)
    const broken = patiently(values, value => validator.breaks(part, rule, value), complaint())
    return requests.with(part, broken).map(request => requests.sent(request))
  }
  const surplus = /^(additional|unevaluated)P/.test(rule.keyword) ? ['undeclared'] : []
  return {
    pointer: rule.pointer,
    words: part.in === 'body' ? wordsOf(rule) : `${wordsOf(rule)} in ${part.in} ${part.name}`,
    loc: [...start, ...rule.path, ...surplus],
    ofMediaType: false,
    broken: unbreakable(rule, part.writing) ?? lazily(breaking)
  }
}

// Without a parameter of its path, a request would be one to another path.
const parameterRules = (requests: OperationRequests, part: RequestPart, loc: Path): RequestRule[] => {
  const { in: location, name } = part
  if (!part.required || location === 'path' || location === 'body') return []
  const broken = requests.valid().map(({ parameters, body }) => {
    const rest = Object.entries(parameters[location] ?? {}).filter(([other]) => other !== name)
    const without = { ...parameters, [location]: Object.fromEntries(rest) }
    return requests.sent({ parameters: without, ...(body && { body }) })
  })
  const words = `\`required\` of ${location} ${name}`
  const why = keyword(viewOf([part.schema]), 'default').length > 0 ? 'its default stands in for it' : undefined
  return [{ pointer: part.requiredAt, words, loc, ofMediaType: false, broken: why ?? broken }]
}

const bodyRules = (requests: OperationRequests, part: RequestPart): RequestRule[] => {
  const isEmptyFine = part.writing.kind === 'form' && rulesOf([part.schema]).every(rule => rule.keyword !== 'required')
  const declared = requests.body
  const why = isEmptyFine ? 'a form may be empty' : part.required ? undefined : 'the body may be left out'
  const whyForeign = declared && hasForeign(declared) ? why : 'a body may be of any media type'
  const rule = { loc: ['body'] }
  const valid = requests.valid()
  const foreign = (): fc.Arbitrary<Sent> =>
    fc
      .tuple(valid, foreignBody(declared ?? { pointer: '', required: false, contents: new Map() }))
      .map(([values, of]) => {
        const { headers = {}, body, ...sent } = requests.sent(values)
        const text = of.write(values.body?.value, typeof body === 'string' ? body : '')
        return { ...sent, headers: { ...headers, 'Content-Type': of.mediaType }, body: text }
      })
  const bodiless = (): fc.Arbitrary<Sent> => valid.map(({ parameters }) => requests.sent({ parameters }))
  const words = `the media type ${part.name}`
  const ofMediaType = { ...rule, pointer: part.pointer, words, ofMediaType: true, broken: whyForeign ?? foreign() }
  if (!part.required) return [ofMediaType]
  const required = { ...rule, pointer: part.requiredAt, words: '`required` of the body', ofMediaType: false }
  return [{ ...required, broken: why ?? bodiless() }, ofMediaType]
}

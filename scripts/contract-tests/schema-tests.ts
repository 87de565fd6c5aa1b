import * as fc from 'fast-check'
import { isRecord, operationsOf } from '../../src/contract/index.js'
import { alternativesOf } from './examples/example-pairs.js'
import { namedExamples } from './examples/named-examples.js'
import type { Answer } from './client.js'
import { declaredAnswer, mediaTypeOf } from './answer-check.js'
import { unshownAnswer } from './answer-items.js'
import { signed } from './credentials.js'
import { nobodyAsks } from './askers.js'
import { goodRequest } from './named-requests.js'
import { NothingFoundError } from './patiently.js'
import { isProblemOfMock, isRefusalOfMock, isUnmocked, whyNotMocked } from './mocked.js'
import { whyUnasked } from './request-parts.js'
import { forAll } from './properties.js'
import type { RequestRule } from './request-rules.js'
import type { ContractTest, OperationSuite } from './operation-suite.js'
import type { Breach } from './violation.js'

/** The fewest requests that try to break a rule, and the fewest of them where a mock refuses them. */
const fewest = 20
const fewestOfMock = 5

/**
 * Tests with random requests: valid ones, ones that break one rule each, and methods that the contract doesn't have.
 * Where nothing puts back what requests change, an operation that changes something gets no random valid ones (nobody
 * wants 500 more notes, or 500 fewer), and fewer that break rules: those have to be refused, and so change nothing.
 */
export const schemaTests = (suite: OperationSuite): ContractTest[] => {
  const { operation, rules, runs, contract, object, askers, coverage, isSpared } = suite
  const breakable = rules.filter(({ broken }) => typeof broken !== 'string')
  const least = suite.isMock === true ? fewestOfMock : fewest
  const each = isSpared ? least : Math.max(least, Math.ceil(runs / Math.max(1, breakable.length)))
  const isAskedFor = alternativesOf(contract, object).length === 0 || askers.all(object).length > 0
  const why = whyUnasked(contract, object) ?? (isAskedFor ? undefined : nobodyAsks)
  const isAsked = why === undefined
  const seconds = secondsOf(suite)
  const valid = {
    operation,
    name: `valid requests are answered as declared (${runs} of them${seconds === undefined ? '' : `, or as many as ${seconds} s allow`})`,
    run: () => sendValid(suite)
  }
  for (const way of ['accepted', 'refused'] as const) if (why !== undefined) coverage.excuseRules(operation, way, why)
  if (whyUnasked(contract, object) !== undefined) coverage.note(`${operation} in whole`, why ?? '')
  if (isAsked && isSpared) {
    coverage.note(`${operation} random valid requests`, nothingIsPutBack)
    coverage.excuseRules(operation, 'accepted', nothingIsPutBack)
  }
  const ofSchemas: ContractTest[] = [
    ...(isSpared ? [] : [valid]),
    ...breakable.map(rule => ({
      operation,
      name: `requests that break ${rule.words} are refused (${each} of them)`,
      run: () => sendBroken(suite, rule, each)
    }))
  ]
  const tests = isAsked ? ofSchemas : []
  const [first] = operationsOf(contract).filter(({ path }) => path === object.path)
  if (first !== object) return tests
  return [...tests, { operation, name: `${object.path} has no other methods`, run: () => sendOtherMethods(suite) }]
}

const nothingIsPutBack = 'nothing puts back what it changes (name what does in CONTRACT_RESET)'

const secondsOf = ({ issuesTokens, seconds }: OperationSuite): number | undefined =>
  issuesTokens ? seconds : undefined

const sendValid = async (suite: OperationSuite): Promise<void> => {
  const { operation, object, requests, askers, exchange, target, coverage, runs, seed } = suite
  const seconds = secondsOf(suite)
  const welcome = askers.welcome(object)
  const names = askers.all(object)
  const values = fc.tuple(requests.valid(), fc.constantFrom(...(names.length > 0 ? names : [undefined])))
  const tried = await forAll(values, { runs, seed, seconds }, async ([value, name]) => {
    const sent = signed(requests.sent(value), await askers.credentials(object, name))
    const refused = [413, 415, 422, ...(name !== undefined && welcome.includes(name) ? [401] : [])]
    const judge = (answer: Answer): Breach[] =>
      (refused.includes(answer.status) || answer.status >= 500) && !isUnmocked(answer)
        ? [{ pointer: object.pointer, what: `A valid request is answered ${answer.status}.` }]
        : []
    const answer = await exchange.ask(target, object, sent, judge)
    if (isUnmocked(answer)) coverage.note(`${operation} what it answers`, whyNotMocked.none)
    countUnshown(suite, answer)
    if (answer.status === 401 || answer.status === 403) return // nobody has looked at the rest of the request
    for (const pointer of requests.kept(value)) coverage.hit({ operation, pointer }, 'accepted')
  }).catch((error: unknown) => {
    if (!(error instanceof NothingFoundError)) throw error
    coverage.excuseRules(operation, 'accepted', error.message)
    return runs
  })
  if (tried === runs || seconds === undefined) return
  const why = `${seconds} s were over (CONTRACT_SECONDS)`
  coverage.note(`${operation} ${tried} of ${runs} random valid requests`, why)
  coverage.excuseRules(operation, 'accepted', why)
}

const sendBroken = async (suite: OperationSuite, rule: RequestRule, runs: number): Promise<void> => {
  const { operation, object, askers, exchange, target, coverage, seed } = suite
  if (typeof rule.broken === 'string') return
  const credentials = await askers.credentials(object, askers.welcome(object)[0])
  const part = { operation, pointer: rule.pointer }
  const sending = forAll(rule.broken, { runs, seed }, async request => {
    const judge = (answer: Answer): Breach[] => refusalBreaches(suite, rule, answer)
    countUnshown(suite, await exchange.askForbidden(target, object, signed(request, credentials), judge))
    coverage.hit(part, 'refused')
  })
  await sending.catch((error: unknown) => {
    if (!(error instanceof NothingFoundError)) throw error
    coverage.excuse(part, 'refused', 'no request was found that breaks it, and nothing else')
  })
}

/** Counts an answer that no example leads to: it may be reached by chance. */
export const countUnshown = ({ contract, object, operation, coverage }: OperationSuite, answer: Answer): void => {
  const declared = declaredAnswer(contract, object, answer.status)
  if (declared) coverage.hit(unshownAnswer(operation, declared, mediaTypeOf(answer) ?? ''), 'reached')
}

/** The status of a request that breaks a rule of its schema, where the operation declares it. */
const invalid = 422

// What is said of a rule has nothing to do with who asks.
const ofOthers = new Set([401, 403])

const refusalBreaches = (suite: OperationSuite, rule: RequestRule, answer: Answer): Breach[] => {
  const { status } = answer
  const declared = Object.keys(suite.object.operation.responses ?? {})
  const isAnyRefusal =
    declared.some(key => key === '4XX' || key === 'default') || !declared.some(key => /^4\d\d$/.test(key))
  const others = declared.map(Number).filter(code => code >= 400 && code < 500 && !ofOthers.has(code))
  const isInvalidDeclared = declared.includes(String(invalid))
  const expected = [...(isInvalidDeclared ? [invalid] : others), ...(rule.ofMediaType ? [415] : [])]
  const isOwn =
    (status === 400 || status === invalid) && !declared.some(key => key === '400' || key === String(invalid))
  const isExpected =
    isOwn ||
    isRefusalOfMock(answer) ||
    expected.includes(status) ||
    (!isInvalidDeclared && isAnyRefusal && status >= 400 && status < 500)
  if (!isExpected) {
    const wanted = isAnyRefusal && !isInvalidDeclared ? 'refused' : expected.join(' or ')
    return [
      { pointer: rule.pointer, what: `A request that breaks ${rule.words} is answered ${status}, not ${wanted}.` }
    ]
  }
  const locs = status === invalid && showsLocs(suite) && !isProblemOfMock(answer) ? locsOf(answer.json) : undefined
  if (!locs) return []
  const wanted = JSON.stringify(rule.loc)
  const begins = wanted.slice(0, -1)
  const ofBody = rule.loc.length === 1 && rule.loc[0] === 'body'
  if (locs.every(loc => loc.startsWith(begins)) && (ofBody ? locs.length > 0 : locs.includes(wanted))) return []
  return [{ pointer: rule.pointer, what: `The answer names ${locs.join(', ')}, not ${wanted}.` }]
}

/** The places that the body of a refusal names, if it is written as FastAPI does: `{ detail: [{ loc: […] }] }`. */
const locsOf = (body: unknown): string[] | undefined => {
  const detail: unknown = isRecord(body) ? body['detail'] : undefined
  if (!Array.isArray(detail)) return undefined
  return detail.map((entry: unknown) => JSON.stringify(isRecord(entry) ? entry['loc'] : undefined))
}

const showsLocs = ({ contract, object }: OperationSuite): boolean => {
  const examples = namedExamples(contract, object).answers.filter(({ status }) => status === String(invalid))
  return examples.some(({ value }) => locsOf(value)?.some(loc => loc.startsWith('[')))
}

const sendOtherMethods = async (suite: OperationSuite): Promise<void> => {
  const { contract, object, exchange, target, coverage, isSparing } = suite
  const shape = (path: string): string => path.replaceAll(/\{[^}]*\}/g, '{}') // equal templates are one path
  const declared = operationsOf(contract)
    .filter(({ path }) => shape(path) === shape(object.path))
    .map(({ method }) => method.toUpperCase())
  const pointer = object.pointer.slice(0, object.pointer.lastIndexOf('/'))
  const others = isSparing === true ? ['GET'] : ['GET', 'PUT', 'POST', 'DELETE', 'PATCH'] // one of them may be there
  if (isSparing === true) coverage.note(`${object.path} other methods than GET`, nothingIsPutBack)
  for (const method of others.filter(one => !declared.includes(one))) {
    await exchange.askUndeclared(target, object, { ...goodRequest(suite), method }, answer => {
      const allowed = (answer.headers.allow ?? '').split(/\s*,\s*/)
      const right = answer.status === 405 && declared.every(one => allowed.includes(one)) && !allowed.includes(method)
      const what = `${method} isn't declared, but is answered ${answer.status}, with Allow: ${answer.headers.allow ?? '(none)'}; it has to be 405, with ${declared.join(', ')}.`
      return right ? [] : [{ pointer, what }]
    })
  }
}

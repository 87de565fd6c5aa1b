import * as fc from 'fast-check'
import { isRecord, operationsOf } from '../../src/contract/index.js'
import { securityOf } from './examples/example-pairs.js'
import type { Answer } from './client.js'
import { declaredAnswer } from './answer-check.js'
import { goodRequest } from './named-requests.js'
import { NothingFoundError } from './patiently.js'
import { forAll } from './properties.js'
import type { RequestRule } from './request-rules.js'
import type { ContractTest, OperationSuite } from './suite.js'
import type { Breach } from './violation.js'

/** The fewest requests that try to break a rule. */
const fewest = 20

/** Tests with random requests: valid ones, ones that break one rule each, and methods that the contract doesn't have. */
export const schemaTests = (suite: OperationSuite): ContractTest[] => {
  const { operation, rules, runs, contract, object, askers } = suite
  const breakable = rules.filter(({ broken }) => typeof broken !== 'string')
  const each = Math.max(fewest, Math.ceil(runs / Math.max(1, breakable.length)))
  const isAsked = securityOf(object).length === 0 || askers.all(object).length > 0 // that nobody can is said elsewhere
  const ofSchemas: ContractTest[] = [
    { operation, name: `valid requests are answered as declared (${runs} of them)`, run: () => sendValid(suite) },
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

const sendValid = async (suite: OperationSuite): Promise<void> => {
  const { operation, object, requests, askers, exchange, target, coverage, runs, seed } = suite
  const welcome = askers.welcome(object)
  const names = securityOf(object).length > 0 ? askers.all(object) : []
  const values = fc.tuple(requests.valid(), fc.constantFrom(...(names.length > 0 ? names : [undefined])))
  await forAll(values, { runs, seed }, async ([value, name]) => {
    const request = requests.sent(value)
    const credentials = await askers.headers(object, name)
    const sent = { ...request, headers: { ...request.headers, ...credentials } }
    const refused = [413, 415, 422, ...(name !== undefined && welcome.includes(name) ? [401, 403] : [])]
    const judge = ({ status }: Answer): Breach[] =>
      refused.includes(status) || status >= 500
        ? [{ pointer: object.pointer, what: `A valid request is answered ${status}.` }]
        : []
    const answer = await exchange.ask(target, object, sent, judge)
    if (answer.status === 401 || answer.status === 403) return // nobody has looked at the rest of the request
    for (const pointer of requests.kept(value)) coverage.hit({ operation, pointer }, 'accepted')
  })
}

const sendBroken = async (suite: OperationSuite, rule: RequestRule, runs: number): Promise<void> => {
  const { operation, object, askers, exchange, target, coverage, seed } = suite
  if (typeof rule.broken === 'string') return
  const credentials = await askers.headers(object, askers.welcome(object)[0])
  const part = { operation, pointer: rule.pointer }
  const sending = forAll(rule.broken, { runs, seed }, async request => {
    const sent = { ...request, headers: { ...request.headers, ...credentials } }
    await exchange.ask(target, object, sent, answer => refusalBreaches(suite, rule, answer))
    coverage.hit(part, 'refused')
  })
  await sending.catch((error: unknown) => {
    if (!(error instanceof NothingFoundError) || !rule.isSubtle) throw error
    coverage.excuse(part, 'refused', 'no request was found that breaks it')
  })
}

/** The status of a request that breaks a rule of its schema, in the words of the chapter's application. */
const invalid = 422

const refusalBreaches = ({ contract, object }: OperationSuite, rule: RequestRule, answer: Answer): Breach[] => {
  const declared = Object.keys(object.operation.responses ?? {})
  const others = declared.map(Number).filter(code => code >= 400 && code < 500)
  const isDeclared = declaredAnswer(contract, object, invalid) !== undefined
  const expected = [...(isDeclared ? [invalid] : others), ...(rule.ofMediaType ? [415] : [])]
  if (!expected.includes(answer.status)) {
    const what = `A request that breaks ${rule.words} is answered ${answer.status}, not ${expected.join(' or ')}.`
    return [{ pointer: rule.pointer, what }]
  }
  const detail: unknown = isRecord(answer.json) ? answer.json['detail'] : undefined
  if (answer.status !== invalid || !Array.isArray(detail)) return []
  const locs = detail.map((entry: unknown) => JSON.stringify(isRecord(entry) ? entry['loc'] : undefined))
  const wanted = JSON.stringify(rule.loc)
  const begins = wanted.slice(0, -1)
  const ofBody = rule.loc.length === 1 && rule.loc[0] === 'body'
  if (locs.every(loc => loc.startsWith(begins)) && (ofBody ? locs.length > 0 : locs.includes(wanted))) return []
  return [{ pointer: rule.pointer, what: `The answer names ${locs.join(', ')}, not ${wanted}.` }]
}

const sendOtherMethods = async (suite: OperationSuite): Promise<void> => {
  const { contract, object, exchange, target } = suite
  const declared = operationsOf(contract)
    .filter(({ path }) => path === object.path)
    .map(({ method }) => method.toUpperCase())
  const pointer = object.pointer.slice(0, object.pointer.lastIndexOf('/'))
  for (const method of ['GET', 'PUT', 'POST', 'DELETE', 'PATCH'].filter(one => !declared.includes(one))) {
    await exchange.askUndeclared(target, object, { ...goodRequest(suite), method }, answer => {
      const allowed = (answer.headers.allow ?? '').split(/\s*,\s*/)
      const right = answer.status === 405 && declared.every(one => allowed.includes(one)) && !allowed.includes(method)
      const what = `${method} isn't declared, but is answered ${answer.status}, with Allow: ${answer.headers.allow ?? '(none)'}; it has to be 405, with ${declared.join(', ')}.`
      return right ? [] : [{ pointer, what }]
    })
  }
}

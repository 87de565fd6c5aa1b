import { operationsOf, tokenOperations } from '../../src/contract/index.js'
import { acceptTests } from './accept-tests.js'
import { AnswerCheck } from './answer-check.js'
import { answerItems } from './answer-items.js'
import { Askers } from './askers.js'
import { Coverage } from './coverage.js'
import { exampleTests } from './example-tests.js'
import { Exchange } from './exchange.js'
import { Judge } from './judge.js'
import { inOrder, phaseOf } from './phases.js'
import { OperationRequests } from './operation-requests.js'
import type { ContractTest, OperationSuite, SuiteOptions } from './operation-suite.js'
import { PartValidator } from './part-validator.js'
import { requestRules } from './request-rules.js'
import { schemaTests } from './schema-tests.js'
import { Secrets } from './secrets.js'
import { securityTests } from './security-tests.js'

/** The tests that a contract writes, and what they have tried of it once they have run. */
export interface Suite {
  readonly tests: readonly ContractTest[]
  readonly coverage: Coverage
}

/** Derives the tests of a contract: nothing in them knows its operations. */
export const contractSuite = (options: SuiteOptions): Suite => {
  const { contract, target, users, reset, isSparing = false } = options
  const coverage = new Coverage()
  const secrets = new Secrets()
  const judges = { request: new Judge(contract, 'request'), answer: new Judge(contract, 'answer') }
  const check = new AnswerCheck(contract, judges.answer)
  const logins = tokenOperations(contract)
  const exchange = new Exchange(contract, check, secrets, users ? logins : undefined)
  const askers = new Askers(contract, target, exchange, secrets, options)
  const validator = new PartValidator(judges.request)
  const suites = operationsOf(contract).map((object): OperationSuite => {
    const operation = `${object.method.toUpperCase()} ${object.path}`
    const requests = new OperationRequests(contract, object, validator)
    const rules = requestRules(requests, validator)
    for (const item of answerItems(contract, object, operation)) coverage.add(item)
    for (const { pointer, words, broken } of rules) {
      const why = typeof broken === 'string' ? broken : undefined
      const ways = why === undefined ? (['accepted', 'refused'] as const) : (['accepted'] as const)
      coverage.add({ operation, pointer, kind: 'rule', words, ways, why })
    }
    const issuesTokens = logins.has(object)
    const isSpared = isSparing && !issuesTokens && phaseOf(object) !== 'read'
    const asked = { object, operation, requests, rules, issuesTokens, isSpared }
    return { ...options, ...asked, askers, exchange, check, coverage }
  })
  const testsOf = (suite: OperationSuite): ContractTest[] => [
    ...exampleTests(suite),
    ...schemaTests(suite),
    ...acceptTests(suite),
    ...securityTests(suite)
  ]
  const tests = isSparing ? inOrder(suites, testsOf) : suites.flatMap(testsOf)
  const fromTheStart = async (run: ContractTest['run']): Promise<void> => {
    await Promise.all([judges.request.ready(), judges.answer.ready()])
    if (reset) {
      await reset()
      askers.forget() // what has been put back may know nothing of them
    }
    await run()
  }
  return { tests: tests.map(one => ({ ...one, run: () => fromTheStart(one.run) })), coverage }
}

import { type Contract, type OperationObject, operationsOf, tokenOperations } from '../../src/contract/index.js'
import { AnswerCheck } from './answer-check.js'
import { answerItems } from './answer-items.js'
import { Askers, type KnownBySide } from './askers.js'
import { Coverage } from './coverage.js'
import { exampleTests } from './example-tests.js'
import { Exchange } from './exchange.js'
import type { Sampling } from './properties.js'
import { inOrder, phaseOf } from './phases.js'
import { OperationRequests } from './operation-requests.js'
import { PartValidator } from './part-validator.js'
import { requestRules } from './request-rules.js'
import { schemaTests } from './schema-tests.js'
import { Secrets } from './secrets.js'
import { securityTests } from './security-tests.js'
import type { Target } from './target.js'

/** A test that the contract writes. */
export interface ContractTest {
  /** The method and the path template of its operation: `POST /token`. */
  readonly operation: string
  readonly name: string
  /** @throws {ContractViolation} */
  readonly run: () => Promise<unknown>
}

/** The same server with a fault, which only those who have its code can cause. */
export interface Faulty {
  /** One in whose every security step something unexpected happens. */
  readonly security: Target
  /** One in whose every handler something unexpected happens. */
  readonly handler: Target
}

export interface SuiteOptions extends Sampling, KnownBySide {
  readonly contract: Contract
  readonly target: Target
  readonly faulty?: Faulty | undefined
  /** Puts back what is there before a test. Each test begins with it. */
  readonly reset?: (() => Promise<void>) | undefined
  /**
   * Whether what requests change stays changed, for others, too. Operations that change something are then asked as
   * seldom as possible, and after all others: first those that create, last those that delete.
   */
  readonly isSparing?: boolean | undefined
}

/** What the tests of one operation have at hand. */
export interface OperationSuite extends SuiteOptions {
  readonly object: OperationObject
  /** Its method and its path template. */
  readonly operation: string
  readonly requests: OperationRequests
  readonly rules: ReturnType<typeof requestRules>
  readonly askers: Askers
  readonly exchange: Exchange
  readonly check: AnswerCheck
  readonly coverage: Coverage
  /** Whether it is a login, which takes its time, but changes nothing. */
  readonly issuesTokens: boolean
  /** Whether it changes something that nothing puts back. */
  readonly isSpared: boolean
}

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
  const check = new AnswerCheck(contract)
  const logins = tokenOperations(contract)
  const exchange = new Exchange(contract, check, secrets, users ? logins : undefined)
  const askers = new Askers(contract, target, exchange, secrets, options)
  const validator = new PartValidator(contract)
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
    ...securityTests(suite)
  ]
  const tests = isSparing ? inOrder(suites, testsOf) : suites.flatMap(testsOf)
  const fromTheStart = async (run: ContractTest['run']): Promise<void> => {
    if (reset) {
      await reset()
      askers.forget() // what has been put back may know nothing of them
    }
    await run()
  }
  return { tests: tests.map(one => ({ ...one, run: () => fromTheStart(one.run) })), coverage }
}

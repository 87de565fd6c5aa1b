import { type Contract, type OperationObject, operationsOf } from '../../src/contract/index.js'
import { tokenOperations } from './examples/example-pairs.js'
import { AnswerCheck } from './answer-check.js'
import { answerItems } from './answer-items.js'
import { Askers, type ContractUsers } from './askers.js'
import { Coverage } from './coverage.js'
import { exampleTests } from './example-tests.js'
import { Exchange } from './exchange.js'
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
  readonly run: () => Promise<void>
}

/** The same server with a fault, which only those who have its code can cause. */
export interface Faulty {
  /** One in whose every security step something unexpected happens. */
  readonly security: Target
  /** One in whose every handler something unexpected happens. */
  readonly handler: Target
}

export interface SuiteOptions {
  readonly contract: Contract
  readonly target: Target
  readonly faulty?: Faulty | undefined
  /** Who logs in, where that isn't as the examples of the contract say. */
  readonly users?: ContractUsers | undefined
  /** How many valid requests are sent to each operation, and how many that break one of its rules. */
  readonly runs: number
  /** What random requests are made from: the same seed and the same number of runs make the same requests. */
  readonly seed: number
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
  readonly coverage: Coverage
}

/** The tests that a contract writes, and what they have tried of it once they have run. */
export interface Suite {
  readonly tests: readonly ContractTest[]
  readonly coverage: Coverage
}

/** Derives the tests of a contract: nothing in them knows its operations. */
export const contractSuite = (options: SuiteOptions): Suite => {
  const { contract } = options
  const coverage = new Coverage()
  const secrets = new Secrets()
  const exchange = new Exchange(
    contract,
    new AnswerCheck(contract),
    secrets,
    options.users ? tokenOperations(contract) : undefined
  )
  const askers = new Askers(contract, options.target, exchange, secrets, options.users ?? {})
  const validator = new PartValidator(contract)
  const tests = operationsOf(contract).flatMap((object): ContractTest[] => {
    const operation = `${object.method.toUpperCase()} ${object.path}`
    const requests = new OperationRequests(contract, object, validator)
    const rules = requestRules(requests, validator)
    for (const item of answerItems(contract, object, operation)) coverage.add(item)
    for (const { pointer, words, broken } of rules) {
      const why = typeof broken === 'string' ? broken : undefined
      coverage.add({
        operation,
        pointer,
        kind: 'rule',
        words,
        ways: why === undefined ? ['accepted', 'refused'] : ['accepted'],
        why
      })
    }
    const suite = { ...options, object, operation, requests, rules, askers, exchange, coverage }
    return [...exampleTests(suite), ...schemaTests(suite), ...securityTests(suite)]
  })
  return { tests, coverage }
}

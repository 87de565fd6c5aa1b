import type { Contract, OperationObject } from '../../src/contract/index.js'
import type { AnswerCheck } from './answer-check.js'
import type { Askers, KnownBySide } from './askers.js'
import type { Coverage } from './coverage.js'
import type { Exchange } from './exchange.js'
import type { OperationRequests } from './operation-requests.js'
import type { Sampling } from './properties.js'
import type { requestRules } from './request-rules.js'
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

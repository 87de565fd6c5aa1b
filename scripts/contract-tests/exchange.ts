import { basePathsOf, type Contract, type OperationObject } from '../../src/contract/index.js'
import type { Answer, Sent } from './client.js'
import type { AnswerCheck } from './answer-check.js'
import type { Secrets } from './secrets.js'
import type { Target } from './target.js'
import { type Breach, ContractViolation, messageOf } from './violation.js'

/** Sends requests, and holds every answer against the contract. */
export class Exchange {
  readonly #contract: Contract
  readonly #check: AnswerCheck
  readonly #secrets: Secrets
  readonly #confidential: ReadonlySet<OperationObject>

  /** @param confidential operations whose successful answers no message may show: with tokens of real users in them */
  constructor(
    contract: Contract,
    check: AnswerCheck,
    secrets: Secrets,
    confidential: ReadonlySet<OperationObject> = new Set()
  ) {
    this.#contract = contract
    this.#check = check
    this.#secrets = secrets
    this.#confidential = confidential
  }

  /**
   * Sends a request to an operation.
   *
   * @param judge finds what is wrong with an answer besides what the contract says of every answer
   * @throws {ContractViolation} if the answer isn't what it has to be, or there is none
   */
  ask(
    target: Target,
    object: OperationObject,
    request: Sent,
    judge: (answer: Answer) => readonly Breach[]
  ): Promise<Answer> {
    return this.askUndeclared(target, object, request, answer => [
      ...judge(answer),
      ...this.#check.breaches(object, answer)
    ])
  }

  /**
   * Like `ask`, for a request that the contract doesn't allow. A server may refuse it with a status that the operation
   * doesn't declare: of that the contract says nothing.
   */
  askForbidden(
    target: Target,
    object: OperationObject,
    request: Sent,
    judge: (answer: Answer) => readonly Breach[]
  ): Promise<Answer> {
    return this.askUndeclared(target, object, request, answer => [
      ...judge(answer),
      ...this.#check.breachesOfRefusal(object, answer)
    ])
  }

  /** Like `ask`, for a request that the operation's path gets though the contract says nothing of it. */
  async askUndeclared(
    target: Target,
    object: OperationObject,
    below: Sent,
    judge: (answer: Answer) => readonly Breach[]
  ): Promise<Answer> {
    const [basePath = ''] = target.hasPath === true ? [] : basePathsOf(this.#contract, object)
    const request = { ...below, path: basePath + below.path }
    const answer = await target.send(request).catch((error: unknown) => String(error))
    if (typeof answer === 'string') {
      throw this.#violation(target, request, [{ pointer: object.pointer, what: `There was no answer: ${answer}.` }])
    }
    const breaches = judge(answer)
    if (breaches.length === 0) return answer
    const isHidden = this.#confidential.has(object) && answer.status < 300
    throw this.#violation(
      target,
      request,
      breaches,
      isHidden ? { ...answer, text: '(not shown: it has a token)' } : answer
    )
  }

  #violation(target: Target, request: Sent, breaches: readonly Breach[], answer?: Answer): ContractViolation {
    const place = (path: string): string => this.#contract.place(path, 'key')
    const message = messageOf(breaches, place, target, request, answer, text => this.#secrets.hide(text))
    return new ContractViolation(
      message,
      breaches.map(({ pointer }) => pointer)
    )
  }
}

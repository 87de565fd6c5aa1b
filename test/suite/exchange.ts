import type { Contract } from '../../src/contract/contract.js'
import type { OperationObject } from '../../src/contract/operation-objects.js'
import type { Answer, Sent } from '../support/client.js'
import type { AnswerCheck } from './answer-check.js'
import type { Secrets } from './secrets.js'
import type { Target } from './target.js'
import { type Breach, ContractViolation, messageOf } from './violation.js'

/** Sends requests, and holds every answer against the contract. */
export class Exchange {
  readonly #contract: Contract
  readonly #check: AnswerCheck
  readonly #secrets: Secrets

  constructor(contract: Contract, check: AnswerCheck, secrets: Secrets) {
    this.#contract = contract
    this.#check = check
    this.#secrets = secrets
  }

  /**
   * Sends a request to an operation.
   *
   * @param judge finds what is wrong with an answer besides what the contract says of every answer
   * @throws {ContractViolation} if the answer isn't what it has to be, or there is none
   */
  async ask(
    target: Target,
    object: OperationObject,
    request: Sent,
    judge: (answer: Answer) => readonly Breach[]
  ): Promise<Answer> {
    const answer = await target.send(request).catch((error: unknown) => String(error))
    if (typeof answer === 'string') {
      throw this.violation(target, request, [{ pointer: object.pointer, what: `There was no answer: ${answer}.` }])
    }
    const breaches = [...judge(answer), ...this.#check.breaches(object, answer)]
    if (breaches.length > 0) throw this.violation(target, request, breaches, answer)
    return answer
  }

  /** Like `ask`, where the contract says nothing of the answer. */
  async askUndeclared(target: Target, request: Sent, judge: (answer: Answer) => readonly Breach[]): Promise<void> {
    const answer = await target.send(request)
    const breaches = judge(answer)
    if (breaches.length > 0) throw this.violation(target, request, breaches, answer)
  }

  violation(target: Target, request: Sent, breaches: readonly Breach[], answer?: Answer): ContractViolation {
    const place = (path: string): string => this.#contract.place(path, 'key')
    const message = messageOf(breaches, place, target, request, answer)
    return new ContractViolation(
      this.#secrets.hide(message),
      breaches.map(({ pointer }) => pointer)
    )
  }
}

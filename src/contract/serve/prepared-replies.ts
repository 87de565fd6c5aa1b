import type { Contract } from '../openapi/contract.js'
import type { OperationObject } from '../openapi/operation-object.js'
import { type Response, responseOf } from '../openapi/response.js'
import { wordsFor } from '../own-words.js'
import type { Problems, Words } from '../problems.js'
import { protectiveHeaders } from './protective-headers.js'
import { type BodyWriter, bodyWriter } from './reply-body.js'

/** All that can be known of the replies of an operation with a status before there is one. */
export interface PreparedReply {
  readonly declared: Response
  /** Those that each such reply has: name, value, name, value, … */
  readonly headers: readonly string[]
  /** The media type if there is only one: so in nearly all contracts. */
  readonly only: string | undefined
  readonly bodies: ReadonlyMap<string, BodyWriter>
  /** What the server says in it by itself. */
  readonly words: Words
}

/** What is known of the replies of a contract, each found out when it is first needed. */
export class PreparedReplies {
  readonly #contract: Contract
  readonly #problems: Problems
  readonly #strict: boolean
  readonly #known = new Map<OperationObject, Map<number, PreparedReply | undefined>>()
  readonly #writers = new Map<string, BodyWriter>()

  constructor(contract: Contract, problems: Problems, strict: boolean) {
    this.#contract = contract
    this.#problems = problems
    this.#strict = strict
  }

  /** `undefined` if the operation declares no response for the status. */
  of(operation: OperationObject, status: number): PreparedReply | undefined {
    let statuses = this.#known.get(operation)
    if (!statuses) this.#known.set(operation, (statuses = new Map<number, PreparedReply | undefined>()))
    if (statuses.has(status)) return statuses.get(status)
    const declared = responseOf(this.#contract, operation.pointer, status)
    const prepared = declared && {
      declared,
      headers: [...declared.constantHeaders, ...protectiveHeaders(this.#contract, operation, declared)],
      ...this.#bodies(declared),
      words: wordsFor(declared.content, this.#problems)
    }
    statuses.set(status, prepared)
    return prepared
  }

  #bodies({ content }: Response): Pick<PreparedReply, 'bodies' | 'only'> {
    const bodies = new Map([...content].map(([type, at]) => [type, this.#bodyWriter(type, at)] as const))
    const [first, second] = bodies.keys()
    return { bodies, only: second === undefined && !first?.includes('*') ? first : undefined }
  }

  #bodyWriter(mediaType: string, at: string | undefined): BodyWriter {
    const key = `${mediaType} ${at ?? ''}`
    const writer = this.#writers.get(key) ?? bodyWriter(this.#contract, mediaType, at, this.#strict)
    this.#writers.set(key, writer)
    return writer
  }
}

import type { Contract } from '../openapi/contract.js'
import { evaluatorOf } from '../openapi/evaluator-of.js'
import type { OperationObject } from '../openapi/operation-object.js'
import type { OpenHeader, Response } from '../openapi/response.js'
import { headerFields, headerValue } from './header-fields.js'
import type { HeaderValue, Reply } from './reply.js'
import { type ReplyError, replyError } from './reply-error.js'

/** Writes the headers that a handler says. */
export class ReplyHeaders {
  readonly #contract: Contract
  readonly #strict: boolean

  constructor(contract: Contract, strict: boolean) {
    this.#contract = contract
    this.#strict = strict
  }

  /**
   * Adds the headers of a reply to a flat list of names and values, and those that are there by default.
   *
   * @throws {ReplyError} if one is missing, or isn't as it is declared
   */
  add(headers: string[], reply: Reply, response: Response, operation: OperationObject): void {
    const { openHeaders, pointer: at, constantHeaders } = response
    const fail = (what: string, rule: string): ReplyError =>
      replyError(this.#contract, operation, reply.status, what, rule)
    // The names of headers are not case-sensitive (RFC 9110 §5.1).
    const given = new Map(Object.entries(reply.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]))
    if (this.#strict) {
      const declared = new Set([...openHeaders.keys(), ...constantHeaders].map(name => name.toLowerCase()))
      const surplus = [...given].find(([name, value]) => value !== undefined && !declared.has(name))
      if (surplus) throw fail(`the header ${surplus[0]} isn't declared`, at)
    }
    for (const [name, header] of openHeaders) {
      const said = given.get(name.toLowerCase()) ?? presetOf(header)
      if (said !== undefined) {
        const value = headerValue(name, said)
        this.#check(name, value, header, fail)
        for (const text of headerFields(name, value, header)) headers.push(name, text)
      } else if (header.required) {
        throw fail(`the header ${name} is missing`, header.schema ?? header.pointer)
      }
    }
  }

  #check(
    name: string,
    value: HeaderValue,
    { schema }: OpenHeader,
    fail: (what: string, rule: string) => ReplyError
  ): void {
    if (schema === undefined) return
    const evaluator = evaluatorOf(this.#contract)
    const check = evaluator.checks.of(schema, this.#strict, 'reply')
    if (check(value, undefined, undefined)) return
    // Each cookie is a field, so that the schema may be that of one.
    const cookies: unknown = name.toLowerCase() === 'set-cookie' ? value : undefined
    if (Array.isArray(cookies) && cookies.every(one => check(one, undefined, undefined))) return
    const [first] = evaluator.violations(schema, value, 'reply')
    throw fail(`the header ${name} ${first?.message ?? 'is invalid'}`, first?.rule ?? schema)
  }
}

/** What a header is where nobody says it, if it has to be there. */
export const presetOf = ({ required, preset }: OpenHeader): HeaderValue | undefined =>
  required ? (preset?.value as HeaderValue | undefined) : undefined

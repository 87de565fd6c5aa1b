import { existsSync, readFileSync } from 'node:fs'
import { parseDocument } from 'yaml'
import { type Contract, isRecord, type OperationObject } from '../../src/contract/index.js'
import { askersOf, pairingOf, securityOf, tokenOperation } from './examples/example-pairs.js'
import type { Exchange } from './exchange.js'
import { requestOf } from './request.js'
import type { Secrets } from './secrets.js'
import type { Target } from './target.js'

/** By the name of an example: the fields of the login that are others than in the example, or a token instead of a login. */
export type ContractUsers = Readonly<Record<string, Readonly<Record<string, string>>>>

/**
 * Reads who logs in from a file of YAML or JSON: `johndoe: { username: …, password: … }` or `johndoe: { token: … }`.
 *
 * @throws {TypeError} that says what the file has to look like
 */
export const readUsers = (file: string): ContractUsers => {
  if (!existsSync(file)) throw new TypeError(`CONTRACT_USERS names a file that doesn't exist: ${file}.`)
  const document = parseDocument(readFileSync(file, 'utf8'), { prettyErrors: false }) // pretty ones quote the file
  if (document.errors.length > 0)
    throw new TypeError(`CONTRACT_USERS names a file that isn't well-formed YAML: ${file}.`)
  const users: unknown = document.toJS()
  const isUser = (user: unknown): user is Record<string, string> =>
    isRecord(user) && Object.values(user).every(value => typeof value === 'string')
  if (!isRecord(users) || !Object.values(users).every(isUser)) {
    throw new TypeError(`${file} has to give texts by the names of examples: johndoe: { username: …, password: … }.`)
  }
  return users as ContractUsers
}

/** Who asks secured operations: those who log in by the examples of the token operation. */
export class Askers {
  readonly #contract: Contract
  readonly #target: Target
  readonly #exchange: Exchange
  readonly #secrets: Secrets
  readonly #users: ContractUsers
  readonly #tokens = new Map<string, Promise<string>>()

  constructor(contract: Contract, target: Target, exchange: Exchange, secrets: Secrets, users: ContractUsers) {
    this.#contract = contract
    this.#target = target
    this.#exchange = exchange
    this.#secrets = secrets
    this.#users = users
    for (const [name, fields] of Object.entries(users)) {
      for (const [field, value] of Object.entries(fields))
        if (field !== 'username') secrets.add(value, `${field} of ${name}`)
    }
  }

  /** Whether somebody has a token already, and doesn't log in. */
  hasToken(name: string): boolean {
    return this.#users[name]?.['token'] !== undefined
  }

  /** Whether somebody else than in the example of this name asks, so that the answer is about somebody else, too. */
  isSomebodyElse(name: string): boolean {
    return Object.hasOwn(this.#users, name)
  }

  /** The fields of a form with those of whoever logs in in place of the example's. */
  inPlace(name: string, form: unknown): unknown {
    const fields = Object.entries(this.#users[name] ?? {}).filter(([field]) => field !== 'token')
    return isRecord(form) ? { ...form, ...Object.fromEntries(fields) } : form
  }

  /** The names of all who can log in to ask an operation. */
  all(object: OperationObject): string[] {
    if (securityOf(object).length === 0) return []
    const withToken = Object.keys(this.#users).filter(name => this.#users[name]?.['token'] !== undefined)
    return [...new Set([...askersOf(this.#contract, object), ...withToken])]
  }

  /** The names of those who are let in, too: whose examples the operation answers with 2xx; else of the first. */
  welcome(object: OperationObject): string[] {
    const { pairs } = pairingOf(this.#contract, object)
    const all = this.all(object)
    const names = all.filter(name => pairs.some(pair => pair.name === name && pair.answer.status.startsWith('2')))
    return names.length > 0 ? names : all.slice(0, 1)
  }

  /** The `Authorization` header of somebody who asks an operation; none if it is open to everybody. */
  async headers(object: OperationObject, name: string | undefined): Promise<Record<string, string>> {
    if (name === undefined || securityOf(object).length === 0) return {}
    const known = this.#tokens.get(name) ?? this.#token(object, name)
    this.#tokens.set(name, known)
    return { Authorization: `Bearer ${await known}` }
  }

  async #token(object: OperationObject, name: string): Promise<string> {
    const given = this.#users[name]?.['token']
    if (given !== undefined) return given
    const scheme = securityOf(object)
      .flat()
      .find(one => tokenOperation(this.#contract, one) !== undefined)
    const login = scheme === undefined ? undefined : tokenOperation(this.#contract, scheme)
    const example = login && pairingOf(this.#contract, login).pairs.find(pair => pair.name === name)
    const body = example?.requests.find(({ part }) => part.in === 'body')
    if (!login || !body) throw new Error(`Nothing says how \`${name}\` logs in.`)
    const value = this.inPlace(name, body.value)
    const request = requestOf(this.#contract, login, {
      parameters: {},
      body: { mediaType: body.part.name, value }
    })
    const answer = await this.#exchange.ask(this.#target, login, request, ({ status }) =>
      status === 200 ? [] : [{ pointer: body.pointer, what: `\`${name}\` can't log in: the answer is ${status}.` }]
    )
    const token: unknown = isRecord(answer.json) ? answer.json['access_token'] : undefined
    if (typeof token !== 'string') throw new Error(`The answer to the login of \`${name}\` has no \`access_token\`.`)
    if (this.isSomebodyElse(name)) this.#secrets.add(token, `token of ${name}`)
    return token
  }
}

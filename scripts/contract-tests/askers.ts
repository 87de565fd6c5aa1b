import { type Contract, declaredScopes, isRecord, type OperationObject } from '../../src/contract/index.js'
import { basicPair, type Credentials, credentialsFor, type KnownFields, together } from './credentials.js'
import { askersOf, pairingOf, alternativesOf } from './examples/example-pairs.js'
import type { Exchange } from './exchange.js'
import type { KnownAskers } from './known-askers.js'
import { lesserForm } from './lesser-form.js'
import { loginOf, loginRequest, tokenOf } from './login.js'
import { anybody } from './mocked.js'
import type { Secrets } from './secrets.js'
import type { Target } from './target.js'

/** What is known of those who ask besides what the contract says. */
export interface KnownBySide {
  /** Who the names of the contract's examples are: the answers to them are those of the examples. */
  readonly credentials?: KnownAskers | undefined
  /** Others in their places: what is answered with success is about somebody else, and no message shows their secrets. */
  readonly users?: KnownAskers | undefined
  /** Whether the server only mocks, so that anybody may ask who sends something in the right form. */
  readonly isMock?: boolean | undefined
}

/** Where to say who asks. */
export const whereKnown = 'say who it is in test/seed.ts, or in CONTRACT_USERS'

/** Why a secured operation isn't tried. */
export const nobodyAsks = `nobody can ask it: ${whereKnown}`

/** Who asks secured operations: those who log in by the examples of the token operation, and those who are known. */
export class Askers {
  readonly #contract: Contract
  readonly #target: Target
  readonly #exchange: Exchange
  readonly #secrets: Secrets
  readonly #known: KnownAskers
  readonly #users: KnownAskers
  readonly #isMock: boolean
  readonly #tokens = new Map<string, Promise<Credentials>>()
  readonly #all = new Map<OperationObject, string[]>()

  constructor(
    contract: Contract,
    target: Target,
    exchange: Exchange,
    secrets: Secrets,
    { credentials = {}, users = {}, isMock = false }: KnownBySide
  ) {
    this.#contract = contract
    this.#target = target
    this.#exchange = exchange
    this.#secrets = secrets
    this.#known = { ...(isMock && { anybody }), ...credentials, ...users }
    this.#isMock = isMock
    this.#users = users
    for (const [name, fields] of Object.entries(users)) {
      for (const [field, value] of Object.entries(fields))
        if (field !== 'username') secrets.add(value, `${field} of ${name}`)
      const { username, password } = fields
      if (username !== undefined && password !== undefined)
        secrets.add(basicPair(username, password), `username and password of ${name}`)
    }
  }

  /** Whether nobody knows how somebody logs in, because there is a token instead. */
  hasOnlyToken(name: string): boolean {
    return this.#users[name]?.['token'] !== undefined
  }

  /** Whether somebody else than in the example of this name asks, so that the answer is about somebody else, too. */
  isSomebodyElse(name: string): boolean {
    return Object.hasOwn(this.#users, name)
  }

  /** The fields of a form with those of whoever logs in in place of the example's. */
  inPlace(name: string, form: unknown): unknown {
    const fields = Object.entries(this.#fieldsOf(name)).filter(([field]) => field !== 'token' && field !== 'apiKey')
    return isRecord(form) ? { ...form, ...Object.fromEntries(fields) } : form
  }

  /** The names of all who can ask an operation; none if it is open to everybody. */
  all(object: OperationObject): string[] {
    const names = [...new Set([...askersOf(this.#contract, object), ...Object.keys(this.#known)])]
    const all = this.#all.get(object) ?? names.filter(name => this.ways(object, name).length > 0)
    this.#all.set(object, all)
    return all
  }

  /** The names of those who are let in, too: whose examples the operation answers with 2xx; else of the first. */
  welcome(object: OperationObject): string[] {
    const all = this.all(object)
    const { pairs } = pairingOf(this.#contract, object, all)
    const names = all.filter(name => pairs.some(pair => pair.name === name && pair.answer.status.startsWith('2')))
    return names.length > 0 ? names : all.slice(0, 1)
  }

  /** The credentials of somebody who asks an operation; none if it is open to everybody. */
  async credentials(object: OperationObject, name: string | undefined): Promise<Credentials> {
    const [way = []] = name === undefined ? [] : this.ways(object, name)
    return together(Object.values(await this.credentialsBy(way, name)))
  }

  /** The credentials of somebody for each of some schemes, by their names. */
  async credentialsBy(schemes: readonly string[], name: string | undefined): Promise<Record<string, Credentials>> {
    if (name === undefined) return {}
    const all = schemes.map(async scheme => [scheme, await this.#for(scheme, name)] as const)
    return Object.fromEntries(await Promise.all(all))
  }

  /** The alternatives of an operation's security for all of whose schemes somebody has credentials. */
  ways(object: OperationObject, name: string): readonly (readonly string[])[] {
    return alternativesOf(this.#contract, object).filter(schemes => this.canShow(schemes, name))
  }

  /** Whether somebody has credentials for all of some schemes. */
  canShow(schemes: readonly string[], name: string): boolean {
    return schemes.every(
      scheme => this.#givenFor(scheme, name) !== undefined || loginOf(this.#contract, scheme, name) !== undefined
    )
  }

  /** Whether anybody has credentials for a scheme. */
  canAnybodyShow(scheme: string): boolean {
    return Object.keys(this.#known).some(name => this.canShow([scheme], name))
  }

  /**
   * The credentials of somebody who logs in without asking for a scope; `undefined` if that can't be: where the example
   * doesn't ask for scopes, where there is a token instead, or where the server grants it all the same.
   *
   * @param needed the scopes that aren't asked for in its place either
   */
  async credentialsWithout(
    scheme: string,
    name: string,
    scope: string,
    needed: readonly string[]
  ): Promise<Credentials | undefined> {
    const { operation, body } = loginOf(this.#contract, scheme, name) ?? {}
    if (!operation || !body || this.#givenFor(scheme, name)) return undefined
    const others = declaredScopes(this.#contract, scheme).filter(one => !needed.includes(one))
    const form = lesserForm(this.inPlace(name, body.value), scope, others)
    if (form === undefined) return undefined
    const request = loginRequest(this.#contract, operation, body, form)
    const { token, scopes } = tokenOf(await this.#exchange.ask(this.#target, operation, request, () => []))
    return scopes.includes(scope) ? undefined : this.#shown(scheme, name, token)
  }

  /** Forgets the tokens: whoever asks logs in anew. */
  forget(): void {
    this.#tokens.clear()
  }

  #fieldsOf(name: string): KnownFields {
    return Object.hasOwn(this.#known, name) ? (this.#known[name] ?? {}) : {}
  }

  #givenFor(scheme: string, name: string): Credentials | undefined {
    const fields = this.#isMock ? { ...anybody, ...this.#fieldsOf(name) } : this.#fieldsOf(name)
    return credentialsFor(this.#contract, scheme, fields)
  }

  #for(scheme: string, name: string): Promise<Credentials> {
    const given = this.#givenFor(scheme, name)
    if (given) return Promise.resolve(given)
    const key = `${scheme} ${name}`
    const known = this.#tokens.get(key) ?? this.#logIn(scheme, name)
    this.#tokens.set(key, known)
    return known
  }

  async #logIn(scheme: string, name: string): Promise<Credentials> {
    const { operation, body } = loginOf(this.#contract, scheme, name) ?? {}
    if (!operation || !body) throw new Error(`Nothing says how \`${name}\` logs in.`)
    const request = loginRequest(this.#contract, operation, body, this.inPlace(name, body.value))
    const answer = await this.#exchange.ask(this.#target, operation, request, ({ status }) =>
      status === 200 ? [] : [{ pointer: body.pointer, what: `\`${name}\` can't log in: the answer is ${status}.` }]
    )
    const credentials = this.#shown(scheme, name, tokenOf(answer).token)
    if (!credentials) throw new Error(`The answer to the login of \`${name}\` has no \`access_token\`.`)
    return credentials
  }

  #shown(scheme: string, name: string, token: string | undefined): Credentials | undefined {
    if (token === undefined) return undefined
    if (this.isSomebodyElse(name)) this.#secrets.add(token, `token of ${name}`)
    return credentialsFor(this.#contract, scheme, { token })
  }
}

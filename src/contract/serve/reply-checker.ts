import type { Ajv2020, ValidateFunction } from 'ajv/dist/2020.js'
import { createAjv } from '../document/ajv.js'
import type { Contract } from '../openapi/contract.js'
import { pointer } from '../document/pointer.js'
import { pointerOf } from '../document/pointer-of.js'
import { type Reply, ReplyError } from './reply.js'
import type { Response } from '../openapi/response.js'
import { contractUri, schemaAt } from '../document/schema-uri.js'

/** Checks replies against the contract to the last header and field, for development and tests. */
export class ReplyChecker {
  readonly #contract: Contract
  readonly #ajv: Ajv2020
  readonly #validators = new Map<string, ValidateFunction>()

  constructor(contract: Contract) {
    this.#contract = contract
    this.#ajv = createAjv({ verbose: true }) // for the `parentSchema` of errors, by which their place is found
    this.#ajv.addSchema(contract.document, contractUri)
  }

  /**
   * @param stringify writes a JSON body as the contract declares it, without what it doesn't declare
   * @throws {ReplyError} if the contract declares something else than the reply has
   */
  check(operationId: string, response: Response, reply: Reply, stringify?: (body: unknown) => string): void {
    const refuse = (what: string, path: string): never => {
      const where = `${path} at ${this.#contract.place(path)}`
      throw new ReplyError(`The ${reply.status} of operation ${operationId} breaks the contract: ${what}: ${where}`)
    }
    const declared = new Set([
      ...response.openHeaders.keys(),
      ...response.constantHeaders.filter((_, i) => i % 2 === 0)
    ])
    for (const [name, value] of Object.entries(reply.headers ?? {})) {
      if (value !== undefined && !declared.has(name)) refuse(`the header ${name} isn't declared`, response.pointer)
    }
    for (const [name, header] of response.openHeaders) {
      const value = reply.headers?.[name]
      if (value === undefined && header.required) refuse(`the header ${name} is missing`, header.pointer)
      if (value !== undefined) this.#validate(header.pointer, value, `the header ${name}`, refuse)
    }
    const [only] = response.content.keys()
    const mediaType = reply.mediaType ?? only
    if (mediaType === undefined) {
      if (reply.body !== undefined) refuse('no body is declared', response.pointer)
      return
    }
    if (!response.content.has(mediaType)) refuse(`the media type ${mediaType} isn't declared`, response.pointer)
    const path = response.content.get(mediaType)
    if (path === undefined) return
    const meant = plain(reply.body)
    this.#validate(path, meant, 'the body', refuse)
    const surplus = stringify && firstMissing(meant, JSON.parse(stringify(meant)))
    if (surplus !== undefined) refuse(`the body has \`${surplus}\`, which isn't declared`, path)
  }

  #validate(path: string, value: unknown, what: string, refuse: (what: string, path: string) => never): void {
    const validator = this.#validators.get(path) ?? this.#ajv.compile(schemaAt(path))
    this.#validators.set(path, validator)
    if (!validator(value)) {
      const [error] = validator.errors ?? []
      const schema = pointerOf(this.#contract.document, error?.parentSchema)
      const rule = schema === undefined ? path : schema + pointer(error?.keyword ?? '')
      refuse(`${what}${error?.instancePath ?? ''} ${error?.message ?? 'is invalid'}`, rule)
    }
  }
}

// What JSON makes of a value: dates become strings, absent properties go.
const plain = (body: unknown): unknown => {
  const text = JSON.stringify(body) as string | undefined
  return text === undefined ? undefined : JSON.parse(text)
}

/** The JSON Pointer of the first thing in `meant` that is missing in `sent`. */
const firstMissing = (meant: unknown, sent: unknown, at = ''): string | undefined => {
  if (typeof meant !== 'object' || meant === null) return undefined
  for (const [key, value] of Object.entries(meant)) {
    const path = at + pointer(key)
    if (typeof sent !== 'object' || sent === null || !Object.hasOwn(sent, key)) return path
    const found = firstMissing(value, (sent as Record<string, unknown>)[key], path)
    if (found !== undefined) return found
  }
  return undefined
}

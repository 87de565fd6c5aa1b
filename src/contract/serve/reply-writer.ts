import type { ServerResponse } from 'node:http'
import fastJsonStringify from 'fast-json-stringify'
import type { Operation } from 'openapi-backend'
import type { Contract } from '../openapi/contract.js'
import { operationsOf } from '../openapi/operation-object.js'
import { type Reply, ReplyError } from './reply.js'
import { ReplyChecker } from './reply-checker.js'
import { type Response, responseOf } from '../openapi/response.js'
import { isJson, jsonMediaType } from '../openapi/media-type.js'
import { selfContained } from '../openapi/self-contained.js'

type Stringify = (body: unknown) => string

interface PreparedReply {
  readonly declared: Response
  readonly stringify: ReadonlyMap<string, Stringify>
  /** The media type if there is only one, and how to write it: so in nearly all contracts. */
  readonly only: { readonly mediaType: string; readonly stringify: Stringify } | undefined
}

/**
 * The one place that turns replies into bytes, and the gate that they leave by. What an operation answers is written
 * as the contract declares it: by serialisers compiled from its schemas at first use, so that an undeclared field
 * cannot leave, with undeclared headers left out and constant ones filled in. A strict writer doesn't leave out, but
 * refuses.
 */
export class ReplyWriter {
  readonly #contract: Contract
  readonly #pointers: Map<string, string>
  readonly #prepared = new Map<string, Map<number, PreparedReply>>()
  readonly #checker: ReplyChecker | undefined

  constructor(contract: Contract, { strict }: { readonly strict: boolean }) {
    this.#contract = contract
    this.#pointers = new Map(operationsOf(contract).map(one => [one.operationId ?? '', one.pointer]))
    this.#checker = strict ? new ReplyChecker(contract) : undefined
  }

  /**
   * Writes a reply and ends the response. Without an operation (404, 405) there is nothing to hold it to.
   *
   * @throws {ReplyError} before anything is written, if the contract doesn't declare the reply
   */
  write(response: ServerResponse, reply: Reply, operation?: Operation): void {
    if (operation?.operationId === undefined) {
      const headers = Object.entries(reply.headers ?? {}).flatMap(([name, value]) => [name, String(value)])
      send(
        response,
        reply.status,
        ['Content-Type', reply.mediaType ?? jsonMediaType, ...headers],
        JSON.stringify(reply.body)
      )
      return
    }
    const prepared = this.#prepare(operation.operationId, reply.status)
    const { declared } = prepared
    const mediaType = reply.mediaType ?? prepared.only?.mediaType
    const stringify = mediaType === undefined ? undefined : prepared.stringify.get(mediaType)
    this.#checker?.check(operation.operationId, declared, reply, isJson(mediaType) ? stringify : undefined)
    const headers = declared.constantHeaders.slice()
    if (reply.headers !== undefined) {
      for (const name of declared.openHeaders.keys()) {
        const value = reply.headers[name]
        if (value !== undefined) headers.push(name, String(value))
      }
    }
    if (declared.content.size === 0) {
      send(response, reply.status, headers, '')
      return
    }
    if (mediaType === undefined || stringify === undefined) {
      throw this.#error(
        operation.operationId,
        `the media type ${mediaType ?? '(none given)'}`,
        `${declared.pointer}/content`
      )
    }
    headers.push('Content-Type', mediaType)
    send(response, reply.status, headers, this.#text(stringify, reply.body, operation.operationId, declared))
  }

  // The serialiser's own error has the value in it that doesn't fit, and a value may be a secret.
  #text(stringify: Stringify, body: unknown, operationId: string, declared: Response): string {
    try {
      return stringify(body)
    } catch {
      throw this.#error(operationId, "a body that doesn't fit its schema", `${declared.pointer}/content`)
    }
  }

  #prepare(operationId: string, status: number): PreparedReply {
    let statuses = this.#prepared.get(operationId)
    if (!statuses) this.#prepared.set(operationId, (statuses = new Map<number, PreparedReply>()))
    const known = statuses.get(status)
    if (known) return known
    const operation = this.#pointers.get(operationId) ?? ''
    const declared = responseOf(this.#contract, operation, status)
    if (!declared) throw this.#error(operationId, `the status ${status}`, `${operation}/responses`)
    const stringify = new Map(
      [...declared.content].map(([type, path]) => [type, this.#stringifier(type, path)] as const)
    )
    const [first, second] = stringify
    const only = first && !second ? { mediaType: first[0], stringify: first[1] } : undefined
    const prepared = { declared, stringify, only }
    statuses.set(status, prepared)
    return prepared
  }

  #stringifier(mediaType: string, schema: string | undefined): Stringify {
    if (!isJson(mediaType)) return String
    return schema === undefined ? JSON.stringify : fastJsonStringify(selfContained(this.#contract, schema))
  }

  #error(operationId: string, what: string, path: string): ReplyError {
    const where = `${path} at ${this.#contract.place(path, 'key')}`
    return new ReplyError(
      `Operation ${operationId} answered with ${what}, which the contract doesn't declare: ${where}`
    )
  }
}

// One writeHead with a flat list of headers and one end: Node then makes one buffer and one system call of them.
const send = (response: ServerResponse, status: number, headers: string[], text: string): void => {
  if (status >= 200 && status !== 204 && status !== 304) headers.push('Content-Length', String(Buffer.byteLength(text)))
  response.writeHead(status, headers)
  response.end(text)
}

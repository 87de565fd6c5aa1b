import type { IncomingMessage } from 'node:http'
import { parse as parseQuery } from 'node:querystring'
import type { Operation, ParsedRequest, Request } from 'openapi-backend'
import { parse as parseCookies } from 'cookie'

/** The body of a request as it was read: a form, a text, one of another media type, none, or why it is turned away. */
export type Body =
  | { readonly mediaType: 'form'; readonly form: Record<string, unknown> }
  | { readonly mediaType: 'json'; readonly text: string }
  | { readonly mediaType: 'other' }
  | { readonly mediaType: 'none' }
  | { readonly mediaType: 'refused'; readonly status: number; readonly detail?: string }

/** The parts of a request that the contract declares for the operation, which its validator puts here. */
export interface RequestInput {
  params?: unknown
  query?: unknown
  headers?: unknown
  cookies?: unknown
  form?: unknown
  body?: unknown
  user?: unknown
}

const none: Readonly<Record<string, string>> = Object.freeze({})

/**
 * A request on its way through openapi-backend, which asks its router for a parsed request three times on the way.
 * This one is parsed once, and its query and cookies only if an operation declares some.
 */
export class ContractRequest implements ParsedRequest {
  readonly message: IncomingMessage
  readonly method: string
  readonly path: string
  headers: Request['headers']
  params: Readonly<Record<string, string>> = none
  readonly requestBody = undefined // openapi-backend's own place for it: here it is in `input`
  readonly input: RequestInput = {}
  operation: Operation | undefined = undefined
  content: Body | undefined = undefined
  fault: { readonly cause: unknown } | undefined = undefined
  readonly #search: string

  constructor(message: IncomingMessage) {
    const url = originForm(message.url ?? '/')
    const mark = url.indexOf('?')
    this.message = message
    this.method = (message.method ?? 'GET').toLowerCase()
    this.path = mark < 0 ? url : url.slice(0, mark)
    this.#search = mark < 0 ? '' : url.slice(mark + 1)
    this.headers = message.headers as Request['headers'] // Node never has `undefined` in them
  }

  #query: Record<string, string | string[]> | undefined = undefined
  get query(): Record<string, string | string[]> {
    return (this.#query ??= parseQuery(this.#search, '&', '=', { maxKeys: 0 }) as Record<string, string | string[]>)
  }

  #cookies: Record<string, unknown> | undefined = undefined
  get cookies(): Record<string, unknown> {
    return (this.#cookies ??= parseCookies(this.message.headers.cookie ?? ''))
  }
}

/** The path and the query of a request target, which a client may also send as a whole URL (RFC 9112 §3.2.2). */
const originForm = (target: string): string => {
  if (target.startsWith('/')) return target
  const afterScheme = target.indexOf('://') + 3
  const path = target.slice(afterScheme).search(/[/?]/)
  return afterScheme < 3 || path < 0 ? target : target.slice(afterScheme + path) // as sent, dots and all
}

import type { OpenAPIV3_1 } from 'openapi-types'
import { pointer } from '../document/pointer.js'
import { isRecord } from '../document/record.js'
import { targetOf } from '../document/reference.js'
import type { Contract } from './contract.js'
import { isJson } from './media-type.js'
import { responseKey } from './response-key.js'

/** How a header is written: as its Header Object says (OpenAPI 3.1 §4.8.21). */
export interface HeaderStyle {
  readonly isJson: boolean
  readonly explode: boolean
}

/** A header that a reply may have. */
export interface OpenHeader extends HeaderStyle {
  readonly required: boolean
  /** Where its Header Object stands. */
  readonly pointer: string
  /** Where its schema stands, if it has one. */
  readonly schema: string | undefined
  /** What is written where a reply that requires the header doesn't say it: the `default` of its schema. */
  readonly preset: { readonly value: unknown } | undefined
}

/** What the contract declares of one response of an operation (OpenAPI 3.1 §4.8.17). */
export interface Response {
  /** Where its Response Object stands. */
  readonly pointer: string
  /** Headers that can have only one value, which the server writes by itself: name, value, name, value, … */
  readonly constantHeaders: readonly string[]
  /** The other headers, by their names. */
  readonly openHeaders: ReadonlyMap<string, OpenHeader>
  /** The pointers of the schemas of its media types; `undefined` where a media type has none. */
  readonly content: ReadonlyMap<string, string | undefined>
}

// What `content` says of the media type goes (OpenAPI 3.1 §4.8.17), and how long a message is, only its writer knows.
const serversOwn = new Set(['content-type', 'content-length', 'transfer-encoding', 'connection'])

/** The response that the operation at a pointer declares for a status; `undefined` if it declares none. */
export const responseOf = (contract: Contract, operation: string, status: number): Response | undefined => {
  const responses = contract.resolve(operation + pointer('responses'))
  const key = responseKey(responses.value as object | undefined, status)
  if (key === undefined) return undefined
  const { pointer: at, value } = contract.resolve(responses.pointer + pointer(key))
  const response = value as OpenAPIV3_1.ResponseObject
  const constantHeaders: string[] = []
  const openHeaders = new Map<string, OpenHeader>()
  for (const name of Object.keys(response.headers ?? {})) {
    if (serversOwn.has(name.toLowerCase())) continue
    const { pointer: headerAt, value: header } = contract.resolve(at + pointer('headers', name))
    const { required, explode, content } = header as OpenAPIV3_1.HeaderObject
    const [mediaType] = Object.keys(content ?? {})
    const schema = headerAt + (mediaType === undefined ? pointer('schema') : pointer('content', mediaType, 'schema'))
    const { value } = contract.resolve(schema)
    const constant = isRecord(value) ? value['const'] : undefined
    if (typeof constant === 'string') {
      constantHeaders.push(name, constant)
      continue
    }
    openHeaders.set(name, {
      required: required === true,
      pointer: headerAt,
      schema: value === undefined ? undefined : schema,
      preset: isRecord(value) && Object.hasOwn(value, 'default') ? { value: value['default'] } : undefined,
      isJson: isJson(mediaType),
      explode: explode === true
    })
  }
  const content = new Map<string, string | undefined>()
  for (const [mediaType, { schema }] of Object.entries(response.content ?? {})) {
    const schemaPointer = schemaPointerOf(contract, at + pointer('content', mediaType, 'schema'), schema)
    content.set(mediaType, schema === undefined ? undefined : schemaPointer)
  }
  return { pointer: at, constantHeaders, openHeaders, content }
}

// A schema that is only a reference stands where that leads, so that it is compiled once for all that refer to it.
const schemaPointerOf = (contract: Contract, path: string, schema: unknown): string =>
  isRecord(schema) && typeof schema['$ref'] === 'string' && Object.keys(schema).length === 1
    ? targetOf(contract.document, schema['$ref'])
    : path

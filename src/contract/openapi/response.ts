import type { OpenAPIV3_1 } from 'openapi-types'
import { pointer } from '../document/pointer.js'
import { isRecord } from '../document/record.js'
import type { Contract } from './contract.js'
import { saysMore } from './self-contained.js'

/** What the contract declares of one response of an operation (OpenAPI 3.1 §4.8.17). */
export interface Response {
  /** Where its Response Object stands. */
  readonly pointer: string
  /** Headers that can have only one value, which the server writes by itself: name, value, name, value, … */
  readonly constantHeaders: readonly string[]
  /** The other headers, by their names. */
  readonly openHeaders: ReadonlyMap<string, { readonly required: boolean; readonly pointer: string }>
  /** The pointers of the schemas of its media types; `undefined` where a media type has none. */
  readonly content: ReadonlyMap<string, string | undefined>
}

/**
 * The key of the response that an operation declares for a status: the status itself, else its class (`4XX`), else
 * `default` (OpenAPI 3.1 §4.8.16). `undefined` if it declares none.
 */
export const responseKey = (responses: object | undefined, status: number): string | undefined =>
  [String(status), `${Math.floor(status / 100)}XX`, 'default'].find(key => Object.hasOwn(responses ?? {}, key))

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
  const openHeaders = new Map<string, { required: boolean; pointer: string }>()
  for (const name of Object.keys(response.headers ?? {})) {
    if (serversOwn.has(name.toLowerCase())) continue
    const header = contract.resolve(at + pointer('headers', name))
    const schema = contract.resolve(header.pointer + pointer('schema'))
    const constant = isRecord(schema.value) ? schema.value['const'] : undefined
    if (typeof constant === 'string') constantHeaders.push(name, constant)
    else {
      const required = (header.value as OpenAPIV3_1.HeaderObject).required === true
      openHeaders.set(name, { required, pointer: schema.pointer })
    }
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
  isRecord(schema) && '$ref' in schema && saysMore(schema) ? path : contract.resolve(path).pointer

import type { OpenAPIV3_1 } from 'openapi-types'
import type { Contract } from '../read-contract.js'
import { pointer, pointerOfFragment, tokensOf } from '../document/pointer.js'
import { childOf, isRecord } from '../document/record.js'

/** What the contract declares of one answer of an operation. */
export interface ReplySchema {
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
 * The key of the answer that an operation declares for a status: the status itself, else its class (`4XX`), else
 * `default` (OpenAPI 3.1 §4.8.16). `undefined` if it declares none.
 */
export const responseKey = (responses: object | undefined, status: number): string | undefined =>
  [String(status), `${Math.floor(status / 100)}XX`, 'default'].find(key => Object.hasOwn(responses ?? {}, key))

// What `content` says of the media type goes (OpenAPI 3.1 §4.8.17), and how long a message is, only its writer knows.
const serversOwn = new Set(['content-type', 'content-length', 'transfer-encoding', 'connection'])

/** The answer that the operation at a pointer declares for a status; `undefined` if it declares none. */
export const replySchema = (contract: Contract, operation: string, status: number): ReplySchema | undefined => {
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

// Keywords by which a schema says more of what may leave than the one that its `$ref` leads to.
const asserting = new Set([
  'properties',
  'additionalProperties',
  'patternProperties',
  'items',
  'allOf',
  'anyOf',
  'oneOf'
])

const saysMore = (schema: object): boolean => Object.keys(schema).some(key => asserting.has(key))

// A schema that is only a reference stands where that leads, so that it is compiled once for all that refer to it.
const schemaPointerOf = (contract: Contract, path: string, schema: unknown): string =>
  isRecord(schema) && '$ref' in schema && saysMore(schema) ? path : contract.resolve(path).pointer

/**
 * The schema at a place in the contract with all that it refers to, and nothing else of the contract, as one schema
 * whose `$ref`s lead into its own `definitions`: for a compiler that looks through the whole of what it is given, and
 * that doesn't know the escapes of JSON Pointers.
 */
export const selfContained = (contract: Contract, path: string): Record<string, unknown> => {
  const names = new Map<string, string>()
  const definitions: Record<string, unknown> = {}
  const define = (ref: string): string => {
    const { pointer: at, value } = contract.resolve(pointerOfFragment(ref))
    const name = names.get(at) ?? `s${names.size}`
    if (!names.has(at)) {
      names.set(at, name)
      definitions[name] = rewrite(value)
    }
    return `#/definitions/${name}`
  }
  const rewrite = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(rewrite)
    if (!isRecord(value)) return value
    const { $ref: ref, prefixItems, items, ...rest } = value
    // The compiler knows JSON Schema draft 7, in which a `$ref` hides what stands beside it and lists are `items`.
    if (typeof ref === 'string') {
      const target = { $ref: define(ref) }
      return saysMore(value) ? { allOf: [target, rewrite({ ...value, $ref: undefined })] } : target
    }
    const lists = Array.isArray(prefixItems)
      ? { items: rewrite(prefixItems), additionalItems: items === undefined ? true : rewrite(items) }
      : { ...(items !== undefined && { items: rewrite(items) }) }
    return { ...lists, ...Object.fromEntries(Object.entries(rest).map(([key, child]) => [key, rewrite(child)])) }
  }
  const root = rewrite(tokensOf(path).reduce(childOf, contract.document))
  return { ...(isRecord(root) ? root : {}), definitions }
}

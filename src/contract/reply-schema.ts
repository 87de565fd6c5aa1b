import type { OpenAPIV3_1 } from 'openapi-types'
import type { Contract } from './contract.js'
import { pointer, pointerOfFragment } from './pointer.js'
import { isRecord } from './record.js'

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
    if (name.toLowerCase() === 'content-type') continue // what `content` says goes (OpenAPI 3.1 §4.8.17)
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
    const schemaPointer = contract.resolve(at + pointer('content', mediaType, 'schema')).pointer
    content.set(mediaType, schema === undefined ? undefined : schemaPointer)
  }
  return { pointer: at, constantHeaders, openHeaders, content }
}

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
    const entries = Object.entries(value).map(([key, child]) =>
      key === '$ref' && typeof child === 'string' ? [key, define(child)] : [key, rewrite(child)]
    )
    return Object.fromEntries(entries) as unknown
  }
  const root = rewrite(contract.resolve(path).value)
  return { ...(isRecord(root) ? root : {}), definitions }
}

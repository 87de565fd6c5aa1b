import type { SchemaObject } from '@hyperjump/json-schema/draft-2020-12'
import {
  childOf,
  type Contract,
  isRecord,
  mapSubschemas,
  pointer,
  referred,
  tokensOf,
  walk
} from '../../src/contract/index.js'
import { keyword, schemaMap, viewOf } from '../contract-diff/schema-view.js'

/** Who sends a value: a client in a request, or the server in an answer. */
export type Direction = 'request' | 'answer'

/**
 * The schemas of a contract in a document of their own, for a validator: an example may look like a schema, and not
 * every name of a contract can stand in a URI. The outermost ones are its properties.
 */
export interface JudgedSchemas {
  readonly document: SchemaObject
  /** The pointers of all schemas in the contract, and in that document. Those that hold others come first. */
  readonly places: ReadonlyMap<string, string>
}

// What only the other side says: OpenAPI 3.0 says of both that `required` is then for one direction, and 3.1 refers to
// JSON Schema Validation §9.4.
const saidByTheOther = { request: 'readOnly', answer: 'writeOnly' } as const

/** The schemas of a contract as they hold for one direction: a property that only the other side says isn't required. */
export const judgedSchemas = (contract: Contract, direction: Direction): JudgedSchemas => {
  const marked = saidByTheOther[direction]
  const places = new Map<string, string>()
  const outermost: [name: string, schema: unknown][] = []
  const found: string[] = []
  walk(contract.document, (kind, object, at, parent) => {
    if (kind !== 'Schema') return
    if (parent !== 'Schema') outermost.push([`s${outermost.length}`, object])
    const root = parent === 'Schema' ? undefined : pointer(`s${outermost.length - 1}`)
    places.set(at, root ?? placeIn(places, at) ?? '')
    if (isRecord(object) && object[marked] === true) found.push(at)
  })
  const rewritten = (ref: string): string => {
    const target = referred({ contract, pointer: '', value: { $ref: ref } })
    const place = target && placeIn(places, target.pointer)
    return place === undefined ? ref : `#${encodeURI(place)}`
  }
  const document = Object.fromEntries(
    outermost.map(([name, schema]) => [name, copyOf(schema, rewritten)])
  ) as SchemaObject
  if (found.length > 0) for (const at of places.keys()) leaveOut(contract, { document, places }, at, marked)
  return { document, places }
}

/** Where in the document of the schemas something stands that is in one of them. */
export const placeIn = (places: ReadonlyMap<string, string>, at: string): string | undefined => {
  for (let end = at.length; end > 0; end = at.lastIndexOf('/', end - 1)) {
    const place = places.get(at.slice(0, end))
    if (place !== undefined) return place + at.slice(end)
  }
  return undefined
}

const annotations = new Set(['default', 'example', 'examples'])

const copyOf = (schema: unknown, rewritten: (ref: string) => string): unknown => {
  if (!isRecord(schema)) return schema
  const copy = mapSubschemas(schema, one => copyOf(one, typeof schema['$id'] === 'string' ? ref => ref : rewritten))
  const entries = Object.entries(copy).filter(([name]) => !annotations.has(name) && !name.startsWith('x-'))
  const isOwn = (name: string, value: unknown): value is string =>
    name === '$ref' && typeof value === 'string' && value.startsWith('#/') && typeof schema['$id'] !== 'string'
  return Object.fromEntries(entries.map(([name, value]) => [name, isOwn(name, value) ? rewritten(value) : value]))
}

/** Takes out of the lists of `required` of all that a schema is made of what only the other side says. */
const leaveOut = (contract: Contract, { document, places }: JudgedSchemas, at: string, marked: string): void => {
  const view = viewOf([{ contract, pointer: at, value: valueAt(contract.document, at) }])
  const lists = keyword(view, 'required')
  if (lists.length === 0) return
  const names = [...schemaMap(view, 'properties')].flatMap(([name, schemas]) =>
    keyword(viewOf(schemas), marked).some(({ value }) => value === true) ? [name] : []
  )
  if (names.length === 0) return
  for (const list of lists) {
    const owner = valueAt(document, places.get(list.pointer.slice(0, list.pointer.lastIndexOf('/'))) ?? '')
    if (!isRecord(owner) || !Array.isArray(owner['required'])) continue
    owner['required'] = owner['required'].filter(name => !names.includes(String(name)))
  }
}

/** What stands at a pointer; no reference is followed. */
export const valueAt = (value: unknown, path: string): unknown => tokensOf(path).reduce<unknown>(childOf, value)

import type { SchemaObject } from '@hyperjump/json-schema/draft-2020-12'
import { childOf, type Contract, isRecord, tokensOf, walk } from '../../src/contract/index.js'
import { keyword, schemaMap, viewOf } from '../contract-diff/schema-view.js'

/** Who sends a value: a client in a request, or the server in an answer. */
export type Direction = 'request' | 'answer'

/** The schemas of a contract, at the places where they stand, for a validator. */
export interface JudgedSchemas {
  /** The contract with its schemas and nothing else: an example may look like a schema. */
  readonly document: SchemaObject
  /** The pointers of all Schema Objects, those that hold others first. */
  readonly pointers: readonly string[]
}

// What only the other side says: OpenAPI 3.0 says of both that `required` is then for one direction, and 3.1 refers to
// JSON Schema Validation §9.4.
const saidByTheOther = { request: 'readOnly', answer: 'writeOnly' } as const

/** The schemas of a contract as they hold for one direction: a property that only the other side says isn't required. */
export const judgedSchemas = (contract: Contract, direction: Direction): JudgedSchemas => {
  const document: SchemaObject = {}
  const pointers: string[] = []
  const marked = saidByTheOther[direction]
  const found: string[] = []
  walk(contract.document, (kind, object, pointer, parent) => {
    if (kind !== 'Schema') return
    pointers.push(pointer)
    if (isRecord(object) && object[marked] === true) found.push(pointer)
    if (parent !== 'Schema') place(document, tokensOf(pointer), object)
  })
  if (found.length > 0) for (const pointer of pointers) leaveOut(contract, document, pointer, marked)
  return { document, pointers }
}

const place = (document: SchemaObject, tokens: readonly string[], schema: unknown): void => {
  let at: Record<string, unknown> = document
  for (const token of tokens.slice(0, -1)) {
    const child = childOf(at, token)
    const below = isRecord(child) ? child : {}
    at[token] = below
    at = below
  }
  // A copy as it is written in JSON: YAML may use one object in several places.
  at[tokens.at(-1) ?? ''] = JSON.parse(JSON.stringify(schema))
}

/** Takes out of the lists of `required` of all that a schema is made of what only the other side says. */
const leaveOut = (contract: Contract, document: SchemaObject, pointer: string, marked: string): void => {
  const view = viewOf([{ contract, ...childAt(contract.document, pointer) }])
  const lists = keyword(view, 'required')
  if (lists.length === 0) return
  const names = [...schemaMap(view, 'properties')].flatMap(([name, schemas]) =>
    keyword(viewOf(schemas), marked).some(({ value }) => value === true) ? [name] : []
  )
  if (names.length === 0) return
  for (const list of lists) {
    const owner = childAt(document, list.pointer.slice(0, list.pointer.lastIndexOf('/'))).value
    if (!isRecord(owner) || !Array.isArray(owner['required'])) continue
    owner['required'] = owner['required'].filter(name => !names.includes(String(name)))
  }
}

const childAt = (document: unknown, pointer: string): { readonly pointer: string; readonly value: unknown } => ({
  pointer,
  value: tokensOf(pointer).reduce<unknown>(childOf, document)
})

import { pointerOfFragment, tokensOf } from '../document/pointer.js'
import { childOf, isRecord } from '../document/record.js'
import type { Contract } from './contract.js'
import { mapSubschemas } from './schema-keywords.js'

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

// What is reached by reference comes along by itself; the others are values, in which anything may stand.
const unneeded = new Set(['$defs', 'example', 'examples'])

/** Whether a schema says more of what may leave than its `$ref` does. */
export const saysMore = (schema: object): boolean => Object.keys(schema).some(key => asserting.has(key))

/**
 * The schema at a place in the contract with all that it refers to, and nothing else of the contract, as one schema of
 * JSON Schema draft 7 whose `$ref`s lead into its own `definitions`: for a compiler that looks through the whole of what
 * it is given, and that doesn't know the escapes of JSON Pointers. Only its schemas: examples and notes are left out.
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
  // In draft 7 a `$ref` hides what stands beside it, and lists are `items`.
  const rewrite = (schema: unknown): unknown => {
    if (!isRecord(schema)) return schema
    const { $ref: ref, ...all } = schema
    const rest = Object.fromEntries(Object.entries(all).filter(([keyword]) => !unneeded.has(keyword)))
    if (typeof ref === 'string') {
      const target = { $ref: define(ref) }
      return saysMore(rest) ? { allOf: [target, rewrite(rest)] } : target
    }
    const { prefixItems, items, ...others } = mapSubschemas(rest, rewrite)
    if (prefixItems === undefined) return { ...others, ...(items !== undefined && { items }) }
    return { ...others, items: prefixItems, additionalItems: items ?? true }
  }
  const root = rewrite(tokensOf(path).reduce(childOf, contract.document))
  return { ...(isRecord(root) ? root : {}), definitions }
}

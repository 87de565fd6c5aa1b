import { isRecord, pointer, tokensOf } from '../../src/contract/index.js'
import type { SuiteGroup } from './suite.js'

/** A group in the form in which its schema stands in a contract. */
export interface FormedGroup {
  readonly group: SuiteGroup
  /** The schema where an operation uses it. */
  readonly schema: unknown
  /** What it refers to in `components.schemas`. */
  readonly components: Readonly<Record<string, unknown>>
}

/**
 * The forms of a group in a contract: as it is written, inline; and, where it refers to itself or has names in it, as a
 * component, with its `$defs` as components beside it. A reference to `#/…` is one into the whole document, which only then is right.
 */
export const formsOf = (group: SuiteGroup, name: string): FormedGroup[] => {
  const inline = { group, schema: group.schema, components: {} }
  const { schema } = group
  const rewritten = (ref: string): string => `#${rewrittenPointer(decodeURIComponent(ref.slice(1)), name)}`
  if (!isRecord(schema)) return [inline]
  const use = { $ref: `#${pointer('components', 'schemas', name)}` }
  // An operation uses it twice, for a body and for a reply, and there can be only one of a name.
  if (typeof schema['$id'] === 'string') return [inline, { group, schema: use, components: { [name]: schema } }]
  if (!refersToItself(schema) && !isNamed(schema)) return [inline]
  const { $defs = {}, ...rest } = schema
  const definitions = isRecord($defs) ? Object.entries($defs) : []
  const components = Object.fromEntries([
    [name, withReferences(rest, rewritten)],
    ...definitions.map(([key, value]) => [`${name}.${key}`, withReferences(value, rewritten)] as const)
  ])
  return [inline, { group, schema: use, components }]
}

const isNamed = (schema: object): boolean => /"\$(id|anchor|dynamicAnchor)":"/.test(JSON.stringify(schema))

const rewrittenPointer = (at: string, name: string): string => {
  const [first, definition, ...rest] = tokensOf(at)
  const lifted = first === '$defs' && definition !== undefined
  const tokens = lifted ? [`${name}.${definition}`, ...rest] : [name, ...tokensOf(at)]
  return encodeURI(pointer('components', 'schemas', ...tokens)).replaceAll('#', '%23')
}

const isOwnReference = (key: string, value: unknown): value is string =>
  key === '$ref' && typeof value === 'string' && /^#(\/|$)/.test(value)

const refersToItself = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.some(refersToItself)
    : isRecord(value) && Object.entries(value).some(([key, one]) => isOwnReference(key, one) || refersToItself(one))

// What has an identifier of its own is a document of its own, in which `#` is that; and a value is none.
const withReferences = (value: unknown, rewritten: (ref: string) => string): unknown => {
  if (Array.isArray(value)) return value.map(one => withReferences(one, rewritten))
  if (!isRecord(value) || typeof value['$id'] === 'string') return value
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => {
      if (isOwnReference(key, one)) return [key, rewritten(one)]
      return [key, key === 'enum' || key === 'const' ? one : withReferences(one, rewritten)]
    })
  )
}

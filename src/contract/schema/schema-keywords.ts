import { pointer } from '../document/pointer.js'
import { isRecord } from '../document/record.js'

/** What stands under a keyword of a schema: a schema, a list of them, a map of them by names, or a plain value. */
export type Holds = 'schema' | 'schemas' | 'schemaMap' | 'value'

const keywordsOf = (holds: Holds, names: string): [string, Holds][] => names.split(' ').map(name => [name, holds])

/** The keywords of JSON Schema 2020-12 that hold schemas (§10, §11). All others hold values, in which nothing is one. */
const holders: ReadonlyMap<string, Holds> = new Map([
  ...keywordsOf(
    'schema',
    'items additionalProperties contains propertyNames not if then else unevaluatedItems unevaluatedProperties contentSchema'
  ),
  ...keywordsOf('schemas', 'allOf anyOf oneOf prefixItems'),
  ...keywordsOf('schemaMap', 'properties patternProperties dependentSchemas $defs')
])

/** What stands under a keyword: the one table that all who look into schemas go by. */
export const holds = (keyword: string): Holds => holders.get(keyword) ?? 'value'

const inPlace = new Set(['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else', 'dependentSchemas'])

/** Whether the schemas of a keyword speak of the same value as the schema that they stand in (Core §10.2). */
export const isInPlace = (keyword: string): boolean => inPlace.has(keyword)

/** A schema in another, and where: its keyword, and the path from the outer schema to it. */
export interface Subschema {
  readonly keyword: string
  readonly pointer: string
  readonly schema: unknown
}

/** The schemas right below a schema, in its order. A property *named* like a keyword is a property. */
export const subschemasOf = (schema: unknown, at = ''): Subschema[] => {
  const found: Subschema[] = []
  if (!isRecord(schema)) return found
  for (const keyword of Object.keys(schema)) {
    const kind = holders.get(keyword)
    if (kind === undefined) continue
    const value = schema[keyword]
    const path = at + pointer(keyword)
    if (kind === 'schema') found.push({ keyword, pointer: path, schema: value })
    else if (kind === 'schemas' ? Array.isArray(value) : isRecord(value)) {
      for (const [name, one] of Object.entries(value as object)) {
        found.push({ keyword, pointer: path + pointer(name), schema: one as unknown })
      }
    }
  }
  return found
}

/** The same schema with each schema right below it put in place of by another. */
export const mapSubschemas = (
  schema: Readonly<Record<string, unknown>>,
  change: (subschema: unknown) => unknown
): Record<string, unknown> => {
  const changed = ([keyword, value]: [string, unknown]): [string, unknown] => {
    const kind = holds(keyword)
    if (kind === 'schema') return [keyword, change(value)]
    if (kind === 'schemas' && Array.isArray(value)) return [keyword, value.map(change)]
    if (kind !== 'schemaMap' || !isRecord(value)) return [keyword, value]
    return [keyword, Object.fromEntries(Object.entries(value).map(([name, one]) => [name, change(one)]))]
  }
  return Object.fromEntries(Object.entries(schema).map(changed))
}

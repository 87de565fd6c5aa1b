import { type Node, within } from '../openapi/node.js'

/** The types of JSON Schema 2020-12 (validation, §6.1.1). */
export type JsonType = 'null' | 'boolean' | 'integer' | 'number' | 'string' | 'array' | 'object'

/** The types that a schema allows by `type`, `enum` and `const`; `undefined` if it says nothing of them. */
export const declaredTypes = (schema: Readonly<Record<string, unknown>>): readonly JsonType[] | undefined => {
  const { type, enum: values } = schema
  const declared = typeof type === 'string' ? [type] : Array.isArray(type) ? (type as unknown[]) : undefined
  const only = Object.hasOwn(schema, 'const')
    ? [schema['const']]
    : Array.isArray(values)
      ? (values as unknown[])
      : undefined
  return commonTypes(declared as JsonType[] | undefined, only && [...new Set(only.map(typeOf))])
}

/** The types that two schemas allow together, in the order of the first; `undefined` stands for any. */
export const commonTypes = (
  some: readonly JsonType[] | undefined,
  others: readonly JsonType[] | undefined
): readonly JsonType[] | undefined => {
  if (!some || !others) return some ?? others
  return some.flatMap(type => {
    if (others.includes(type)) return [type]
    if (type === 'integer' && others.includes('number')) return [type]
    return type === 'number' && others.includes('integer') ? ['integer' as const] : []
  })
}

const typeOf = (value: unknown): JsonType => {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  return typeof value as 'string' | 'boolean' | 'object'
}

const keywordsOf = {
  object: ['properties', 'additionalProperties', 'patternProperties', 'required', 'unevaluatedProperties'],
  array: ['items', 'prefixItems', 'contains', 'minItems', 'maxItems', 'uniqueItems', 'unevaluatedItems']
} as const

/**
 * The types that schemas which declare none have in mind: objects if they speak of properties, lists if they speak of
 * items. They let anything be, and so text may always stay text.
 */
export const impliedTypes = (schemas: readonly Node[]): JsonType[] => {
  const speaksOf = (type: 'object' | 'array'): boolean =>
    keywordsOf[type].some(keyword => schemas.some(schema => within(schema, keyword) !== undefined))
  return [...(['object', 'array'] as const).filter(speaksOf), 'string']
}

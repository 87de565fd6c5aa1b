import { _, type Ajv2020, type FuncKeywordDefinition } from 'ajv/dist/2020.js'
import { isRecord } from './record.js'

const sorted = (_key: string, value: unknown): unknown =>
  isRecord(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value

/** A text that is the same for equal JSON values, and for no others. */
const identityOf = (value: unknown): string => JSON.stringify(value, sorted)

const keywords: readonly FuncKeywordDefinition[] = [
  {
    keyword: 'const',
    compile: (only: unknown) => {
      const identity = identityOf(only)
      return (value: unknown) => identityOf(value) === identity
    },
    error: { message: 'must be equal to constant', params: ({ schemaCode }) => _`{allowedValue: ${schemaCode}}` }
  },
  {
    keyword: 'enum',
    schemaType: 'array',
    compile: (values: unknown[]) => {
      const identities = new Set(values.map(identityOf))
      return (value: unknown) => identities.has(identityOf(value))
    },
    error: {
      message: 'must be equal to one of the allowed values',
      params: ({ schemaCode }) => _`{allowedValues: ${schemaCode}}`
    }
  },
  {
    keyword: 'uniqueItems',
    type: 'array',
    schemaType: 'boolean',
    compile: (unique: boolean) => (list: unknown[]) => !unique || new Set(list.map(identityOf)).size === list.length,
    error: { message: 'must NOT have duplicate items' }
  }
]

/**
 * The keywords of Ajv that compare values, by what the values are in JSON, in linear time: Ajv's own comparison calls
 * the `valueOf` and `toString` of what it compares, which a client can send as fields, so that
 * `[{"valueOf": 1}, {"valueOf": 1}]` would be an unexpected error, and compares each item of a list with each other.
 */
export const addEqualityKeywords = (ajv: Ajv2020): void => {
  for (const definition of keywords) ajv.removeKeyword(String(definition.keyword)).addKeyword(definition)
}

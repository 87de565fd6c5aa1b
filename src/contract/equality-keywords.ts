import { isDeepStrictEqual } from 'node:util'
import { _, type Ajv2020, type FuncKeywordDefinition } from 'ajv/dist/2020.js'

const keywords: readonly FuncKeywordDefinition[] = [
  {
    keyword: 'const',
    compile: (only: unknown) => (value: unknown) => isDeepStrictEqual(value, only),
    error: { message: 'must be equal to constant', params: ({ schemaCode }) => _`{allowedValue: ${schemaCode}}` }
  },
  {
    keyword: 'enum',
    schemaType: 'array',
    compile: (values: unknown[]) => (value: unknown) => values.some(one => isDeepStrictEqual(value, one)),
    error: {
      message: 'must be equal to one of the allowed values',
      params: ({ schemaCode }) => _`{allowedValues: ${schemaCode}}`
    }
  },
  {
    keyword: 'uniqueItems',
    type: 'array',
    schemaType: 'boolean',
    compile: (unique: boolean) => (list: unknown[]) =>
      !unique || list.every((one, index) => !list.slice(0, index).some(other => isDeepStrictEqual(one, other))),
    error: { message: 'must NOT have duplicate items' }
  }
]

/**
 * The keywords of Ajv that compare values, by Node's comparison: Ajv's own calls the `valueOf` and `toString` of what it
 * compares, which a client can send as fields: `[{"valueOf": 1}, {"valueOf": 1}]` would be an unexpected error.
 */
export const addEqualityKeywords = (ajv: Ajv2020): void => {
  for (const definition of keywords) ajv.removeKeyword(String(definition.keyword)).addKeyword(definition)
}

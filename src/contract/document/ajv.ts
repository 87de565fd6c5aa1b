import { Ajv2020, type Options } from 'ajv/dist/2020.js'
import ajvFormats from 'ajv-formats'
import { addEqualityKeywords } from './equality-keywords.js'

/**
 * Ajv for the dialect of OpenAPI 3.1: JSON Schema 2020-12, with the formats of
 * JSON Schema and of OpenAPI. Unknown keywords (`xml`, `example`, `x-…`) are allowed, as that dialect allows them.
 */
export const createAjv = (options: Options): Ajv2020 => {
  const ajv = new Ajv2020({ strict: false, validateSchema: false, ...options })
  ajvFormats.default(ajv)
  addEqualityKeywords(ajv)
  return ajv
}

/** The keywords whose errors only sum up what other errors say in detail. */
export const summaries: ReadonlySet<string> = new Set(['if', 'oneOf', 'anyOf'])

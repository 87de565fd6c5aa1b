import { pointer } from '../document/pointer.js'
import { isRecord } from '../document/record.js'
import { PatternError, regularExpression } from './regular-expression.js'
import { holds } from './schema-keywords.js'
import { typeNames } from './type-checks.js'

/** Something that keeps a value from being a schema, and where in it. */
export interface SchemaViolation {
  readonly pointer: string
  readonly what: string
  readonly todo: string
}

type Form = readonly [is: (value: unknown) => boolean, words: string]

const isString = (value: unknown): boolean => typeof value === 'string'
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0
const isListOf = (value: unknown, is: (one: unknown) => boolean): boolean => Array.isArray(value) && value.every(is)
const isUnique = (value: unknown): boolean => Array.isArray(value) && new Set(value).size === value.length
const isType = (value: unknown): boolean => isString(value) && typeNames.includes(String(value))
const isNames = (value: unknown): boolean => isListOf(value, isString) && isUnique(value)

const aString: Form = [isString, 'a string']
const aBoolean: Form = [value => typeof value === 'boolean', 'true or false']
const aNumber: Form = [Number.isFinite, 'a number']
const aCount: Form = [isCount, 'a whole number from 0']
const names: Form = [isNames, 'a list of names, each once']
const aSchema: Form = [value => isRecord(value) || typeof value === 'boolean', 'a schema: an object, true or false']

/** What the values of keywords look like, by the meta-schemas of JSON Schema 2020-12. */
const forms: ReadonlyMap<string, Form> = new Map([
  [
    'type',
    [
      value => isType(value) || (isListOf(value, isType) && isUnique(value) && (value as unknown[]).length > 0),
      `one of ${typeNames.join(', ')}, or a list of them`
    ]
  ],
  ['enum', [Array.isArray, 'a list']],
  ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'].map((name): [string, Form] => [name, aNumber]),
  ['multipleOf', [value => Number.isFinite(value) && Number(value) > 0, 'a number above 0']],
  ...'minLength maxLength minItems maxItems minContains maxContains minProperties maxProperties'
    .split(' ')
    .map((name): [string, Form] => [name, aCount]),
  ...'uniqueItems readOnly writeOnly deprecated'.split(' ').map((name): [string, Form] => [name, aBoolean]),
  ...'pattern format title description $ref $comment contentMediaType contentEncoding'
    .split(' ')
    .map((name): [string, Form] => [name, aString]),
  ['required', names],
  ['dependentRequired', [value => isRecord(value) && Object.values(value).every(isNames), 'lists of names, by names']],
  ['examples', [Array.isArray, 'a list']]
])

const shapes: Readonly<Record<'schema' | 'schemas' | 'schemaMap', Form>> = {
  schema: aSchema,
  schemas: [value => Array.isArray(value) && value.length > 0, 'a list of schemas, of at least one'],
  schemaMap: [isRecord, 'schemas by names']
}

/**
 * What keeps a value from being a schema of JSON Schema 2020-12 by itself, whatever stands below it: what isn't an object
 * or a boolean, keywords whose values have another form, patterns that are none or that can't be matched in bounded time.
 */
export const schemaViolations = (schema: unknown, at: string): SchemaViolation[] => {
  if (typeof schema === 'boolean') return []
  if (!isRecord(schema)) return [{ pointer: at, what: `isn't ${aSchema[1]}.`, todo: 'Write a schema.' }]
  return Object.entries(schema).flatMap(([keyword, value]): SchemaViolation[] => {
    const kind = holds(keyword)
    const form = kind === 'value' ? forms.get(keyword) : shapes[kind]
    const path = at + pointer(keyword)
    if (form && !form[0](value)) {
      return [{ pointer: path, what: `\`${keyword}\` isn't ${form[1]}.`, todo: 'Compare it with JSON Schema 2020-12.' }]
    }
    if (keyword === 'pattern') return patternViolations(String(value), path)
    if (keyword !== 'patternProperties' || !isRecord(value)) return []
    return Object.keys(value).flatMap(pattern => patternViolations(pattern, path + pointer(pattern)))
  })
}

const patternViolations = (pattern: string, path: string): SchemaViolation[] => {
  try {
    regularExpression(pattern)
    return []
  } catch (error) {
    if (error instanceof PatternError) {
      const todo = 'Write it without lookarounds and back references, or with repetitions that are not nested.'
      return [{ pointer: path, what: `can take exponential time: ${error.message}.`, todo }]
    }
    const what = `isn't a regular expression: ${error instanceof Error ? error.message : ''}.`
    return [{ pointer: path, what, todo: 'Write it as ECMAScript does, with the flag `u`.' }]
  }
}

import type { BrokenRule, Problems } from '../contract/index.js'
import { statusText } from '../http/status-text.js'

/** A rule of the contract that a request breaks, in the shape of the chapter's application. */
interface ValidationError {
  readonly loc: (string | number)[]
  readonly msg: string
  readonly type: string
  readonly ctx?: Record<string, unknown>
}

type Words = Omit<ValidationError, 'loc'>
type Params = Record<string, unknown>

const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

const limit =
  (words: (limit: string) => string, type: string) =>
  ({ limit }: Params): Words => ({ msg: words(text(limit)), type, ctx: { limit_value: limit } })

const typeNames: Record<string, Words> = {
  string: { msg: 'str type expected', type: 'type_error.str' },
  integer: { msg: 'value is not a valid integer', type: 'type_error.integer' },
  number: { msg: 'value is not a valid float', type: 'type_error.float' },
  boolean: { msg: 'value could not be parsed to a boolean', type: 'value_error.bool' },
  array: { msg: 'value is not a valid list', type: 'type_error.list' },
  object: { msg: 'value is not a valid dict', type: 'type_error.dict' }
}

// The words of pydantic 1, which the chapter's application answers with, for each keyword that has some.
const words: Record<string, (params: Params) => Words> = {
  required: () => ({ msg: 'field required', type: 'value_error.missing' }),
  type: ({ type }) => typeNames[text(type)] ?? { msg: `value is not of type ${text(type)}`, type: 'type_error' },
  pattern: ({ pattern }) => ({
    msg: `string does not match regex "${text(pattern)}"`,
    type: 'value_error.str.regex',
    ctx: { pattern }
  }),
  minLength: limit(n => `ensure this value has at least ${n} characters`, 'value_error.any_str.min_length'),
  maxLength: limit(n => `ensure this value has at most ${n} characters`, 'value_error.any_str.max_length'),
  minItems: limit(n => `ensure this value has at least ${n} items`, 'value_error.list.min_items'),
  maxItems: limit(n => `ensure this value has at most ${n} items`, 'value_error.list.max_items'),
  minimum: limit(n => `ensure this value is greater than or equal to ${n}`, 'value_error.number.not_ge'),
  maximum: limit(n => `ensure this value is less than or equal to ${n}`, 'value_error.number.not_le'),
  exclusiveMinimum: limit(n => `ensure this value is greater than ${n}`, 'value_error.number.not_gt'),
  exclusiveMaximum: limit(n => `ensure this value is less than ${n}`, 'value_error.number.not_lt'),
  multipleOf: ({ multipleOf }) => ({
    msg: `ensure this value is a multiple of ${text(multipleOf)}`,
    type: 'value_error.number.not_multiple',
    ctx: { multiple_of: multipleOf }
  }),
  enum: ({ allowedValues }) => ({
    msg: `value is not a valid enumeration member; permitted: ${Array.isArray(allowedValues) ? allowedValues.map(value => `'${text(value)}'`).join(', ') : ''}`,
    type: 'type_error.enum',
    ctx: { enum_values: allowedValues }
  }),
  const: ({ allowedValue }) => ({
    msg: `unexpected value; permitted: '${text(allowedValue)}'`,
    type: 'value_error.const',
    ctx: { permitted: [allowedValue] }
  }),
  additionalProperties: () => ({ msg: 'extra fields not permitted', type: 'value_error.extra' }),
  unevaluatedProperties: () => ({ msg: 'extra fields not permitted', type: 'value_error.extra' }),
  format: ({ format }) => ({ msg: `value is not a valid ${text(format)}`, type: `value_error.${text(format)}` }),
  parse: () => ({ msg: 'body is not valid JSON', type: 'value_error.jsondecode' })
}

// An index is a number, as in the chapter's application.
const locOf = ({ part, path }: BrokenRule): (string | number)[] =>
  [part, ...path].map(token => (/^(0|[1-9]\d*)$/.test(token) ? Number(token) : token))

const validationError = (broken: BrokenRule): ValidationError => ({
  loc: locOf(broken),
  ...(words[broken.keyword]?.(broken.params) ?? {
    msg: broken.message,
    type: `value_error.${broken.keyword}`
  })
})

/**
 * The words of the chapter's application: `{"detail": …}`, with one entry for each broken rule of a 422. A body in
 * another media type than a form is no form for it, whose fields are then missing; so is a field without a value.
 */
export const chapterProblems: Problems = {
  mediaType: 'application/json',
  body: ({ status, detail, broken }) => ({ detail: broken?.map(validationError) ?? detail ?? statusText(status) }),
  undeclaredMediaType: 'absent',
  emptyFormField: 'absent'
}

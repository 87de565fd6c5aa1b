import { setShouldValidateFormat, setShouldValidateSchema } from '@hyperjump/json-schema/draft-2020-12'
import '@hyperjump/json-schema/formats'
import { addKeyword, getKeyword, type Keyword } from '@hyperjump/json-schema/experimental'
import { value as instanceValue } from '@hyperjump/json-schema/instance/experimental'
import { fullFormats } from 'ajv-formats/dist/formats.js'
import { childOf, tokensOf } from '../../src/contract/index.js'

/**
 * What to make of a text that only one of two tables of formats lets through: an email without a dot in its domain, a
 * UUID as a URN, a time with a blank before it, a host name with a dot at its end. `narrow` takes it as wrong, so that
 * nothing in doubt is sent as right; `wide` as right, so that nothing in doubt is called a fault.
 */
export type Margin = 'narrow' | 'wide'

const keywordIds = {
  format: 'https://json-schema.org/keyword/draft-2020-12/format',
  pattern: 'https://json-schema.org/keyword/pattern'
}

let margin: Margin = 'wide'

/** Does something with a margin for formats. It has to be done at once: the margin is one for all. */
export const within = <T>(wanted: Margin, judge: () => T): T => {
  margin = wanted
  return judge()
}

/** Whether servers check a format, and don't only say with it what a value means (`password`) or how large it is. */
export const isChecked = (format: unknown): boolean => {
  const check = typeof format === 'string' && isKnown(format) ? fullFormats[format] : true
  return check !== true && !(typeof check === 'object' && 'type' in check && check.type === 'number')
}

const isKnown = (format: string): format is keyof typeof fullFormats => Object.hasOwn(fullFormats, format)

/** What the second table says; `undefined` if nothing. */
const inSecondTable = (format: string, value: unknown): boolean | undefined => {
  const check = isKnown(format) ? fullFormats[format] : true
  if (check === true) return undefined
  const isNumeric = typeof check === 'object' && 'type' in check && check.type === 'number'
  if (typeof value !== (isNumeric ? 'number' : 'string')) return undefined
  const validate: unknown = typeof check === 'object' && 'validate' in check ? check.validate : check
  if (validate instanceof RegExp) return typeof value === 'string' && validate.test(value)
  return typeof validate === 'function' ? Boolean(Reflect.apply(validate, undefined, [value])) : undefined
}

// Line breaks in base64, blanks in dates, URLs of hosts that aren't public: no table says the last word on them.
const isInDoubt = (name: string, value: unknown): boolean => {
  if (typeof value !== 'string') return false
  if (name === 'url') return URL.canParse(value) && inSecondTable(name, value) === false
  if (!/\s/.test(value)) return false
  if (name === 'byte') return inSecondTable(name, value.replace(/\s/g, '')) === true
  return name === 'date-time' && inSecondTable(name, value.trim().replace(/\s/, 'T')) === true
}

interface FormatKeyword extends Keyword<string> {
  readonly formats: Readonly<Record<string, string>>
}

const format = getKeyword<string>(keywordIds.format) as FormatKeyword
const pattern = getKeyword<RegExp>(keywordIds.pattern)

addKeyword<string>({
  ...format,
  interpret: (name, instance, context) => {
    const value = instanceValue<unknown>(instance)
    if (isInDoubt(name, value)) return margin === 'wide'
    const second = inSecondTable(name, value)
    if (!Object.hasOwn(format.formats, name)) return second ?? true
    const first = format.interpret(name, instance, context)
    if (second === undefined) return first || (margin === 'wide' && !isKnown(name)) // a format that few servers know
    return margin === 'wide' ? first || second : first && second
  }
})

addKeyword<RegExp>({
  ...pattern,
  // Of patterns that aren't as JSON Schema recommends them (§6.4), what they mean without the flag `u`.
  compile: async (schema, ast, parent) => {
    try {
      return await pattern.compile(schema, ast, parent)
    } catch (error) {
      const source = tokensOf(schema.cursor).reduce<unknown>(childOf, schema.document.root)
      if (typeof source !== 'string') throw error
      return new RegExp(source)
    }
  }
})

setShouldValidateFormat(true)
setShouldValidateSchema(false) // whoever reads a contract has done so

import { type Check, teller } from './check.js'
import { formats } from './formats.js'
import { regularExpression } from './regular-expression.js'

/** How many characters a text has, by Unicode code points (JSON Schema 2020-12 Validation §6.3.1). */
const lengthOf = (text: string): number => {
  let length = text.length
  for (let index = 0; index < text.length - 1; index += 1) {
    const unit = text.charCodeAt(index)
    if (unit < 0xd800 || unit > 0xdbff) continue
    const next = text.charCodeAt(index + 1)
    if (next >= 0xdc00 && next <= 0xdfff) length -= 1
  }
  return length
}

/** The keywords for strings (JSON Schema 2020-12 Validation §6.3). */
export const stringChecks = {
  minLength: (limit: number, rule: string): Check => {
    const tell = teller(rule, 'minLength', `must NOT have fewer than ${limit} characters`, { limit })
    return (value, told) =>
      typeof value !== 'string' || (value.length >= limit && lengthOf(value) >= limit) || tell(told)
  },
  maxLength: (limit: number, rule: string): Check => {
    const tell = teller(rule, 'maxLength', `must NOT have more than ${limit} characters`, { limit })
    return (value, told) => typeof value !== 'string' || value.length <= limit || lengthOf(value) <= limit || tell(told)
  },
  pattern: (pattern: string, rule: string): Check => {
    const tell = teller(rule, 'pattern', `must match pattern "${pattern}"`, { pattern })
    const matches = regularExpression(pattern)
    return (value, told) => typeof value !== 'string' || matches(value) || tell(told)
  }
} as const

/** `format`, which asserts here (JSON Schema 2020-12 Validation §7.2.2). Formats that nobody knows assert nothing. */
export const formatCheck = (format: string, rule: string): Check | undefined => {
  const isOf = formats.get(format)
  if (isOf === undefined) return undefined
  const tell = teller(rule, 'format', `must match format "${format}"`, { format })
  return (value, told) => isOf(value) || tell(told)
}

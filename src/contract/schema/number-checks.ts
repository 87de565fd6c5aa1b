import { type Check, teller } from './check.js'
import { isMultipleOf } from './multiple-of.js'

type Holds = (value: number, limit: number) => boolean

const bound = (keyword: string, sign: string, holds: Holds): ((limit: number, rule: string) => Check) => {
  return (limit, rule) => {
    const tell = teller(rule, keyword, `must be ${sign} ${limit}`, { comparison: sign, limit })
    return (value, told) => typeof value !== 'number' || holds(value, limit) || tell(told)
  }
}

/** The keywords for numbers (JSON Schema 2020-12 Validation §6.2). */
export const numberChecks = {
  minimum: bound('minimum', '>=', (value, limit) => value >= limit),
  maximum: bound('maximum', '<=', (value, limit) => value <= limit),
  exclusiveMinimum: bound('exclusiveMinimum', '>', (value, limit) => value > limit),
  exclusiveMaximum: bound('exclusiveMaximum', '<', (value, limit) => value < limit),
  multipleOf: (multipleOf: number, rule: string): Check => {
    const tell = teller(rule, 'multipleOf', `must be multiple of ${multipleOf}`, { multipleOf })
    return (value, told) =>
      typeof value !== 'number' || (Number.isFinite(value) && isMultipleOf(value, multipleOf)) || tell(told)
  }
} as const

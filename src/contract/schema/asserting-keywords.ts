import { isRecord } from '../document/record.js'
import { pointer } from '../document/pointer.js'
import { arrayChecks } from './array-checks.js'
import type { Check } from './check.js'
import { numberChecks } from './number-checks.js'
import { dependentRequiredCheck, objectChecks, requiredCheck } from './object-checks.js'
import { formatCheck, stringChecks } from './string-checks.js'
import { constCheck, enumCheck, typeCheck } from './type-checks.js'

const boundKeywords = new Set(Object.keys({ ...numberChecks, ...stringChecks, ...arrayChecks, ...objectChecks }))

const isStrings = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every(one => typeof one === 'string')

/**
 * The checks of a schema's keywords that speak of the value alone.
 *
 * @param bounds whether bounds, lengths, patterns and formats are among them
 * @param unwanted the properties that aren't required, because they aren't for the one who gets the value
 */
export const assertingChecks = (
  schema: Readonly<Record<string, unknown>>,
  at: string,
  { bounds, unwanted }: { readonly bounds: boolean; readonly unwanted: ReadonlySet<string> }
): Check[] => {
  const checks: (Check | undefined)[] = []
  const { type, const: only, enum: values, required, dependentRequired, format } = schema
  if (type !== undefined) checks.push(typeCheck(type, `${at}/type`))
  if (only !== undefined) checks.push(constCheck(only, `${at}/const`))
  if (Array.isArray(values)) checks.push(enumCheck(values, `${at}/enum`))
  for (const keyword of bounds ? Object.keys(schema) : []) {
    if (!boundKeywords.has(keyword)) continue
    checks.push(boundCheck(keyword, schema[keyword], at + pointer(keyword)))
  }
  if (bounds && typeof format === 'string') checks.push(formatCheck(format, `${at}/format`))
  if (isStrings(required)) {
    const wanted = required.filter(name => !unwanted.has(name))
    if (wanted.length > 0) checks.push(requiredCheck(wanted, `${at}/required`))
  }
  if (isRecord(dependentRequired)) {
    checks.push(
      dependentRequiredCheck(dependentRequired as Record<string, readonly string[]>, `${at}/dependentRequired`)
    )
  }
  return checks.filter(check => check !== undefined)
}

const isLimit = (value: unknown): value is number => typeof value === 'number'

const boundCheck = (keyword: string, value: unknown, rule: string): Check | undefined => {
  if (keyword === 'uniqueItems') return arrayChecks.uniqueItems(value === true, rule)
  if (keyword === 'pattern') return typeof value === 'string' ? stringChecks.pattern(value, rule) : undefined
  if (!isLimit(value)) return undefined
  const makers: Readonly<Record<string, (limit: number, rule: string) => Check>> = limitChecks
  return makers[keyword]?.(value, rule)
}

const limitChecks = {
  ...numberChecks,
  ...objectChecks,
  minLength: stringChecks.minLength,
  maxLength: stringChecks.maxLength,
  minItems: arrayChecks.minItems,
  maxItems: arrayChecks.maxItems
}

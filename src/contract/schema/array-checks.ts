import { type Check, checkBelow, mostViolations, teller } from './check.js'
import { identityOf } from './equality.js'

/** The keywords for lists that hold values (JSON Schema 2020-12 Validation §6.4). */
export const arrayChecks = {
  minItems: (limit: number, rule: string): Check => {
    const tell = teller(rule, 'minItems', `must NOT have fewer than ${limit} items`, { limit })
    return (value, told) => !Array.isArray(value) || value.length >= limit || tell(told)
  },
  maxItems: (limit: number, rule: string): Check => {
    const tell = teller(rule, 'maxItems', `must NOT have more than ${limit} items`, { limit })
    return (value, told) => !Array.isArray(value) || value.length <= limit || tell(told)
  },
  uniqueItems: (unique: boolean, rule: string): Check | undefined => {
    if (!unique) return undefined
    const tell = teller(rule, 'uniqueItems', 'must NOT have duplicate items')
    return (value, told) => !Array.isArray(value) || new Set(value.map(identityOf)).size === value.length || tell(told)
  }
} as const

/** `prefixItems` (JSON Schema 2020-12 Core §10.3.1.1). */
export const prefixItemsCheck =
  (checks: readonly Check[]): Check =>
  (value, told, evaluated) => {
    if (!Array.isArray(value)) return true
    const count = Math.min(checks.length, value.length)
    if (evaluated) evaluated.items = Math.max(evaluated.items, count)
    return eachItem(value, 0, count, index => checks[index], told, evaluated)
  }

/** `items` (§10.3.1.2): what comes after `prefixItems`. */
export const itemsCheck =
  (check: Check, from: number): Check =>
  (value, told, evaluated) => {
    if (!Array.isArray(value)) return true
    if (told === undefined && evaluated === undefined) {
      const items: readonly unknown[] = value
      for (let index = from; index < items.length; index += 1) {
        if (!check(items[index], undefined, undefined)) return false
      }
      return true
    }
    if (evaluated) evaluated.items = Infinity
    return eachItem(value, from, value.length, () => check, told, evaluated)
  }

const eachItem = (
  value: readonly unknown[],
  from: number,
  to: number,
  checkOf: (index: number) => Check | undefined,
  told: Parameters<Check>[1],
  evaluated: Parameters<Check>[2]
): boolean => {
  let kept = true
  for (let index = from; index < to; index += 1) {
    const item = value[index]
    if (checkBelow(checkOf(index) ?? (() => true), item, index, told, evaluated?.item(index, item))) continue
    kept = false
    if (told === undefined || told.length >= mostViolations) return false
  }
  return kept
}

/** `contains`, with `minContains` and `maxContains` (§10.3.1.3). */
export const containsCheck = (check: Check, min: number, max: number | undefined, rule: string): Check => {
  const few = teller(rule, 'contains', `must contain at least ${min} valid item(s)`, { minContains: min })
  const many = teller(rule, 'contains', `must contain at most ${max ?? ''} valid item(s)`, { maxContains: max })
  return (value, told, evaluated) => {
    if (!Array.isArray(value)) return true
    let count = 0
    value.forEach((item: unknown, index) => {
      const below = evaluated?.item(index, item)?.fork()
      if (!check(item, undefined, below)) return
      count += 1
      if (below) evaluated?.item(index, item)?.merge(below)
      if (evaluated) (evaluated.found ??= new Set()).add(index)
    })
    if (count < min) return few(told)
    return max === undefined || count <= max || many(told)
  }
}

import { isRecord } from '../document/record.js'
import { type Check, checkBelow, mostViolations, teller } from './check.js'
import { Evaluated } from './evaluated.js'

/** What is left over after the other keywords: see `withUnevaluated`. `false` where nothing may be left over. */
export interface Leftovers {
  readonly properties: Check | false | undefined
  readonly items: Check | false | undefined
}

/**
 * The keywords of a schema, and then those that look at what is left over: `unevaluatedProperties` (JSON Schema 2020-12
 * Core §11.3) and `unevaluatedItems` (§11.2).
 */
export const withUnevaluated =
  (check: Check, { properties, items }: Leftovers, at: string): Check =>
  (value, told, evaluated) => {
    const here = new Evaluated(evaluated?.deep === true)
    let kept = check(value, told, here)
    if (!kept && told === undefined) return false
    if (properties !== undefined && isRecord(value)) {
      for (const name of Object.keys(value)) {
        if (here.names.has(name)) continue
        const property = value[name]
        const below = here.name(name, property)
        if (properties === false) {
          const params = { unevaluatedProperty: name }
          const rule = `${at}/unevaluatedProperties`
          kept = teller(rule, 'unevaluatedProperties', 'must NOT have unevaluated properties', params)(told, name)
        } else if (!checkBelow(properties, property, name, told, below)) kept = false
        if (!kept && (told === undefined || told.length >= mostViolations)) return false
      }
    }
    if (items !== undefined && Array.isArray(value)) {
      for (let index = here.items; index < value.length; index += 1) {
        if (here.found?.has(index) === true) continue
        const item: unknown = value[index]
        if (items === false) {
          const params = { limit: index }
          const message = `must NOT have more than ${index} items`
          kept = teller(`${at}/unevaluatedItems`, 'unevaluatedItems', message, params)(told)
          break
        }
        if (!checkBelow(items, item, index, told, here.item(index, item))) kept = false
        if (!kept && (told === undefined || told.length >= mostViolations)) return false
      }
      here.items = Infinity
    }
    evaluated?.merge(here)
    return kept
  }

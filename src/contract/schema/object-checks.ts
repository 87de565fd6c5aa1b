import { isRecord } from '../document/record.js'
import { type Check, teller } from './check.js'

/** The keywords for objects that hold values (JSON Schema 2020-12 Validation §6.5). */
export const objectChecks = {
  minProperties: (limit: number, rule: string): Check => {
    const tell = teller(rule, 'minProperties', `must NOT have fewer than ${limit} properties`, { limit })
    return (value, told) => !isRecord(value) || Object.keys(value).length >= limit || tell(told)
  },
  maxProperties: (limit: number, rule: string): Check => {
    const tell = teller(rule, 'maxProperties', `must NOT have more than ${limit} properties`, { limit })
    return (value, told) => !isRecord(value) || Object.keys(value).length <= limit || tell(told)
  }
} as const

const missing = (rule: string, keyword: string, name: string, needs?: string): ReturnType<typeof teller> =>
  needs === undefined
    ? teller(rule, keyword, `must have required property '${name}'`, { missingProperty: name })
    : teller(rule, keyword, `must have property ${name} when property ${needs} is present`, { missingProperty: name })

/** `required` (Validation §6.5.3). */
export const requiredCheck = (names: readonly string[], rule: string): Check => {
  const all = names.map(name => ({
    name,
    tell: missing(rule, 'required', name),
    isInherited: name in Object.prototype
  }))
  return (value, told, evaluated) => {
    if (!isRecord(value)) return true
    let kept = true
    for (const { name, tell, isInherited } of all) {
      if (evaluated?.deep === true) evaluated.mention(name)
      if (isInherited ? Object.hasOwn(value, name) : value[name] !== undefined) continue
      kept = tell(told, name)
      if (told === undefined) return false
    }
    return kept
  }
}

/** `dependentRequired` (Validation §6.5.4). */
export const dependentRequiredCheck = (needs: Readonly<Record<string, readonly string[]>>, rule: string): Check => {
  const all = Object.entries(needs).map(([name, needed]) => ({
    name,
    needed: needed.map(one => ({ name: one, tell: missing(rule, 'dependentRequired', one, name) }))
  }))
  return (value, told) => {
    if (!isRecord(value)) return true
    let kept = true
    for (const { name, needed } of all) {
      if (!Object.hasOwn(value, name)) continue
      for (const one of needed) if (!Object.hasOwn(value, one.name)) kept = one.tell(told, one.name)
    }
    return kept
  }
}

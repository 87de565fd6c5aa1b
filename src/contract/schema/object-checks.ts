import { isRecord } from '../document/record.js'
import { type Check, checkBelow, mostViolations, teller } from './check.js'

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

/** A property that `properties` names. */
export interface Property {
  readonly name: string
  readonly check: Check
  /** Tells the default of its schema, if it may have one. */
  readonly preset: (() => { readonly value: unknown } | undefined) | undefined
  /** Whether the one who gets the value isn't to get this. What is sent of it all the same isn't looked at. */
  readonly isUnwanted: boolean
}

/** `properties` (Core §10.3.2.1). */
export const propertiesCheck = (properties: readonly Property[]): Check => {
  const wanted = properties
    .filter(({ isUnwanted }) => !isUnwanted)
    .map(({ name, check }) => ({ name, check, isInherited: name in Object.prototype }))
  return (value, told, evaluated) => {
    if (!isRecord(value)) return true
    if (evaluated) evaluated.isClosed = true
    let kept = true
    if (told === undefined && evaluated === undefined) return keepsAll(value, wanted)
    for (const { name, check, preset, isUnwanted } of properties) {
      if (!Object.hasOwn(value, name)) {
        if (evaluated?.deep !== true) continue
        const absent = preset?.()
        if (absent) (evaluated.defaults ??= new Map<string, unknown>()).set(name, absent.value)
        continue
      }
      const property = value[name]
      const below = evaluated?.name(name, property)
      if (isUnwanted) {
        evaluated?.unwant(name)
        continue
      }
      if (checkBelow(check, property, name, told, below)) continue
      kept = false
      if (told === undefined || told.length >= mostViolations) return false
    }
    return kept
  }
}

// The same without anybody to tell: so are nearly all values checked.
const keepsAll = (
  value: Readonly<Record<string, unknown>>,
  properties: readonly { readonly name: string; readonly check: Check; readonly isInherited: boolean }[]
): boolean => {
  for (const { name, check, isInherited } of properties) {
    const property = value[name]
    if (property === undefined || (isInherited && !Object.hasOwn(value, name))) continue
    if (!check(property, undefined, undefined)) return false
  }
  return true
}

/** What properties that no name is known of must be. */
export interface OtherProperties {
  /** Whether a property is spoken of by `properties` or by `patternProperties`. */
  readonly isKnown: (name: string) => boolean
  /** What the others must be; `false` where there may be none. */
  readonly check: Check | false
  /** See `Property`. */
  readonly isUnwanted: boolean
}

interface PatternProperties extends Pick<Property, 'check' | 'isUnwanted'> {
  readonly matches: (name: string) => boolean
}

/** `patternProperties` (§10.3.2.2). */
export const patternPropertiesCheck =
  (patterns: readonly PatternProperties[]): Check =>
  (value, told, evaluated) => {
    if (!isRecord(value)) return true
    let kept = true
    for (const name of Object.keys(value)) {
      const property = value[name]
      for (const { matches, check, isUnwanted } of patterns) {
        if (!matches(name)) continue
        const below = evaluated?.name(name, property)
        if (isUnwanted) {
          evaluated?.unwant(name)
          continue
        }
        if (checkBelow(check, property, name, told, below)) continue
        kept = false
        if (told === undefined || told.length >= mostViolations) return false
      }
    }
    return kept
  }

/** `additionalProperties` (§10.3.2.3). */
export const additionalPropertiesCheck = ({ isKnown, check, isUnwanted }: OtherProperties, rule: string): Check => {
  const surplus = (name: string): ReturnType<typeof teller> =>
    teller(rule, 'additionalProperties', 'must NOT have additional properties', { additionalProperty: name })
  return (value, told, evaluated) => {
    if (!isRecord(value)) return true
    let kept = true
    for (const name of Object.keys(value)) {
      if (isKnown(name)) continue
      const property = value[name]
      const below = evaluated?.name(name, property)
      if (isUnwanted) {
        evaluated?.unwant(name)
        continue
      }
      if (check === false ? surplus(name)(told, name) : checkBelow(check, property, name, told, below)) continue
      kept = false
      if (told === undefined || told.length >= mostViolations) return false
    }
    return kept
  }
}

/** `propertyNames` (§10.3.2.4). */
export const propertyNamesCheck = (check: Check, rule: string): Check => {
  const tell = teller(rule, 'propertyNames', 'property name must be valid')
  return (value, told) => {
    if (!isRecord(value)) return true
    let kept = true
    for (const name of Object.keys(value)) {
      if (checkBelow(check, name, name, told, undefined)) continue
      kept = tell(told, name)
      if (told === undefined) return false
    }
    return kept
  }
}

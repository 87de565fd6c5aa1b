import { isRecord } from '../document/record.js'
import { type Check, checkBelow, mostViolations, teller, type Violation } from './check.js'
import type { Evaluated } from './evaluated.js'

/** What a property must be. */
interface Rule {
  readonly check: Check
  /** Whether the one who gets the value isn't to get this. What is sent of it all the same isn't looked at. */
  readonly isUnwanted: boolean
}

/** A property that `properties` names. */
export interface Property extends Rule {
  readonly name: string
  /** Tells the default of its schema, if it may have one. */
  readonly preset: (() => { readonly value: unknown } | undefined) | undefined
}

const keeps = (
  { check, isUnwanted }: Rule,
  property: unknown,
  name: string,
  told: Violation[] | undefined,
  evaluated: Evaluated | undefined
): boolean => {
  const below = evaluated?.name(name, property)
  if (!isUnwanted) return checkBelow(check, property, name, told, below)
  evaluated?.unwant(name)
  return true
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
    for (const one of properties) {
      const { name, preset } = one
      if (!Object.hasOwn(value, name)) {
        if (evaluated?.deep !== true) continue
        const absent = preset?.()
        if (absent) (evaluated.defaults ??= new Map<string, unknown>()).set(name, absent.value)
        continue
      }
      if (keeps(one, value[name], name, told, evaluated)) continue
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

interface PatternProperties extends Rule {
  readonly matches: (name: string) => boolean
}

/** `patternProperties` (§10.3.2.2). */
export const patternPropertiesCheck =
  (patterns: readonly PatternProperties[]): Check =>
  (value, told, evaluated) => {
    if (!isRecord(value)) return true
    let kept = true
    for (const name of Object.keys(value)) {
      for (const one of patterns) {
        if (!one.matches(name) || keeps(one, value[name], name, told, evaluated)) continue
        kept = false
        if (told === undefined || told.length >= mostViolations) return false
      }
    }
    return kept
  }

/**
 * `additionalProperties` (§10.3.2.3).
 *
 * @param isKnown whether a property is spoken of by `properties` or by `patternProperties`
 */
export const additionalPropertiesCheck =
  (others: Rule, isKnown: (name: string) => boolean): Check =>
  (value, told, evaluated) => {
    if (!isRecord(value)) return true
    let kept = true
    for (const name of Object.keys(value)) {
      if (isKnown(name) || keeps(others, value[name], name, told, evaluated)) continue
      kept = false
      if (told === undefined || told.length >= mostViolations) return false
    }
    return kept
  }

/** The same where there may be no others. */
export const noAdditionalPropertiesCheck =
  (isKnown: (name: string) => boolean, rule: string): Check =>
  (value, told, evaluated) => {
    if (!isRecord(value)) return true
    let kept = true
    for (const name of Object.keys(value)) {
      if (isKnown(name)) continue
      evaluated?.name(name, value[name])
      const params = { additionalProperty: name }
      kept = teller(rule, 'additionalProperties', 'must NOT have additional properties', params)(told, name)
      if (told === undefined || told.length >= mostViolations) return false
    }
    return kept
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

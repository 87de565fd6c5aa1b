import { pointer } from '../document/pointer.js'
import { isRecord } from '../document/record.js'
import { anyOfCheck, dependentSchemasCheck, ifCheck, notCheck, oneOfCheck } from './applicator-checks.js'
import { containsCheck, itemsCheck, prefixItemsCheck } from './array-checks.js'
import { always, type Check } from './check.js'
import {
  additionalPropertiesCheck,
  noAdditionalPropertiesCheck,
  patternPropertiesCheck,
  type Property,
  propertiesCheck,
  propertyNamesCheck
} from './property-checks.js'
import { regularExpression } from './regular-expression.js'

type Schema = Readonly<Record<string, unknown>>

/** Gives the checks of the schemas that a schema holds or refers to, by their pointers. */
export interface Related {
  /** Of a part of the value: a property or an item. `choosing` has bounds hold, too, whatever holds elsewhere. */
  readonly below: (at: string, choosing?: 'choosing') => Check
  /** Of the value at hand itself. */
  readonly inPlace: (at: string, choosing?: 'choosing') => Check
  readonly reference: (ref: string) => Check
  readonly dynamicReference: (ref: string) => Check
  /** The properties of the value that aren't for the one who gets it. */
  readonly unwanted: ReadonlySet<string>
  readonly isUnwanted: (at: string) => boolean
  readonly preset: (at: string) => Property['preset']
}

/** The checks of a schema's keywords that hold schemas, or refer to them. */
export const applyingChecks = (schema: Schema, at: string, related: Related): Check[] => {
  const checks: Check[] = []
  const { $ref: ref, $dynamicRef: dynamicRef, allOf, anyOf, oneOf, not, if: condition, dependentSchemas } = schema
  const list = (keyword: string, schemas: readonly unknown[], choosing?: 'choosing'): Check[] =>
    schemas.map((_, index) => related.inPlace(at + pointer(keyword, index), choosing))
  if (typeof ref === 'string') checks.push(related.reference(ref))
  if (typeof dynamicRef === 'string') checks.push(related.dynamicReference(dynamicRef))
  if (Array.isArray(allOf)) checks.push(...list('allOf', allOf))
  checks.push(...itemChecks(schema, at, related), ...propertyChecks(schema, at, related))
  if (Array.isArray(anyOf)) checks.push(anyOfCheck(list('anyOf', anyOf, 'choosing'), `${at}/anyOf`))
  if (Array.isArray(oneOf)) checks.push(oneOfCheck(list('oneOf', oneOf, 'choosing'), `${at}/oneOf`))
  if (not !== undefined) checks.push(notCheck(related.inPlace(`${at}/not`, 'choosing'), `${at}/not`))
  if (condition !== undefined) {
    const [then, otherwise] = ['then', 'else'].map(keyword =>
      schema[keyword] === undefined ? always : related.inPlace(at + pointer(keyword))
    )
    checks.push(ifCheck(related.inPlace(`${at}/if`, 'choosing'), then ?? always, otherwise ?? always))
  }
  if (isRecord(dependentSchemas)) {
    const below = (name: string): Check => related.inPlace(at + pointer('dependentSchemas', name))
    checks.push(dependentSchemasCheck(Object.keys(dependentSchemas).map(name => [name, below(name)] as const)))
  }
  return checks
}

const itemChecks = (schema: Schema, at: string, { below }: Related): Check[] => {
  const checks: Check[] = []
  const { prefixItems, items, contains, minContains = 1, maxContains } = schema
  const first = Array.isArray(prefixItems) ? prefixItems : []
  if (first.length > 0) {
    checks.push(prefixItemsCheck(first.map((_, index) => below(at + pointer('prefixItems', index)))))
  }
  if (items !== undefined) checks.push(itemsCheck(below(`${at}/items`), first.length))
  if (contains !== undefined) {
    const max = typeof maxContains === 'number' ? maxContains : undefined
    checks.push(containsCheck(below(`${at}/contains`, 'choosing'), Number(minContains), max, `${at}/contains`))
  }
  return checks
}

const propertyChecks = (schema: Schema, at: string, related: Related): Check[] => {
  const checks: Check[] = []
  const { properties, patternProperties, additionalProperties, propertyNames } = schema
  const rule = (path: string): { check: Check; isUnwanted: boolean } => ({
    check: related.below(path),
    isUnwanted: related.isUnwanted(path)
  })
  const names = isRecord(properties) ? Object.keys(properties) : []
  const patterns = (isRecord(patternProperties) ? Object.keys(patternProperties) : []).map(pattern => ({
    matches: regularExpression(pattern),
    ...rule(at + pointer('patternProperties', pattern))
  }))
  if (isRecord(properties)) {
    const propertyOf = (name: string): Property => {
      const path = at + pointer('properties', name)
      const isUnwanted = related.unwanted.has(name) // by another schema of the value, too
      return { name, check: related.below(path), isUnwanted, preset: isUnwanted ? undefined : related.preset(path) }
    }
    checks.push(propertiesCheck(names.map(propertyOf)))
  }
  if (patterns.length > 0) checks.push(patternPropertiesCheck(patterns))
  if (additionalProperties !== undefined) {
    const known = new Set(names)
    const isKnown = (name: string): boolean => known.has(name) || patterns.some(({ matches }) => matches(name))
    const path = `${at}/additionalProperties`
    const isClosed = additionalProperties === false
    checks.push(isClosed ? noAdditionalPropertiesCheck(isKnown, path) : additionalPropertiesCheck(rule(path), isKnown))
  }
  if (propertyNames !== undefined) {
    checks.push(propertyNamesCheck(related.below(`${at}/propertyNames`), `${at}/propertyNames`))
  }
  return checks
}

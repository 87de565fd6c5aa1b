import type { Node } from '../../src/contract/index.js'
import { requiredOf, schemaMap, typesOf, valuesOf, type View, viewOf } from './schema-view.js'

/**
 * Whether no value can fit two schemas, as far as their types tell, their listed values, or a property that is required
 * in one of them. Schemas that are told apart by something else count as overlapping.
 *
 * @param depth how many schemas inside one another are looked at
 */
export const areDisjoint = (one: View, other: View, depth = 4): boolean => {
  if (depth === 0) return false
  const others = { types: typesOf(other), values: valuesOf(other), properties: schemaMap(other, 'properties') }
  const types = [...typesOf(one)].filter(type => others.types.has(type))
  if (types.length === 0 || valuesOf(one)?.every(value => others.values?.includes(value) === false)) return true
  if (isSplit(one, other, depth) || isSplit(other, one, depth)) return true
  if (types.join() !== 'object') return false
  const properties = schemaMap(one, 'properties')
  return [...requiredOf(one).keys(), ...requiredOf(other).keys()].some(name => {
    const [mine, yours] = [properties.get(name), others.properties.get(name)]
    return mine !== undefined && yours !== undefined && areDisjoint(viewOf(mine), viewOf(yours), depth - 1)
  })
}

const isSplit = (one: View, other: View, depth: number): boolean =>
  one.groups.some(branches => branches.every(branch => areDisjoint(chosen(one, branch), other, depth - 1)))

/** A view of which an alternative has been chosen. */
export const chosen = ({ parts }: View, branch: Node): View => {
  const view = viewOf([branch])
  return { parts: [...parts, ...view.parts], groups: view.groups }
}

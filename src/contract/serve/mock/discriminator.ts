import { tokensOf } from '../../document/pointer.js'
import { isRecord } from '../../document/record.js'
import { type Node, referred } from '../../openapi/node.js'
import type { Combination } from './combinations.js'
import { entriesAt } from './keyword.js'

/**
 * The properties that say which of several schemas a value is of, with what says that it is of this combination: by the
 * mapping, else by the name of the component (OpenAPI 3.1 §4.8.25).
 */
export const discriminated = (combination: Combination): ReadonlyMap<string, string> => {
  const found = new Map<string, string>()
  for (const schema of combination) {
    const discriminator = isRecord(schema.value) ? schema.value['discriminator'] : undefined
    if (!isRecord(discriminator)) continue
    const { propertyName, mapping } = discriminator
    const component = componentOf(schema, combination)
    if (typeof propertyName !== 'string' || component === undefined) continue
    found.set(propertyName, nameOf(component, isRecord(mapping) ? mapping : {}))
  }
  return found
}

// The alternative that was chosen; without any, the component that is made of others, which come after it.
const componentOf = (schema: Node, combination: Combination): string | undefined => {
  const isIn = ({ pointer }: Node): boolean => combination.some(one => one.pointer === pointer)
  const alternatives = ['oneOf', 'anyOf'].flatMap(keyword => entriesAt(schema, keyword).map(([, one]) => one))
  const chosen = alternatives.length > 0 ? alternatives.filter(isIn).map(referred) : combination
  return chosen.map(one => one?.pointer).find(at => at?.startsWith(components) && tokensOf(at).length === 3)
}

const components = '/components/schemas/'

const nameOf = (component: string, mapping: Readonly<Record<string, unknown>>): string => {
  const name = tokensOf(component).at(-1) ?? ''
  const mapped = Object.entries(mapping).find(([, to]) => to === name || to === `#${component}`)
  return mapped ? mapped[0] : name
}

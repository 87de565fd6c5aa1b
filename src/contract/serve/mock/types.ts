import type { Node } from '../../openapi/node.js'
import { isRecord } from '../../document/record.js'
import { valuesAt } from './keyword.js'

/** The types of JSON Schema. */
export type Type = 'string' | 'object' | 'array' | 'number' | 'integer' | 'boolean' | 'null'

const types: readonly Type[] = ['string', 'object', 'array', 'number', 'integer', 'boolean', 'null']

// Which type is meant where none is said.
const hints: readonly (readonly [Type, RegExp])[] = [
  ['object', /^(properties|required|additionalProperties|patternProperties|propertyNames|(min|max)Properties)$/],
  ['array', /^(items|prefixItems|contains|(min|max)Items|uniqueItems)$/],
  ['string', /^(format|pattern|(min|max)Length)$/],
  ['number', /^(multipleOf|(exclusive)?(min|max)imum)$/i]
]

/**
 * The types that a value can have that satisfies all of these schemas, those first that are meant; or, if it is to be
 * short, those that end soonest.
 */
export const typesOf = (schemas: readonly Node[], isTerse: boolean): Type[] => {
  const lists = valuesAt(schemas, 'type').map(type => (Array.isArray(type) ? (type as unknown[]) : [type]))
  const has = (list: readonly unknown[], type: Type): boolean =>
    list.includes(type) || (type === 'integer' && list.includes('number'))
  const allowed = types.filter(type => lists.every(list => has(list, type)))
  const distinct = allowed.includes('number') ? allowed.filter(type => type !== 'integer') : allowed
  if (lists.length > 0) {
    const order = lists[0] ?? []
    const rank = (type: Type): number => (type === 'null' ? order.length : order.indexOf(type))
    const ordered = distinct.sort((one, other) => rank(one) - rank(other))
    return isTerse ? ordered.reverse() : ordered
  }
  const keywords = schemas.flatMap(({ value }) => (isRecord(value) ? Object.keys(value) : []))
  const meant = hints.filter(([, hint]) => keywords.some(keyword => hint.test(keyword))).map(([type]) => type)
  return [...new Set([...meant, ...distinct])]
}

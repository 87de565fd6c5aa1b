import { isRecord } from '../document/record.js'
import { pointer } from '../document/pointer.js'
import type { Contract } from './contract.js'

/** What the schema of a stream of events speaks of: each event, the data of each, or the text of the whole, as text does. */
export type EventSchemaKind = 'event' | 'data' | 'text'

/**
 * What the schema at a pointer speaks of (OpenAPI 3.1 says nothing of it): of an event, as `itemSchema` does in OpenAPI 3.2,
 * if it has a property `data`; else of its data. A text is the stream itself, of which no event could be one.
 */
export const eventSchemaKind = (contract: Contract, at: string | undefined): EventSchemaKind => {
  if (at === undefined) return 'text'
  if (speaks(contract, at, schema => isRecord(schema['properties']) && Object.hasOwn(schema['properties'], 'data'))) {
    return 'event'
  }
  return speaks(contract, at, isOfAnyText) ? 'text' : 'data'
}

const isOfAnyText = ({ type, enum: values, const: value }: Readonly<Record<string, unknown>>): boolean =>
  type === 'string' && values === undefined && value === undefined

// Of each alternative, or of something that holds with it.
const speaks = (
  contract: Contract,
  at: string,
  says: (schema: Readonly<Record<string, unknown>>) => boolean,
  seen = new Set<string>()
): boolean => {
  const { pointer: here, value: schema } = contract.resolve(at)
  if (seen.has(here) || !isRecord(schema)) return false
  const known = new Set([...seen, here])
  const of = (keyword: string): boolean[] => {
    const list = schema[keyword]
    if (!Array.isArray(list)) return []
    return list.map((_, index) => speaks(contract, here + pointer(keyword, index), says, known))
  }
  const alternatives = [of('oneOf'), of('anyOf')].filter(all => all.length > 0)
  return says(schema) || of('allOf').includes(true) || alternatives.some(all => all.every(one => one))
}

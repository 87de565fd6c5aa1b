import { type Node, within } from '../../openapi/node.js'
import { entriesAt } from './keyword.js'

/** The schemas that the member of an object with a name has to satisfy, by schemas that the object does. */
export const membersOf = (schemas: readonly Node[], name: string): Node[] =>
  schemas.flatMap(schema => {
    const own = within(schema, 'properties')
    const property = own && within(own, name)
    const matching = entriesAt(schema, 'patternProperties').filter(([pattern]) => new RegExp(pattern, 'u').test(name))
    const named = [...(property ? [property] : []), ...matching.map(([, entry]) => entry)]
    return named.length > 0 ? named : (within(schema, 'additionalProperties') ?? [])
  })

/** The schemas that the item of an array at an index has to satisfy, by schemas that the array does. */
export const itemsOf = (schemas: readonly Node[], index: number): Node[] =>
  schemas.flatMap(schema => {
    const positional = entriesAt(schema, 'prefixItems').map(([, entry]) => entry)
    return positional[index] ?? within(schema, 'items') ?? []
  })

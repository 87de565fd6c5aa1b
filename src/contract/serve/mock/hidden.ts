import { isRecord } from '../../document/record.js'
import type { Node } from '../../openapi/node.js'
import { combinationsOf } from './combinations.js'
import { itemsOf, membersOf } from './subschemas.js'

/** All schemas that may have a say in values of some schemas: those of each combination, once. */
const involved = (schemas: readonly Node[]): Node[] => [
  ...new Map(
    combinationsOf(schemas)
      .flat()
      .map(schema => [schema.pointer, schema])
  ).values()
]

/** Whether what satisfies these schemas is only ever written by clients, and never answered: `writeOnly`. */
export const isHidden = (schemas: readonly Node[]): boolean =>
  involved(schemas).some(({ value }) => isRecord(value) && value['writeOnly'] === true)

/** A value of some schemas without what is never answered. */
export const withoutHidden = (schemas: readonly Node[], value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value
  const all = involved(schemas)
  if (Array.isArray(value)) return value.map((item: unknown, index) => withoutHidden(itemsOf(all, index), item))
  const members = Object.entries(value).map(([name, member]: [string, unknown]) => ({
    name,
    member,
    schemas: membersOf(all, name)
  }))
  return Object.fromEntries(
    members
      .filter(({ schemas }) => !isHidden(schemas))
      .map(({ name, member, schemas }) => [name, withoutHidden(schemas, member)])
  )
}

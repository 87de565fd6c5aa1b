import { isRecord } from '../../document/record.js'
import { entriesOf, type Node, within } from '../../openapi/node.js'

/** What schemas say under a keyword: one value for each that says something. */
export const valuesAt = (schemas: readonly Node[], keyword: string): unknown[] =>
  schemas.flatMap(({ value }) => (isRecord(value) && Object.hasOwn(value, keyword) ? [value[keyword]] : []))

/** The numbers that schemas say under a keyword. */
export const numbersAt = (schemas: readonly Node[], keyword: string): number[] =>
  valuesAt(schemas, keyword).filter(value => typeof value === 'number')

/** The texts that schemas say under a keyword. */
export const textsAt = (schemas: readonly Node[], keyword: string): string[] =>
  valuesAt(schemas, keyword).filter(value => typeof value === 'string')

/** The members of the lists that schemas say under a keyword. */
export const membersAt = (schemas: readonly Node[], keyword: string): unknown[] =>
  valuesAt(schemas, keyword).flatMap(list => (Array.isArray(list) ? (list as unknown[]) : []))

/** The schemas that stand under a keyword of schemas. */
export const schemasAt = (schemas: readonly Node[], keyword: string): Node[] =>
  schemas.flatMap(schema => within(schema, keyword) ?? [])

/** The schemas that stand in the map or the list under a keyword of a schema, and their names. */
export const entriesAt = (schema: Node, keyword: string): [name: string, entry: Node][] => {
  const under = within(schema, keyword)
  return under === undefined ? [] : entriesOf(under)
}

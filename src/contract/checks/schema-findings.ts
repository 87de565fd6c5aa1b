import type { Finding } from '../document/finding.js'
import type { Contract } from '../openapi/contract.js'
import { EndlessSchemas } from '../schema/endless.js'
import { schemaViolations } from '../schema/schema-violations.js'

/** A schema of a contract, and where it stands. */
export interface SchemaAt {
  readonly schema: unknown
  readonly pointer: string
}

/**
 * What keeps the schemas of a contract from being gone by: all that could fail when one is compiled, which is done when
 * it is first needed.
 */
export const schemaFindings = (contract: Contract, schemas: readonly SchemaAt[]): Finding[] => {
  const violations = schemas.flatMap(({ schema, pointer: at }) => schemaViolations(schema, at))
  if (violations.length > 0) {
    return violations.map(({ pointer, what, todo }) => ({ place: contract.place(pointer), what, todo }))
  }
  const endless = new EndlessSchemas(contract.document)
  return schemas
    .filter(({ schema, pointer }) => endless.isEndless(pointer, schema))
    .map(({ pointer }) => {
      const what = 'A schema that is made of itself, or of 500 others in a row, says nothing of any value.'
      const todo = 'Take it out of its own `allOf`, `anyOf` or `$ref`.'
      return { place: contract.place(pointer, 'key'), what, todo }
    })
}

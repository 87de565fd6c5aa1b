import type { Finding } from '../document/finding.js'
import { valueAt } from '../document/reference.js'
import type { Contract } from '../openapi/contract.js'
import { evaluatorOf } from '../openapi/evaluator-of.js'
import { EndlessSchemas } from '../schema/endless.js'
import { schemaViolations } from '../schema/schema-violations.js'

/** What keeps the schemas of a contract from being gone by. Compiles each, so that none fails when it is needed. */
export const schemaFindings = (contract: Contract, pointers: readonly string[]): Finding[] => {
  const violations = pointers.flatMap(at => schemaViolations(valueAt(contract.document, at), at))
  if (violations.length > 0) {
    return violations.map(({ pointer, what, todo }) => ({ place: contract.place(pointer), what, todo }))
  }
  const endless = new EndlessSchemas(contract.document)
  const { checks } = evaluatorOf(contract)
  return pointers.flatMap(at => {
    if (endless.isEndless(at)) {
      const what = 'A schema that is made of itself says nothing of any value.'
      return [{ place: contract.place(at, 'key'), what, todo: 'Take it out of its own `allOf`, `anyOf` or `$ref`.' }]
    }
    checks.of(at)
    return []
  })
}

import type { Finding } from '../document/finding.js'
import type { Contract } from '../openapi/contract.js'
import { type OperationObject, operationsOf } from '../openapi/operation-object.js'
import type { Code } from './code.js'
import { bodyFindings } from './body-findings.js'
import { defaultFindings } from './default-findings.js'
import { handlerFindings, surplusFindings } from './handler-findings.js'
import { pathFindings } from './path-findings.js'
import { securityFindings } from './security-findings.js'
import { urlFindings } from './url-findings.js'

/**
 * Compares a contract with the code, both ways. What this finds would fail at the first request; so it fails at boot.
 *
 * @param mocks whether operations without handlers, and handlers without operations, are fine: with mocks they can be
 * served, and they are what an edit looks like halfway
 */
export const conformanceFindings = (
  contract: Contract,
  code: Code,
  { mocks }: { readonly mocks: boolean }
): Finding[] => {
  const operations = operationsOf(contract)
  const hasHandler = ({ operationId: id }: OperationObject): boolean =>
    id !== undefined && Object.hasOwn(code.operations, id)
  const uses = new Map<string | undefined, number>()
  for (const { operationId } of operations) uses.set(operationId, (uses.get(operationId) ?? 0) + 1)
  return [
    ...operations.flatMap(operation => [
      ...handlerFindings(contract, operation, uses, mocks ? undefined : code),
      ...securityFindings(contract, operation, code),
      ...bodyFindings(contract, operation),
      ...(mocks && !hasHandler(operation) ? [] : defaultFindings(contract, operation))
    ]),
    ...pathFindings(contract, operations),
    ...urlFindings(contract, operations),
    ...surplusFindings(contract, mocks ? undefined : new Set(uses.keys()), code)
  ]
}

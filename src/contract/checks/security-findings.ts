import type { Finding } from '../document/finding.js'
import type { Contract } from '../openapi/contract.js'
import type { OperationObject } from '../openapi/operation-object.js'
import { securityKind } from '../openapi/security-kind.js'
import { declaredScopes, type RequiredScheme, securityOf, securityScheme } from '../openapi/security-requirement.js'
import type { Code } from './code.js'

/** Whether an operation lets people in by schemes that there are and that have handlers. */
export const securityFindings = (contract: Contract, operation: OperationObject, code: Code): Finding[] => {
  return securityOf(contract, operation)
    .alternatives.flat()
    .flatMap(required => {
      const wrong = mistakeIn(contract, required, code)
      return wrong ? [{ place: contract.place(required.pointer, 'key'), ...wrong }] : []
    })
}

const mistakeIn = (
  contract: Contract,
  { scheme, scopes }: RequiredScheme,
  code: Code
): Pick<Finding, 'what' | 'todo'> | undefined => {
  if (!securityScheme(contract, scheme)) {
    return { what: `There is no security scheme \`${scheme}\`.`, todo: 'Declare it in components.securitySchemes.' }
  }
  const kind = securityKind(contract, scheme)
  const handler = Object.hasOwn(code.security, scheme) ? code.security[scheme] : undefined
  if (kind === 'mutualTLS' && handler?.certificate === undefined) {
    const what = `The security scheme \`${scheme}\` goes by the client's certificate, of which this server sees nothing.`
    return {
      what,
      todo: 'Write a handler with `certificate`, which says where a proxy puts it; or take another scheme.'
    }
  }
  if (!handler) {
    const todo = 'Write one, and name it in the map of security handlers.'
    return { what: `The security scheme \`${scheme}\` has no handler.`, todo }
  }
  if (handler.kind !== kind) {
    const what = `The security scheme \`${scheme}\` is of the kind \`${kind}\`, but its handler of the kind \`${handler.kind}\`.`
    return { what, todo: 'Write the handler for that kind, or mend the scheme.' }
  }
  if (securityScheme(contract, scheme)?.['type'] !== 'oauth2') return undefined // roles are declared nowhere
  const declared = declaredScopes(contract, scheme)
  const unknown = scopes.find(scope => !declared.includes(scope))
  if (unknown === undefined) return undefined
  return {
    what: `No flow of \`${scheme}\` declares the scope \`${unknown}\`.`,
    todo: 'Declare it in the `scopes` of its flows.'
  }
}

import { pointer } from '../document/pointer.js'
import { isRecord } from '../document/record.js'
import type { Contract } from './contract.js'
import type { OperationObject } from './operation-object.js'

/** A scheme that an operation asks for, with the scopes that it needs there, and where the contract says so. */
export interface RequiredScheme {
  readonly scheme: string
  readonly scopes: readonly string[]
  readonly pointer: string
}

/** Whom an operation lets in. */
export interface Security {
  /** Where it is said: at the operation, or for the whole contract. The operation itself where nobody says it. */
  readonly pointer: string
  /** Whether it is said at all. */
  readonly isDeclared: boolean
  /** The alternatives, of each of which all schemes are needed. An empty one lets anybody in. */
  readonly alternatives: readonly (readonly RequiredScheme[])[]
  /** Whether anybody is let in: nothing is asked for, or one alternative is empty. */
  readonly isOpen: boolean
  /** The schemes of all alternatives, each once. */
  readonly schemes: readonly string[]
}

/** Whom an operation lets in: its own `security`, or else that of the contract (OpenAPI 3.1 §4.8.10.1). */
export const securityOf = (contract: Contract, { pointer: at, operation }: OperationObject): Security => {
  const own = operation.security !== undefined
  const path = (own ? at : '') + pointer('security')
  const list = operation.security ?? contract.document.security
  const alternatives = (list ?? []).map((requirement, index) =>
    Object.entries(requirement).map(([scheme, scopes]) => ({
      scheme,
      scopes,
      pointer: path + pointer(index, scheme)
    }))
  )
  return {
    pointer: list === undefined ? at : path,
    isDeclared: list !== undefined,
    alternatives,
    isOpen: alternatives.length === 0 || alternatives.some(one => one.length === 0),
    schemes: [...new Set(alternatives.flat().map(({ scheme }) => scheme))]
  }
}

/** Where the Security Scheme Object of a name stands. */
export const schemePointer = (name: string): string => pointer('components', 'securitySchemes', name)

/** The Security Scheme Object of a name (OpenAPI 3.1 §4.8.27), if the contract has it. */
export const securityScheme = (contract: Contract, name: string): Readonly<Record<string, unknown>> | undefined => {
  const { value } = contract.resolve(schemePointer(name))
  return isRecord(value) ? value : undefined
}

/** The scopes that a scheme's flows declare (OpenAPI 3.1 §4.8.29); none for a scheme that isn't `oauth2`. */
export const declaredScopes = (contract: Contract, scheme: string): readonly string[] => {
  const flows = securityScheme(contract, scheme)?.['flows']
  const scopes = Object.values(isRecord(flows) ? flows : {}).map(flow => (isRecord(flow) ? flow['scopes'] : undefined))
  return [...new Set(scopes.filter(isRecord).flatMap(one => Object.keys(one)))]
}

const scopesOf = new WeakMap<Contract, ReadonlySet<string>>() // each login asks

/** The scopes that any scheme of a contract declares; none without a contract. */
export const allScopes = (contract: Contract | undefined): ReadonlySet<string> => {
  if (!contract) return new Set()
  const found = scopesOf.get(contract)
  if (found) return found
  const scopes = new Set(securitySchemeNames(contract).flatMap(name => declaredScopes(contract, name)))
  scopesOf.set(contract, scopes)
  return scopes
}

/** The names of all security schemes of a contract. */
export const securitySchemeNames = (contract: Contract): string[] =>
  Object.keys(contract.document.components?.securitySchemes ?? {})

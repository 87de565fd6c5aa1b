import type { Contract } from './contract.js'
import { type OperationObject, operationsOf } from './operation-object.js'
import { nameOf, type ParameterAt, parametersOf } from './parameter.js'
import { requestBodyOf } from './request-body.js'
import { responseOf } from './response.js'
import { responseKey, sampleStatus } from './response-key.js'
import { securityOf } from './security-requirement.js'

/** The GET beside a HEAD, on the same path: what answers it by default (RFC 9110 §9.3.2). `undefined` for other methods. */
export const getBeside = (contract: Contract, { method, path }: OperationObject): OperationObject | undefined =>
  method === 'head' ? operationsOf(contract).find(one => one.method === 'get' && one.path === path) : undefined

/** Whether the handler of a GET can answer a HEAD: whatever is declared of the one holds of the other. */
export const canStandIn = (contract: Contract, get: OperationObject, head: OperationObject): boolean =>
  differenceOf(contract, get, head) === undefined

/** Why the handler of a GET can't answer a HEAD: what is declared otherwise, in words; `undefined` if nothing is. */
export const differenceOf = (contract: Contract, get: OperationObject, head: OperationObject): string | undefined =>
  parameterDifference(contract, get, head) ??
  (contents(contract, get) === contents(contract, head) ? undefined : 'it has another body') ??
  (guards(contract, get) === guards(contract, head) ? undefined : 'it asks for other security') ??
  responseDifference(contract, get, head)

const parameterDifference = (contract: Contract, get: OperationObject, head: OperationObject): string | undefined => {
  const [ofGet, ofHead] = [get, head].map(one => new Map(parametersOf(contract, one).map(described)))
  const names = new Set([...(ofGet?.keys() ?? []), ...(ofHead?.keys() ?? [])])
  const other = [...names].find(name => ofGet?.get(name) !== ofHead?.get(name))
  return other === undefined ? undefined : `it has another parameter ${other}`
}

// What is only said to people may differ.
const informing: ReadonlySet<string> = new Set(['description', 'example', 'examples'])

const described = (one: ParameterAt): [name: string, meaning: string] => {
  const { location, name } = nameOf(one)
  const said = Object.entries(one.parameter).filter(([key]) => !informing.has(key))
  return [`\`${name}\` in \`${location}\``, JSON.stringify(said)]
}

const contents = (contract: Contract, operation: OperationObject): string =>
  JSON.stringify([...(requestBodyOf(contract, operation)?.contents.keys() ?? [])])

const guards = (contract: Contract, operation: OperationObject): string =>
  JSON.stringify(
    securityOf(contract, operation).alternatives.map(all => all.map(({ scheme, scopes }) => ({ scheme, scopes })))
  )

const responseDifference = (contract: Contract, get: OperationObject, head: OperationObject): string | undefined => {
  for (const key of Object.keys(get.operation.responses ?? {})) {
    const status = sampleStatus(key)
    if (status === undefined) continue
    const [ofGet, ofHead] = [get, head].map(one => responseOf(contract, one.pointer, status))
    if (!ofGet || !ofHead || !covers(head, key, status)) return `it doesn't declare the response \`${key}\``
    const said = new Set([...ofGet.openHeaders.keys(), ...ofGet.constantHeaders].map(name => name.toLowerCase()))
    const required = [...ofHead.openHeaders].filter(([, header]) => header.required).map(([name]) => name)
    const constant = ofHead.constantHeaders.filter((_, index) => index % 2 === 0)
    const missing = [...required, ...constant].find(name => !said.has(name.toLowerCase()))
    if (missing !== undefined) return `its response \`${key}\` has the header \`${missing}\`, which GET's hasn't`
  }
  return undefined
}

// A class of statuses isn't covered by one of them.
const covers = ({ operation }: OperationObject, key: string, status: number): boolean => {
  const found = responseKey(operation.responses, status)
  return found === key || found === 'default' || /^\dXX$/.test(found ?? '')
}

import type { OpenAPIV3_1 } from 'openapi-types'
import { pointer } from '../document/pointer.js'
import { isRecord } from '../document/record.js'
import { targetOf } from '../document/reference.js'
import type { Contract } from './contract.js'
import { evaluatorOf } from './evaluator-of.js'
import type { OperationObject } from './operation-object.js'

/** The part of a request that a Parameter Object speaks of. */
export type ParameterLocation = 'path' | 'query' | 'header' | 'cookie'

/** A Parameter Object (OpenAPI 3.1 §4.8.12), and where it stands. */
export interface ParameterAt {
  readonly at: string
  readonly parameter: OpenAPIV3_1.ParameterObject
}

const ignoredHeaders = new Set(['accept', 'content-type', 'authorization'])

/** Whether a parameter is a header that is declared by other means, which is ignored (OpenAPI 3.1 §4.8.12.2, `name`). */
export const isIgnored = ({ in: location, name }: OpenAPIV3_1.ParameterObject): boolean =>
  location === 'header' && ignoredHeaders.has(name.toLowerCase())

/** The parameters of an operation and of its path, of which its own go first (OpenAPI 3.1 §4.8.10.1), without ignored ones. */
export const parametersOf = (contract: Contract, operation: OperationObject): ParameterAt[] => {
  const all = parameterLists(contract, operation).flat()
  return [...new Map(all.map(one => [keyOf(one), one])).values()]
}

/** The parameters of an operation, or of its path, after another one of the same name and location in the same list. */
export const twiceDeclared = (contract: Contract, operation: OperationObject): ParameterAt[] =>
  parameterLists(contract, operation).flatMap(list =>
    list.filter((one, index) => {
      const first = list.findIndex(other => keyOf(other) === keyOf(one))
      return first < index && list[first]?.at !== one.at // what is referred to twice is one
    })
  )

const keyOf = (one: ParameterAt): string => {
  const { location, name } = nameOf(one)
  return `${location} ${name}`
}

const parameterLists = (contract: Contract, { pointer: operation }: OperationObject): ParameterAt[][] => {
  const pathItem = operation.slice(0, operation.lastIndexOf('/'))
  return [pathItem, operation].map(owner => {
    const list = owner + pointer('parameters')
    const { value } = contract.resolve(list)
    if (!Array.isArray(value)) return []
    return value.flatMap((_, index): ParameterAt[] => {
      const { pointer: at, value: parameter } = contract.resolve(list + pointer(index))
      if (!isRecord(parameter)) return [] // a reference to nothing: told as such
      const one = { at, parameter: parameter as unknown as OpenAPIV3_1.ParameterObject }
      return isIgnored(one.parameter) ? [] : [one]
    })
  })
}

/** The location of a parameter, and its name there: that of a header is not case-sensitive, so it is in lower case. */
export const nameOf = ({ parameter }: ParameterAt): { readonly location: ParameterLocation; readonly name: string } => {
  const location = parameter.in as ParameterLocation
  return { location, name: location === 'header' ? parameter.name.toLowerCase() : parameter.name }
}

/** The pointer of a parameter's schema: its own, or that of its only media type. */
export const schemaPointerOf = ({ at, parameter }: ParameterAt): string => {
  const [mediaType] = Object.keys(parameter.content ?? {})
  return at + (mediaType === undefined ? pointer('schema') : pointer('content', mediaType, 'schema'))
}

/** The valid default of a parameter's schema, if it has one: what a handler gets where nothing is sent. */
export const defaultOf = (contract: Contract, parameter: ParameterAt): { readonly value: unknown } | undefined =>
  evaluatorOf(contract).checks.defaultOf(targetOf(contract.document, `#${encodeURI(schemaPointerOf(parameter))}`))

import type { Contract } from '../openapi/contract.js'
import type { OperationObject } from '../openapi/operation-object.js'
import { nameOf, parametersOf } from '../openapi/parameter.js'
import type { Take } from './broken-rule.js'
import { parameterReceiver } from './parameter-receiver.js'
import { rawCookies, type RawFields, rawFields } from './raw-fields.js'

const partOf = { path: 'params', query: 'query', header: 'headers', cookie: 'cookies' } as const

const noFields: RawFields = new Map()

/** Takes the parameters of an operation from a request; `undefined` if it has none. */
export const takeParameters = (contract: Contract, operation: OperationObject): Take | undefined => {
  const parameters = parametersOf(contract, operation)
  if (parameters.length === 0) return undefined
  const receive = parameterReceiver(contract, parameters)
  const locations = new Set(parameters.map(one => nameOf(one).location))
  return request => {
    const { values, broken } = receive({
      params: request.params,
      headers: request.message.headers,
      query: locations.has('query') ? rawFields(request.search) : noFields,
      cookies: locations.has('cookie') ? rawCookies(request.message.headers.cookie) : noFields
    })
    for (const location of locations) request.input[partOf[location]] = values[location]
    return broken
  }
}

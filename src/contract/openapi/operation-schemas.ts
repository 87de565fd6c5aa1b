import type { OpenAPIV3_1 } from 'openapi-types'
import { pointer } from '../document/pointer.js'
import type { Contract } from './contract.js'
import type { OperationObject } from './operation-object.js'
import { parametersOf, schemaPointerOf } from './parameter.js'
import { responseOf } from './response.js'
import { sampleStatus } from './response-key.js'

/** The pointers of the schemas of an operation's requests: of its parameters, and of its body in each media type. */
export const requestSchemasOf = (contract: Contract, operation: OperationObject): string[] => {
  const { pointer: bodyAt, value } = contract.resolve(operation.pointer + pointer('requestBody'))
  const mediaTypes = Object.keys((value as OpenAPIV3_1.RequestBodyObject | undefined)?.content ?? {})
  return [
    ...parametersOf(contract, operation).map(schemaPointerOf),
    ...mediaTypes.map(mediaType => bodyAt + pointer('content', mediaType, 'schema'))
  ]
}

/** The pointers of the schemas of an operation's replies: of their headers, and of their bodies in each media type. */
export const replySchemasOf = (contract: Contract, operation: OperationObject): string[] =>
  Object.keys(operation.operation.responses ?? {}).flatMap(key => {
    const status = sampleStatus(key)
    const response = status === undefined ? undefined : responseOf(contract, operation.pointer, status)
    const headers = [...(response?.openHeaders.values() ?? [])].map(({ schema }) => schema)
    return [...headers, ...(response?.content.values() ?? [])].filter(schema => schema !== undefined)
  })

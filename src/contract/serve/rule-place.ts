import type { ErrorObject } from 'ajv'
import type { Context } from 'openapi-backend'
import { pointer, tokensOf } from '../document/pointer.js'
import { pointerOf } from '../document/pointer-of.js'
import type { Contract } from '../openapi/contract.js'
import { formMediaType } from '../openapi/media-type.js'
import { operationWithId } from '../openapi/operation-object.js'
import { nameOf, type ParameterAt, parametersOf } from '../openapi/parameter.js'
import { isLetIn, refusalOf, requestOf } from './pipeline.js'
import type { Body } from './request.js'

/**
 * The pointer of the rule in the contract for which a request is turned away, by security, by its body or by the
 * validator; `undefined` if none can be told. Searches the whole contract: for development only. The validator must be
 * verbose.
 */
export const rulePointer = (contract: Contract, context: Context): string | undefined => {
  const operation = operationWithId(contract, context.operation.operationId)
  if (!operation) return undefined
  const body = contract.resolve(operation.pointer + pointer('requestBody')).pointer
  if (!isLetIn(context)) {
    const scheme = refusalOf(context)?.scheme
    const index = (context.operation.security ?? []).findIndex(one => scheme !== undefined && scheme in one)
    return operation.pointer + (index < 0 ? pointer('security') : pointer('security', index, scheme ?? ''))
  }
  const { content } = requestOf(context)
  if (content?.mediaType === 'refused') return content.status === 415 ? body + pointer('content') : body
  const [error] = context.validation.errors ?? []
  if (!error) return undefined
  if (error.instancePath === '/requestBody' && isOther(contract, body, content)) return body + pointer('content')
  return ruleInSchema(contract, error) ?? ruleOfPart(contract, error, body, parametersOf(contract, operation))
}

// A form is wanted, and something else was sent: no field of it is to blame.
const isOther = (contract: Contract, body: string, content: Body | undefined): boolean =>
  content !== undefined &&
  !['form', 'none'].includes(content.mediaType) &&
  contract.resolve(body + pointer('content', formMediaType)).value !== undefined

const ruleInSchema = (contract: Contract, error: ErrorObject): string | undefined => {
  const schema = pointerOf(contract.document, error.parentSchema)
  return schema === undefined ? undefined : schema + pointer(error.keyword)
}

// What isn't in a schema of the contract is in the schema that was made of its parameters and its body.
const ruleOfPart = (
  contract: Contract,
  { instancePath, params }: ErrorObject,
  body: string,
  parameters: readonly ParameterAt[]
): string => {
  const missing: unknown = (params as Record<string, unknown>)['missingProperty']
  const [part] = tokensOf(instancePath)
  const found = parameters.find(one => {
    const { location, name } = nameOf(one)
    return location === part && name === missing
  })
  return (found?.at ?? contract.resolve(body).pointer) + pointer('required')
}

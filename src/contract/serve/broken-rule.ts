import type { ErrorObject } from 'ajv'
import type { Context } from 'openapi-backend'
import { isLetIn, refusalOf, requestOf } from './context.js'
import type { Contract } from '../read-contract.js'
import { operationObjects } from '../openapi/operation-object.js'
import { pointer, tokensOf } from '../document/pointer.js'
import { pointerOf } from '../document/pointer-of.js'
import { parametersOf } from './request-schema.js'

/**
 * The pointer of the rule in the contract for which a request is turned away, by security, by its body or by the
 * validator; `undefined` if none can be told. Searches the whole contract: for development only. The validator must be
 * verbose.
 */
export const brokenRule = (contract: Contract, context: Context): string | undefined => {
  const operation = operationObjects(contract).find(one => one.operationId === context.operation.operationId)
  if (!operation) return undefined
  const body = contract.resolve(operation.pointer + pointer('requestBody')).pointer
  if (!isLetIn(context)) {
    const { scheme } = refusalOf(context)
    const index = (context.operation.security ?? []).findIndex(one => scheme !== undefined && scheme in one)
    return operation.pointer + (index < 0 ? pointer('security') : pointer('security', index, scheme ?? ''))
  }
  const { content } = requestOf(context)
  if (content?.mediaType === 'refused') return content.status === 415 ? body + pointer('content') : body
  const [error] = context.validation.errors ?? []
  if (!error) return undefined
  return ruleInSchema(contract, error) ?? ruleOfPart(contract, error, body, parametersOf(contract, operation))
}

const ruleInSchema = (contract: Contract, error: ErrorObject): string | undefined => {
  const schema = pointerOf(contract.document, error.parentSchema)
  return schema === undefined ? undefined : schema + pointer(error.keyword)
}

// What isn't in a schema of the contract is in the schema that was made of its parameters and its body.
const ruleOfPart = (
  contract: Contract,
  { instancePath, params }: ErrorObject,
  body: string,
  parameters: ReturnType<typeof parametersOf>
): string => {
  const missing: unknown = (params as Record<string, unknown>)['missingProperty']
  const [part] = tokensOf(instancePath)
  const found = parameters.find(
    ({ parameter: one }) => one.in === part && (one.in === 'header' ? one.name.toLowerCase() : one.name) === missing
  )
  return (found?.at ?? contract.resolve(body).pointer) + pointer('required')
}

import type { Context } from 'openapi-backend'
import { pointer } from '../document/pointer.js'
import type { Contract } from '../openapi/contract.js'
import { formMediaType } from '../openapi/media-type.js'
import { securityOf } from '../openapi/security-requirement.js'
import { isLetIn, requestOf } from './pipeline.js'

/**
 * The pointer of the rule in the contract for which a request is turned away, by security, by its body or by the
 * validator; `undefined` if none can be told.
 */
export const rulePointer = (contract: Contract, context: Context): string | undefined => {
  const { operation, content, broken, refused } = requestOf(context)
  if (!operation) return undefined
  if (!isLetIn(context)) return refused?.pointer ?? securityOf(contract, operation).pointer
  const body = contract.resolve(operation.pointer + pointer('requestBody')).pointer
  if (content.kind === 'refused') return content.status === 415 ? body + pointer('content') : body
  const [first] = broken
  if (first === undefined) return undefined
  // A form is wanted, and something else was sent: no field of it is to blame.
  const isOther = content.kind === 'text' && content.mediaType !== formMediaType
  const isForm = contract.resolve(body + pointer('content', formMediaType)).value !== undefined
  return first.part === 'body' && first.path.length === 1 && isOther && isForm ? body + pointer('content') : first.rule
}

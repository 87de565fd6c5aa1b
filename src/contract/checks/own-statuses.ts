import type { Contract } from '../openapi/contract.js'
import type { OperationObject } from '../openapi/operation-object.js'
import { parametersOf } from '../openapi/parameter.js'
import { securityOf } from '../openapi/security-requirement.js'
import { type SeveralMediaTypes, severalMediaTypes } from '../openapi/several-media-types.js'
import type { Code } from './code.js'

/** A status with which the server itself replies to requests to an operation, and why it can come to that. */
export interface OwnStatus {
  readonly status: number
  readonly reason: string
}

/** The statuses with which the server itself replies, before the handler of an operation or after it. */
export const ownStatuses = (contract: Contract, operation: OperationObject, code: Code): OwnStatus[] => {
  const { isOpen, schemes, alternatives } = securityOf(contract, operation)
  const refusing = isOpen ? [] : schemes // where anybody is let in, nobody is refused
  const hasBody = operation.operation.requestBody !== undefined
  const of = (status: number, reason: string): OwnStatus => ({ status, reason })
  return [
    ...refusing.flatMap(scheme =>
      (code.security[scheme]?.refusals ?? []).map(status =>
        of(status, `its security scheme \`${scheme}\` refuses with it`)
      )
    ),
    ...(!isOpen && alternatives.flat().some(({ scopes }) => scopes.length > 0)
      ? [of(403, 'who asks can lack a scope')]
      : []),
    ...(severalMediaTypes(contract, operation).some(isChoice)
      ? [of(406, 'a client can want none of the media types that it is offered')]
      : []),
    ...(hasBody ? [of(413, 'a body can be too large'), of(415, 'a body can be compressed')] : []),
    ...(hasBody || parametersOf(contract, operation).length > 0
      ? [of(422, 'a request can break a rule of the contract')]
      : []),
    of(500, 'a handler can fail')
  ]
}

// Errors leave in the words of whoever tells them.
const isChoice = ({ key, mediaTypes }: SeveralMediaTypes): boolean => mediaTypes.length > 1 && key.startsWith('2')

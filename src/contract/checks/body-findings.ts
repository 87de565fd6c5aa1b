import type { Finding } from '../document/finding.js'
import { pointer } from '../document/pointer.js'
import type { Contract } from '../openapi/contract.js'
import type { OperationObject } from '../openapi/operation-object.js'
import { maxBytesKeyword, requestBodyOf } from '../openapi/request-body.js'

/** The limits of bodies that are no numbers of bytes. */
export const bodyFindings = (contract: Contract, operation: OperationObject): Finding[] =>
  [...(requestBodyOf(contract, operation)?.contents.values() ?? [])].flatMap(({ pointer: media }) => {
    const at = media + pointer(maxBytesKeyword)
    const { value } = contract.resolve(at)
    if (value === undefined || (Number.isSafeInteger(value) && Number(value) >= 0)) return []
    const todo = 'Write how many bytes a body may have.'
    return [{ place: contract.place(at), what: `\`${maxBytesKeyword}\` isn't a whole number of 0 or more.`, todo }]
  })

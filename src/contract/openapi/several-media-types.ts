import { pointer } from '../document/pointer.js'
import type { Contract } from './contract.js'
import { isRange } from './media-type.js'
import type { OperationObject } from './operation-object.js'
import { responseOf } from './response.js'
import { sampleStatus } from './response-key.js'

/** A response that may be in several media types, and the key of it. */
export interface SeveralMediaTypes {
  readonly key: string
  readonly mediaTypes: readonly string[]
}

/** The responses of an operation that may be in several media types, so that a client may choose. */
export const severalMediaTypes = (contract: Contract, { pointer: at }: OperationObject): SeveralMediaTypes[] => {
  const { value } = contract.resolve(at + pointer('responses'))
  return Object.keys(value ?? {}).flatMap(key => {
    const status = sampleStatus(key)
    if (status === undefined) return []
    const mediaTypes = [...(responseOf(contract, at, status)?.content.keys() ?? [])]
    return mediaTypes.length > 1 || mediaTypes.some(isRange) ? [{ key, mediaTypes }] : []
  })
}

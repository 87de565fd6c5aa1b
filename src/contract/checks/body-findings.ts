import type { OpenAPIV3_1 } from 'openapi-types'
import type { Finding } from '../document/finding.js'
import { pointer } from '../document/pointer.js'
import type { Contract } from '../openapi/contract.js'
import { isReadable } from '../openapi/media-type.js'
import type { OperationObject } from '../openapi/operation-object.js'

/** The media types in which an operation takes a body, and that can't be read. */
export const bodyFindings = (contract: Contract, { pointer: at }: OperationObject): Finding[] => {
  const { pointer: bodyAt, value } = contract.resolve(at + pointer('requestBody'))
  const mediaTypes = Object.keys((value as OpenAPIV3_1.RequestBodyObject | undefined)?.content ?? {})
  return mediaTypes
    .filter(mediaType => !isReadable(mediaType))
    .map(mediaType => ({
      place: contract.place(bodyAt + pointer('content', mediaType), 'key'),
      what: `Bodies in \`${mediaType}\` can't be read.`,
      todo: 'Use a form or JSON.'
    }))
}

import type { OpenAPIV3_1 } from 'openapi-types'
import { pointer } from '../document/pointer.js'
import type { Contract } from './contract.js'
import { type BodyKind, bodyKindOf, declaredMediaType } from './media-type.js'
import type { OperationObject } from './operation-object.js'

/** The extension of a Media Type Object by which a contract says how many bytes a body may have. */
export const maxBytesKeyword = 'x-max-bytes'

/** A media type in which an operation takes a body, or a range of them. */
export interface DeclaredBody {
  /** As the contract writes it. */
  readonly mediaType: string
  readonly kind: BodyKind
  /** Where its Media Type Object stands. */
  readonly pointer: string
  /** The most bytes that it may have, as far as the contract says so. */
  readonly maxBytes: number | undefined
}

/** The Request Body Object of an operation (OpenAPI 3.1 §4.8.13), and where it stands. */
export interface RequestBodyAt {
  readonly pointer: string
  readonly required: boolean
  /** By their names in the contract, in its order. */
  readonly contents: ReadonlyMap<string, DeclaredBody>
}

/** The body that an operation declares; `undefined` if it has none. */
export const requestBodyOf = (
  contract: Contract,
  { pointer: at, operation }: OperationObject
): RequestBodyAt | undefined => {
  if (operation.requestBody === undefined) return undefined
  const { pointer: body, value } = contract.resolve(at + pointer('requestBody'))
  const { content = {}, required = false } = (value ?? {}) as Partial<OpenAPIV3_1.RequestBodyObject>
  const contents = Object.keys(content).map((mediaType): [string, DeclaredBody] => {
    const { pointer: media, value: object } = contract.resolve(body + pointer('content', mediaType))
    const said = (object as Record<string, unknown> | undefined)?.[maxBytesKeyword]
    const maxBytes = typeof said === 'number' ? said : undefined
    return [mediaType, { mediaType, kind: bodyKindOf(mediaType), pointer: media, maxBytes }]
  })
  return { pointer: body, required, contents: new Map(contents) }
}

/** The declared media type that a body falls under, by its `Content-Type`; `undefined` if it is none of them. */
export const declaredBody = ({ contents }: RequestBodyAt, contentType = ''): DeclaredBody | undefined => {
  const key = declaredMediaType(contents, contentType)
  return key === undefined ? undefined : contents.get(key)
}

/** Whether a handler may get bodies as streams, so that it can come across what is wrong with them. */
export const isStreamed = (body: RequestBodyAt | undefined): boolean =>
  [...(body?.contents.values() ?? [])].some(({ kind }) => kind === 'stream' || kind === 'multipart')

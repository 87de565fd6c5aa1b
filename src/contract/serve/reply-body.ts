import type { Contract } from '../openapi/contract.js'
import { evaluatorOf } from '../openapi/evaluator-of.js'
import { type ReplyKind, replyKindOf } from '../openapi/reply-kind.js'
import { isRecord } from '../document/record.js'
import { BodyError } from './body-error.js'
import { eventWriter } from './event-writer.js'
import { jsonBodyWriter, refuse, type WriteBody } from './json-body-writer.js'

/** How the bodies in a media type are written. */
export interface BodyWriter {
  readonly kind: ReplyKind
  /** Writes a body that is there as a whole. */
  readonly write: WriteBody
  /** Writes a piece of one that comes bit by bit: a chunk, or an event. There are none of JSON. */
  readonly writePiece?: WriteBody
}

/** Makes the writers of the bodies in a media type: see `jsonBodyWriter` for what is JSON. */
export const bodyWriter = (
  contract: Contract,
  mediaType: string,
  at: string | undefined,
  strict: boolean
): BodyWriter => {
  const kind = replyKindOf(mediaType)
  switch (kind) {
    case 'json':
      return { kind, write: jsonBodyWriter(contract, at, strict) }
    case 'events':
      return { kind, write: textWriter(contract, undefined, strict), writePiece: eventWriter(contract, at, strict) }
    case 'text':
      return { kind, write: textWriter(contract, at, strict), writePiece: chunk => writeText(chunk, at) }
    case 'bytes':
      return { kind, write: body => writeBytes(body, at), writePiece: chunk => writeBytes(chunk, at) }
  }
}

// Of what isn't JSON only text can be held to a schema: what an XML of an object looks like, no schema says.
const textWriter = (contract: Contract, at: string | undefined, strict: boolean): WriteBody => {
  const schema = at === undefined ? undefined : contract.resolve(at).value
  const isOfText = isRecord(schema) && [schema['type']].flat().includes('string')
  const check = at !== undefined && isOfText ? evaluatorOf(contract).checks.of(at, strict, 'reply') : undefined
  return body => {
    const text = writeText(body, at)
    if (!(body instanceof Uint8Array) && check?.(body, undefined, undefined) === false) refuse(body, check)
    return text
  }
}

const writeText = (text: unknown, at: string | undefined): string | Uint8Array => {
  if (typeof text === 'string' || text instanceof Uint8Array) return text
  if (typeof text === 'number' || typeof text === 'boolean') return String(text)
  throw new BodyError("the body isn't text", at ?? '')
}

// A text would leave in some encoding that nobody has chosen.
const writeBytes = (bytes: unknown, at: string | undefined): Uint8Array => {
  if (bytes instanceof Uint8Array) return bytes
  throw new BodyError("the body isn't made of bytes, of a `Buffer` or a `Uint8Array`", at ?? '')
}

import type { Contract } from '../openapi/contract.js'
import { evaluatorOf } from '../openapi/evaluator-of.js'
import { type ReplyKind, replyKindOf } from '../openapi/reply-kind.js'
import { isRecord } from '../document/record.js'
import { BodyError } from './body-error.js'
import { eventWriter } from './event-writer.js'
import { jsonLines } from './json-lines.js'
import { jsonBodyWriter, refuse, type WriteBody } from './json-body-writer.js'

/** How the bodies in a media type are written. */
export interface BodyWriter {
  readonly kind: ReplyKind
  /** Writes a body that is there as a whole. */
  readonly write: WriteBody
  /** Makes what writes one that comes bit by bit. There are none of JSON. */
  readonly pieces?: () => PieceWriter
}

/** Writes a body that comes bit by bit. */
export interface PieceWriter {
  /** Writes a piece: a chunk, or an event. */
  readonly write: WriteBody
  /** Called after the last one. @throws {BodyError} if that can't have been the last one */
  readonly end?: () => void
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
      return { kind, write: textWriter(contract, undefined, strict), pieces: always(eventWriter(contract, at, strict)) }
    case 'text':
      return textBodyWriter(contract, mediaType, at, strict)
    case 'bytes': {
      const write: WriteBody = bytes => writeBytes(bytes, at)
      return { kind, write, pieces: always(write) }
    }
  }
}

const always = (write: WriteBody): (() => PieceWriter) => {
  const pieces = { write }
  return () => pieces
}

const textBodyWriter = (contract: Contract, mediaType: string, at: string | undefined, strict: boolean): BodyWriter => {
  const write = textWriter(contract, at, strict)
  const lines = strict ? jsonLines(contract, mediaType, at) : undefined
  const pieces = (): PieceWriter => {
    const check = lines?.()
    if (!check) return { write: piece => writeText(piece, at) }
    const writePiece: WriteBody = piece => {
      const text = writeText(piece, at)
      check.take(text)
      return text
    }
    return { write: writePiece, end: check.end }
  }
  if (!lines) return { kind: 'text', write, pieces }
  const writeWhole: WriteBody = body => {
    const text = write(body)
    const check = lines()
    check.take(text)
    check.end()
    return text
  }
  return { kind: 'text', write: writeWhole, pieces }
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

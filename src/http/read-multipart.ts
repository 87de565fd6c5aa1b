import type { IncomingMessage } from 'node:http'
import { type Body, bodyKindOf, essenceOf, RefusedBodyError, type SentField, type SentPart } from '../contract/index.js'
import { charsetOf, textOf } from './charset.js'
import { Multipart, type Part } from './multipart.js'

/** The most bytes that one field may have: 1 MiB. Fields are kept in memory, files are not. */
const maxFieldBytes = 1024 * 1024

/**
 * Reads a body in `multipart/form-data` up to its first file: all fields are to come before. The files come as they are
 * asked for.
 *
 * @param isFile whether the part of a name is a file
 */
export const readMultipart = async (
  message: IncomingMessage,
  maxBytes: number,
  isFile: (name: string) => boolean
): Promise<Body> => {
  try {
    const parts = new Multipart(message, maxBytes)
    const next = async (): Promise<SentPart | undefined> => {
      const part = await parts.next()
      if (!part) return undefined
      if (!isFile(part.name)) return fieldOf(part)
      const { contentType = 'text/plain', ...file } = part // RFC 7578 §4.4
      return { kind: 'file', mediaType: essenceOf(contentType), ...file }
    }
    const fields: SentField[] = []
    let part = await next()
    for (; part?.kind === 'field'; part = await next()) fields.push(part)
    return { kind: 'multipart', mediaType: 'multipart/form-data', fields, first: part, next }
  } catch (error) {
    if (!(error instanceof RefusedBodyError)) throw error
    const { status, broken } = error
    return { kind: 'refused', status, ...(broken.length > 0 && { broken }) }
  }
}

const fieldOf = async ({ name, headers, contentType, stream }: Part): Promise<SentField> => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxFieldBytes) throw new RefusedBodyError(413, 'A field is too large')
    chunks.push(chunk)
  }
  const mediaType = contentType === undefined ? undefined : essenceOf(contentType)
  const charset = charsetOf(contentType ?? '', bodyKindOf(mediaType ?? 'text/plain'))
  const text = charset && textOf(Buffer.concat(chunks), charset)
  if (text !== undefined) return { kind: 'field', name, headers, mediaType, text: encodeURIComponent(text) }
  const message = `must be a text in ${charset === undefined || charset === 'utf8' ? 'UTF-8' : 'its charset'}`
  const broken = { part: 'body', path: [name], keyword: 'parse', params: {}, message, rule: '' } as const
  throw new RefusedBodyError(422, message, [broken])
}

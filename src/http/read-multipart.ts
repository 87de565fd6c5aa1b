import { isUtf8 } from 'node:buffer'
import type { IncomingMessage } from 'node:http'
import { type Body, RefusedBodyError, type SentPart } from '../contract/index.js'
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
      return isFile(part.name) ? { kind: 'file', ...part } : await fieldOf(part)
    }
    const fields = new Map<string, string[]>()
    let part = await next()
    for (; part?.kind === 'field'; part = await next()) {
      const values = fields.get(part.name)
      if (values) values.push(part.text)
      else fields.set(part.name, [part.text])
    }
    return { kind: 'multipart', mediaType: 'multipart/form-data', fields, first: part, next }
  } catch (error) {
    if (!(error instanceof RefusedBodyError)) throw error
    const { status, broken } = error
    return { kind: 'refused', status, ...(broken.length > 0 && { broken }) }
  }
}

const fieldOf = async ({ name, stream }: Part): Promise<SentPart> => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxFieldBytes) throw new RefusedBodyError(413, 'A field is too large')
    chunks.push(chunk)
  }
  const bytes = Buffer.concat(chunks)
  if (isUtf8(bytes)) return { kind: 'field', name, text: encodeURIComponent(bytes.toString('utf8')) }
  const message = 'must be a text in UTF-8'
  const broken = { part: 'body', path: [name], keyword: 'parse', params: {}, message, rule: '' } as const
  throw new RefusedBodyError(422, message, [broken])
}

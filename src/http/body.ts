import { isUtf8 } from 'node:buffer'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Body } from '../contract/index.js'

/** The most bytes that the body of a request may have: 16 KiB. */
export const maxBodyBytes = 16 * 1024

/** The most fields that a form may have. */
export const maxFormFields = 64

const refused = (status: 400 | 413 | 415): Body => ({ kind: 'refused', status })

/**
 * Reads the body of a request, within bounds and in UTF-8: 413 for more than `maxBodyBytes` bytes or `maxFormFields`
 * fields, 415 for a content coding or another charset, 400 if the client stops halfway. What isn't read of a body that
 * is turned away, Node drops after the answer, so that the answer arrives.
 */
export const readBody = async (message: IncomingMessage): Promise<Body> => {
  const { 'content-type': contentType = '', 'content-encoding': coding = 'identity' } = message.headers
  const mediaType = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (coding.toLowerCase() !== 'identity') return refused(415)
  if (isText(mediaType) && !saysUtf8(contentType)) return refused(415)
  if (Number(message.headers['content-length']) > maxBodyBytes) return refused(413)

  askFor(message)
  const bytes = await readBytes(message)
  if (!Buffer.isBuffer(bytes)) return refused(bytes.status)
  if (isText(mediaType) && !isUtf8(bytes)) return refused(415)
  const text = bytes.toString('utf8')
  if (text === '' && mediaType !== 'application/x-www-form-urlencoded') return { kind: 'none' }
  if (mediaType === 'application/x-www-form-urlencoded' && hasManyFields(text)) return refused(413)
  return { kind: 'text', mediaType, text }
}

// Express gives a request its response. `100 Continue` is for a body that is going to be read (RFC 9110 §10.1.1), and is
// written by nobody else.
const askFor = (message: IncomingMessage & { readonly res?: ServerResponse }): void => {
  const { expect = '', 'content-length': length = '0', 'transfer-encoding': coding } = message.headers
  const hasBody = coding !== undefined || Number(length) > 0
  if (hasBody && /^100-continue$/i.test(expect) && !message.complete) message.res?.writeContinue()
}

const isText = (mediaType: string): boolean =>
  mediaType === 'application/x-www-form-urlencoded' || /[/+]json$/.test(mediaType)

// An empty pair is no field: `&&&`.
const hasManyFields = (text: string): boolean =>
  text.length >= 2 * maxFormFields && text.split('&').filter(pair => pair !== '' && pair !== '=').length > maxFormFields

const saysUtf8 = (contentType: string): boolean => {
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(contentType)?.[1]
  return charset === undefined || /^utf-?8$/i.test(charset)
}

const readBytes = (message: IncomingMessage): Promise<Buffer | { readonly status: 400 | 413 }> =>
  new Promise(resolve => {
    const chunks: Buffer[] = []
    let bytes = 0
    message.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes <= maxBodyBytes) chunks.push(chunk)
      else resolve({ status: 413 }) // the rest still flows by, and is dropped
    })
    message.on('end', () => {
      const [first, ...more] = chunks
      resolve(more.length > 0 ? Buffer.concat(chunks) : (first ?? Buffer.alloc(0)))
    })
    message.on('error', () => {
      resolve({ status: 400 }) // the client is gone: nobody will read the answer
    })
  })

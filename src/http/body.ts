import type { IncomingMessage, ServerResponse } from 'node:http'
import {
  type Body,
  type BodyKind,
  bodyKindOf,
  BodyStream,
  type DeclaredBody,
  essenceOf,
  formMediaType,
  type IsFile
} from '../contract/index.js'
import { charsetOf, textOf } from './charset.js'
import { readMultipart } from './read-multipart.js'
import { beginUpload } from './uploads.js'

/** The most bytes that a form may have, and a body in a media type that isn't declared: 16 KiB. */
export const maxBodyBytes = 16 * 1024

/** The most fields that a form may have. */
export const maxFormFields = 64

const mebibyte = 1024 * 1024

/** The most bytes that bodies may have unless the contract says otherwise (`x-max-bytes`). */
export const maxBytes: Readonly<Record<BodyKind, number>> = {
  form: maxBodyBytes,
  json: mebibyte,
  text: mebibyte,
  multipart: 10 * mebibyte,
  stream: Infinity
}

/**
 * Reads the body of a request, within bounds: 413 for more bytes than the contract or `maxBytes` allow, or more than
 * `maxFormFields` fields, 415 for a content coding or another charset, 400 if the client stops halfway. What isn't read
 * of a body that is turned away, Node drops after the answer, so that the answer arrives.
 *
 * @param declared what the contract says of its media type, if it declares it
 * @param isFile which parts of it are files
 */
export const readBody = async (
  message: IncomingMessage,
  declared: DeclaredBody | undefined,
  isFile: IsFile
): Promise<Body> => {
  if (!message.complete) await Promise.resolve() // most come with their head: Node's parser is about to hand them over
  const { 'content-type': contentType = '', 'content-encoding': coding = 'identity' } = message.headers
  const mediaType = essenceOf(contentType)
  if (coding.toLowerCase() !== 'identity') return refused(415)
  const kind = declared?.kind ?? bodyKindOf(mediaType)
  const isText = kind === 'form' || kind === 'json' || declared?.kind === 'text'
  const charset = isText ? charsetOf(contentType, kind) : 'latin1' // nobody reads it
  if (charset === undefined) return refused(415)
  const limit = declared ? (declared.maxBytes ?? maxBytes[declared.kind]) : maxBodyBytes
  if (Number(message.headers['content-length']) > limit) return refused(413)
  if (declared?.kind === 'stream' || declared?.kind === 'multipart') beginUpload(message)
  if (declared?.kind === 'stream') return streamed(message, mediaType, limit)

  if (declared?.kind === 'multipart') {
    if (isEmpty(message)) return { kind: 'none' }
    askFor(message)
    return readMultipart(message, limit, name => isFile(declared, name))
  }

  askFor(message)
  const isHere = message.complete && message.readableLength > 0 && message.readableLength <= limit
  const bytes = isHere ? (message.read() as Buffer) : await receiveBytes(message, limit)
  if (!Buffer.isBuffer(bytes)) return refused(bytes.status)
  const text = textOf(bytes, charset)
  if (text === undefined) return refused(415)
  const isForm = mediaType === formMediaType
  if (text === '' && !isForm && !(declared?.kind === 'text' && hasBody(message))) return { kind: 'none' }
  if (isForm && hasManyFields(text)) return refused(413)
  return { kind: 'text', mediaType, text }
}

const refused = (status: 400 | 413 | 415): Body => ({ kind: 'refused', status })

type Answered = IncomingMessage & { readonly res?: ServerResponse }

// Express gives a request its response. `100 Continue` is for a body that is going to be read (RFC 9110 §10.1.1), and is
// written by nobody else.
const askFor = (message: Answered): void => {
  const { expect = '', 'content-length': length = '0', 'transfer-encoding': coding } = message.headers
  const isComing = coding !== undefined || Number(length) > 0
  if (isComing && /^100-continue$/i.test(expect) && !message.complete) message.res?.writeContinue()
}

// A request without either header has no body, which is something else than an empty one (RFC 9112 §6.3).
const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined

const isEmpty = (message: IncomingMessage): boolean => !hasBody(message) || message.headers['content-length'] === '0'

// Without a media type it is one that nobody knows (RFC 9110 §8.3).
const streamed = (message: Answered, mediaType: string, limit: number): Body => {
  if (mediaType === '' ? isEmpty(message) : !hasBody(message)) return { kind: 'none' } // clients say that nothing is empty
  const stream = new BodyStream(message, { maxBytes: limit, begin: () => askFor(message) })
  message.res?.once('close', () => stream.leave(message.complete))
  return { kind: 'stream', mediaType: mediaType === '' ? 'application/octet-stream' : mediaType, stream }
}

// An empty pair is no field: `&&&`.
const hasManyFields = (text: string): boolean =>
  text.length >= 2 * maxFormFields && text.split('&').filter(pair => pair !== '' && pair !== '=').length > maxFormFields

const receiveBytes = (message: IncomingMessage, limit: number): Promise<Buffer | { readonly status: 400 | 413 }> =>
  new Promise(resolve => {
    const chunks: Buffer[] = []
    let bytes = 0
    message.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes <= limit) chunks.push(chunk)
      else {
        chunks.length = 0
        resolve({ status: 413 }) // the rest still flows by, and is dropped
      }
    })
    message.on('end', () => {
      const [first, ...more] = chunks
      resolve(more.length > 0 ? Buffer.concat(chunks) : (first ?? Buffer.alloc(0)))
    })
    message.on('error', () => {
      resolve({ status: 400 }) // the client is gone: nobody will read the answer
    })
  })

import { isAscii, isUtf8 } from 'node:buffer'
import type { BodyKind } from '../contract/index.js'

/** A charset that texts can be read in. */
export type Charset = 'utf8' | 'latin1' | 'ascii'

const charsets: Readonly<Record<string, Charset>> = {
  'utf-8': 'utf8',
  utf8: 'utf8',
  'iso-8859-1': 'latin1',
  latin1: 'latin1',
  'us-ascii': 'ascii',
  ascii: 'ascii'
}

/**
 * The charset of a text, by its `Content-Type`: UTF-8 unless it says otherwise, which forms and JSON mustn't. `undefined`
 * if it is one that can't be read.
 */
export const charsetOf = (contentType: string, kind: BodyKind): Charset | undefined => {
  const said = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(contentType)?.[1]?.toLowerCase()
  if (said === undefined) return 'utf8'
  const charset = Object.hasOwn(charsets, said) ? charsets[said] : undefined
  return kind === 'text' || charset === 'utf8' ? charset : undefined
}

/** Decodes a text; `undefined` if it isn't in its charset, rather than one with other characters. */
export const textOf = (bytes: Buffer, charset: Charset): string | undefined => {
  if (charset === 'utf8' ? !isUtf8(bytes) : charset === 'ascii' && !isAscii(bytes)) return undefined
  return bytes.toString(charset === 'utf8' ? 'utf8' : 'latin1')
}

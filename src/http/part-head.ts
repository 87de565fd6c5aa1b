/** What a part's head says of it (RFC 7578 §4.2, §4.4). */
export interface PartHead {
  readonly name: string
  readonly fileName: string | undefined
  /** As it was sent, with its parameters; `undefined` if the part says none. */
  readonly contentType: string | undefined
}

/** The headers of a part, by their names in lower case, as they were sent. */
export type PartHeaders = Readonly<Record<string, string[] | undefined>>

const parameter = /;[ \t]*([!#$%&'+\-.^_`|~\w]+)(\*?)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\[^])*)"|([^;"]*)(?=;|$))/g

/**
 * Reads the head of a part; `undefined` if it has no name. Names are in UTF-8, as all clients send them. Of a file's name,
 * what looks like folders is left out.
 *
 * @param headers with a character for each byte
 */
export const partHead = (headers: PartHeaders): PartHead | undefined => {
  const disposition = headers['content-disposition']?.[0] ?? ''
  if (!/^form-data[ \t]*(?:;|$)/i.test(disposition)) return undefined
  const values = new Map<string, string>()
  for (const [, key = '', star, quoted, plain = ''] of disposition.matchAll(parameter)) {
    const name = key.toLowerCase()
    // Only a quote is escaped, as browsers once did: in any other place, a backslash is what Windows has for a slash.
    const text = quoted === undefined ? plain.trim() : quoted.replace(/\\(["\\])/g, '$1')
    if (!values.has(name)) values.set(name, star ? extended(text) : inUtf8(text))
  }
  const name = values.get('name')
  if (name === undefined || /[\r\n]/.test(name)) return undefined
  return { name, fileName: baseName(values.get('filename')), contentType: headers['content-type']?.[0] }
}

const inUtf8 = (text: string): string => Buffer.from(text, 'latin1').toString('utf8')

// RFC 8187 §3.2: charset'language'percent-encoded. It is no part of RFC 7578, and some clients send it.
const extended = (text: string): string => {
  const bytes = text.replace(/^utf-8'[^']*'/i, '').replace(/%([\da-f]{2})/gi, (_, hex: string) => {
    return String.fromCharCode(parseInt(hex, 16))
  })
  return inUtf8(bytes)
}

const baseName = (path: string | undefined): string | undefined => {
  const name = path?.split(/[/\\]/).at(-1)
  return name === '.' || name === '..' ? '' : name
}

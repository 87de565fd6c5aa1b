import { isUtf8 } from 'node:buffer'

/** The fields of a query string, of a form or of cookies: decoded names, and the values of each, in order, as sent. */
export type RawFields = ReadonlyMap<string, readonly string[]>

/**
 * Reads a query string or a body in `application/x-www-form-urlencoded`, in linear time. Names are decoded, values are
 * not: decoding comes after splitting. A field without `=` has an empty value; an empty pair is none.
 *
 * @param isEmptyAbsent whether fields with an empty value are left out
 *
 * @example rawFields('a=1%2C2,3&b+c=+') // Map { 'a' => ['1%2C2,3'], 'b c' => ['+'] }
 */
export const rawFields = (text: string, isEmptyAbsent = false): RawFields => {
  const fields = new Map<string, string[]>()
  if (text === '') return fields
  for (const pair of text.split('&')) {
    if (!isEmptyAbsent || hasValue(pair)) addPair(fields, pair)
  }
  return fields
}

const hasValue = (pair: string): boolean => {
  const sign = pair.indexOf('=')
  return sign >= 0 && sign + 1 < pair.length
}

/** Reads a `Cookie` header (RFC 6265 §4.2.1) in linear time. Double quotes around a value are no part of it. */
export const rawCookies = (header: string | undefined): RawFields => {
  const fields = new Map<string, string[]>()
  for (const pair of (header ?? '').split(';')) {
    const sign = pair.indexOf('=')
    if (sign < 0) continue
    const value = pair.slice(sign + 1).trim()
    const isQuoted = value.length > 1 && value.startsWith('"') && value.endsWith('"')
    addField(fields, pair.slice(0, sign).trim(), isQuoted ? value.slice(1, -1) : value)
  }
  return fields
}

/**
 * Cookies with the fields that they hold. In OpenAPI's table the values of an exploded list or object are in one cookie,
 * written as in a query: `color=blue&color=black`. Each in a cookie of its own is read too.
 */
export const explodedCookies = (cookies: RawFields): RawFields => {
  const fields = new Map<string, string[]>()
  for (const [name, values] of cookies) {
    for (const value of values) {
      const [first = '', ...others] = value.split('&')
      addField(fields, name, first)
      for (const pair of others) addPair(fields, pair)
    }
  }
  return fields
}

/** Percent-decodes a text. What is malformed in it, or no UTF-8, stands for itself. */
export const decodedText = (text: string): string => {
  if (!text.includes('%')) return text
  if (!/%(?![0-7][0-9a-f])/i.test(text)) return decodeURIComponent(text)
  return text.replace(/(?:%[0-9a-f]{2})+/gi, decodedRun)
}

/** Percent-decodes a name or a value of a query or a form, in which a plus sign is a blank. */
export const decodedField = (text: string): string => decodedText(text.includes('+') ? text.replaceAll('+', ' ') : text)

// Without an exception for each that is malformed: a body can have a great many, and each would cost a stack trace.
const decodedRun = (encodings: string): string => {
  const bytes = Buffer.from(encodings.replaceAll('%', ''), 'hex')
  return isUtf8(bytes) ? bytes.toString() : encodings
}

const addPair = (fields: Map<string, string[]>, pair: string): void => {
  const sign = pair.indexOf('=')
  if (sign < 0) addField(fields, decodedField(pair), '')
  else addField(fields, decodedField(pair.slice(0, sign)), pair.slice(sign + 1))
}

const addField = (fields: Map<string, string[]>, name: string, value: string): void => {
  if (name === '' && value === '') return
  const values = fields.get(name)
  if (values) values.push(value)
  else fields.set(name, [value])
}

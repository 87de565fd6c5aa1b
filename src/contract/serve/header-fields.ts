import { isRecord } from '../document/record.js'
import type { HeaderStyle } from '../openapi/response.js'
import type { HeaderValue } from './reply.js'

// Those whose value is a date as HTTP writes it (RFC 9110 §5.6.7).
const datedHeaders = ['last-modified', 'expires', 'date', 'retry-after', 'sunset'] as const
export type DatedHeader = (typeof datedHeaders)[number]
const dated: ReadonlySet<string> = new Set(datedHeaders)

/** The value of a header as its schema sees it: a date is a text, as HTTP writes it where HTTP says what the header is. */
export const headerValue = (name: string, value: HeaderValue): HeaderValue => {
  if (!(value instanceof Date) || Number.isNaN(value.getTime())) return value
  return dated.has(name.toLowerCase()) ? value.toUTCString() : value.toISOString()
}

/**
 * The texts of the fields of a header, of which there are several only for `Set-Cookie` (RFC 6265 §3). Lists and objects
 * are written in the style `simple` (OpenAPI 3.1 §4.8.12.3), and as JSON where `content` says so.
 */
export const headerFields = (name: string, value: HeaderValue, { isJson, explode }: HeaderStyle): string[] => {
  if (isJson) return [JSON.stringify(value)]
  if (Array.isArray(value)) {
    const texts = value.map(textOf)
    return name.toLowerCase() === 'set-cookie' ? texts : [texts.join(',')]
  }
  if (!isRecord(value)) return [textOf(value)]
  const pairs = Object.entries(value).map(([key, one]) => [key, textOf(one)] as const)
  return [explode ? pairs.map(pair => pair.join('=')).join(',') : pairs.flat().join(',')]
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

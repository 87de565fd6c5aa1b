import { isRecord } from '../document/record.js'

const sorted = (_key: string, value: unknown): unknown =>
  isRecord(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value

/**
 * What is the same for equal JSON values, and for no others (JSON Schema 2020-12 §4.2.2). Objects and lists are compared
 * by their text, in linear time; never by their own `valueOf`, which a client can send as a field.
 */
export const identityOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null
    ? `${Array.isArray(value) ? 'list' : 'object'} ${JSON.stringify(value, sorted)}`
    : typeof value === 'string'
      ? `string ${value}`
      : value === 0
        ? 0 // and not -0
        : value

import { jsonExcess, maxDepth } from '../document/json-excess.js'

/** Why a text is no JSON that can be taken. */
export interface JsonFault {
  readonly message: string
}

/**
 * Parses the JSON of a request (RFC 8259), within bounds: not deeper than `maxDepth`, and without numbers that are too
 * large for a number of 64 bits, which would be infinite. In linear time.
 */
export const parseJson = (text: string): { readonly value: unknown } | JsonFault => {
  const excess = jsonExcess(text)
  if (excess === 'depth') return { message: `must not be nested deeper than ${maxDepth} levels` }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { message: 'must be well-formed JSON' }
  }
  return excess === 'numbers' && hasInfinity(value)
    ? { message: 'must not have numbers of 1.8e308 or more' }
    : { value }
}

const hasInfinity = (value: unknown): boolean =>
  typeof value === 'object' && value !== null
    ? Object.values(value).some(hasInfinity)
    : typeof value === 'number' && !Number.isFinite(value)

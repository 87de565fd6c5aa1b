/** How deep a JSON text may be nested. Deeper ones would overflow the stack of whoever looks into them. */
export const maxDepth = 512

/** Why a text is no JSON that can be taken. */
export interface JsonFault {
  readonly message: string
}

/**
 * Parses the JSON of a request (RFC 8259), within bounds: not deeper than `maxDepth`, and without numbers that are too
 * large for a number of 64 bits, which would be infinite. In linear time.
 */
export const parseJson = (text: string): { readonly value: unknown } | JsonFault => {
  if (text.length >= 2 * maxDepth && isTooDeep(text)) {
    return { message: `must not be nested deeper than ${maxDepth} levels` }
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { message: 'must be well-formed JSON' }
  }
  return /\d[eE]\+?\d{3}|\d{309}/.test(text) && hasInfinity(value)
    ? { message: 'must not have numbers of 1.8e308 or more' }
    : { value }
}

// Counts brackets outside of strings, which ends where it is too deep, whatever comes then.
const isTooDeep = (text: string): boolean => {
  let depth = 0
  let isText = false
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    if (code === backslash && isText) index += 1
    else if (code === quote) isText = !isText
    else if (!isText && (code === bracket || code === brace)) depth += 1
    else if (!isText && (code === bracket + 2 || code === brace + 2)) depth -= 1
    if (depth > maxDepth) return true
  }
  return false
}

const [quote, backslash, bracket, brace] = [34, 92, 91, 123] as const

const hasInfinity = (value: unknown): boolean =>
  typeof value === 'object' && value !== null
    ? Object.values(value).some(hasInfinity)
    : typeof value === 'number' && !Number.isFinite(value)

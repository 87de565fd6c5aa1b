/**
 * A path template (OpenAPI 3.1 §4.8.8.1), taken apart: the literal texts, of which there is one more than parameters,
 * and the names of the parameters between them.
 *
 * @example partsOf('/a/{x}-{y}') // { literals: ['/a/', '-', ''], names: ['x', 'y'] }
 */
export const partsOf = (template: string): { readonly literals: string[]; readonly names: string[] } => {
  const parts = template.split(/\{([^}]+)\}/)
  return {
    literals: parts.filter((_, index) => index % 2 === 0).map(asSent),
    names: parts.filter((_, index) => index % 2 === 1)
  }
}

/** A path template without the names of its parameters: equal for two that match the same paths. */
export const shapeOf = (template: string): string => partsOf(template).literals.join('{}')

/** A path with the hexadecimal digits of its percent-encodings in upper case (RFC 3986 §2.1). As long as before. */
export const withUpperCaseHex = (path: string): string =>
  path.includes('%') ? path.replace(/%[0-9a-f]{2}/gi, encoding => encoding.toUpperCase()) : path

// What can't stand in a URL is percent-encoded by whoever sends it (WHATWG URL, path percent-encode set).
const asSent = (literal: string): string =>
  withUpperCaseHex(
    literal.replace(/[^!$-;=@-_a-z|~]+/g, text => Buffer.from(text).toString('hex').replace(/../g, '%$&'))
  )

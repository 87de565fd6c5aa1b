/**
 * A JSON Pointer (RFC 6901) from its reference tokens, escaped.
 *
 * @example pointer('paths', '/token', 'post') // '/paths/~1token/post'
 */
export const pointer = (...tokens: readonly (string | number)[]): string => {
  let path = ''
  for (const token of tokens) path += `/${typeof token === 'number' ? token : escape(token)}`
  return path
}

// Hardly any token needs it, and contracts with thousands of operations have hundreds of thousands of tokens.
const escape = (token: string): string =>
  /[~/]/.test(token) ? token.replaceAll('~', '~0').replaceAll('/', '~1') : token

const unescape = (token: string): string =>
  token.includes('~') ? token.replaceAll('~1', '/').replaceAll('~0', '~') : token

/** The reference tokens of a JSON Pointer (RFC 6901 §4), unescaped. The empty pointer, for the whole document, has none. */
export const tokensOf = (path: string): string[] => path.split('/').slice(1).map(unescape)

/** What a JSON Pointer in URI fragment form (RFC 6901 §6) points to: `#/components/a%20b` → `/components/a b`. */
export const pointerOfFragment = (ref: string): string => {
  try {
    return decodeURIComponent(ref.slice(1))
  } catch {
    return ref.slice(1) // a stray percent sign: the pointer as written is the best reading there is
  }
}

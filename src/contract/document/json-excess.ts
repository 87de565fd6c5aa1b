/** How deep a JSON text may be nested. Deeper ones would overflow the stack of whoever looks into them. */
export const maxDepth = 512

const [quote, backslash, bracket, brace, zero, nine, e, capitalE] = [34, 92, 91, 123, 48, 57, 101, 69] as const

/** How many digits a number has at least that is too large for 64 bits without an exponent: 1.8e308. */
const hugeDigits = 309

/**
 * What a JSON text may have too much of, before anybody parses it: it is nested deeper than `maxDepth`, or it has numbers
 * that may be too large for 64 bits. Looks at what is outside of strings, in linear time; native code skips those.
 */
export const jsonExcess = (text: string): 'depth' | 'numbers' | undefined => {
  let depth = 0
  let digits = 0
  let isHuge = false
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    if (code >= zero && code <= nine) {
      digits += 1
      isHuge ||= digits >= hugeDigits
      continue
    }
    if (code === quote) index = endOfString(text, index)
    else if (code === bracket || code === brace) depth += 1
    else if (code === bracket + 2 || code === brace + 2) depth -= 1
    else if (digits > 0 && (code === e || code === capitalE)) isHuge = true
    if (depth > maxDepth) return 'depth'
    digits = 0
  }
  return isHuge ? 'numbers' : undefined
}

const endOfString = (text: string, start: number): number => {
  let end = text.indexOf('"', start + 1)
  while (end >= 0 && isEscaped(text, end)) end = text.indexOf('"', end + 1)
  return end < 0 ? text.length : end
}

const isEscaped = (text: string, at: number): boolean => {
  let before = at - 1
  while (text.charCodeAt(before) === backslash) before -= 1
  return (at - before) % 2 === 0
}

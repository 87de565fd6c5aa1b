/** How deep a JSON text may be nested. Deeper ones would overflow the stack of whoever looks into them. */
export const maxDepth = 512

const [quote, backslash, zero, nine] = [34, 92, 48, 57] as const
// The codes of `[` and `{`, of `]` and `}`, and of `E` and `e` differ in one bit, which this sets.
const lower = 0x20
const [opening, closing, exponent] = [123, 125, 101] as const

/** How many digits a number has at least that is too large for 64 bits without an exponent: 1.8e308. */
const hugeDigits = 309

/**
 * What a JSON text may have too much of, before anybody parses it: it is nested deeper than `maxDepth`, or it has numbers
 * that may be too large for 64 bits. Looks at what is outside of strings, in linear time; native code skips those.
 */
export const jsonExcess = (text: string): 'depth' | 'numbers' | undefined => {
  let depth = 0
  let isHuge = false
  let last = -1 // where the last character is that is no digit
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    if (code >= zero && code <= nine) continue
    const digits = index - last - 1
    if (digits >= hugeDigits) isHuge = true
    if (code === quote) index = endOfString(text, index)
    else if (code > nine) {
      const lowered = code | lower
      if (lowered === opening) {
        depth += 1
        if (depth > maxDepth) return 'depth'
      } else if (lowered === closing) depth -= 1
      else if (lowered === exponent && digits > 0) isHuge = true
    }
    last = index
  }
  return isHuge || text.length - last > hugeDigits ? 'numbers' : undefined
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

/** How deep a JSON text may be nested. Deeper ones would overflow the stack of whoever looks into them. */
export const maxDepth = 512

const [quote, backslash, bracket, brace] = [34, 92, 91, 123] as const

/** Whether a JSON text is nested deeper than `maxDepth`. Counts brackets outside of strings, in linear time. */
export const isTooDeep = (text: string): boolean => {
  if (text.length < 2 * maxDepth) return false
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

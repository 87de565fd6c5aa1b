import { beginsCapture, isBackReference, piecesOf } from './pattern-pieces.js'

/** A part of a pattern that is asked for, or denied, by itself. */
export interface Part {
  readonly source: string
  readonly isDenied: boolean
}

/**
 * A pattern without the lookaheads that it begins with, and each of these as a pattern of its own: `^(?=.*\d)(?!x).{8,}$`
 * says the same as `^(?:.*\d)`, not `^(?:x)`, and `^.{8,}$`. So RE2, which has no lookaheads, can match it.
 */
export const partsOf = (pattern: string): Part[] => {
  const parts: Part[] = []
  let rest = pattern
  while (/^\^\(\?[=!]/.test(rest)) {
    const end = endOfGroup(rest)
    parts.push({ source: `^(?:${rest.slice(4, end - 1)})`, isDenied: rest[3] === '!' })
    rest = `^${rest.slice(end)}`
  }
  const all = [...parts, { source: rest, isDenied: false }]
  // An alternative beside them would have no lookaheads: they aren't those of the whole.
  return (parts.length > 0 && hasAlternatives(rest)) || refersAcross(all) ? [{ source: pattern, isDenied: false }] : all
}

// Whether what is referred back to may be captured in another part, or counted from another group on.
const refersAcross = (parts: readonly Part[]): boolean => {
  const has = (is: (text: string) => boolean): Part[] =>
    parts.filter(({ source }) => piecesOf(source).some(({ text }) => is(text)))
  const [capturing, ...others] = has(beginsCapture)
  return has(isBackReference).some(part => others.length > 0 || part !== capturing)
}

const hasAlternatives = (pattern: string): boolean => {
  let depth = 0
  for (const { text } of piecesOf(pattern)) {
    if (text.startsWith('(')) depth += 1
    else if (text === ')') depth -= 1
    else if (text === '|' && depth === 0) return true
  }
  return false
}

// Where the group ends that begins after the first `^`.
const endOfGroup = (pattern: string): number => {
  let depth = 0
  for (const { text, index } of piecesOf(pattern)) {
    if (text.startsWith('(')) depth += 1
    else if (text === ')' && --depth === 0) return index + 1
  }
  return pattern.length
}

const blanks =
  '\\t\\n\\v\\f\\r \\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}'

// All other characters: within a class RE2 can't say that something isn't in another.
const others =
  '\\x{0}-\\x{8}\\x{e}-\\x{1f}\\x{21}-\\x{9f}\\x{a1}-\\x{167f}\\x{1681}-\\x{1fff}\\x{200b}-\\x{2027}\\x{202a}-\\x{202e}' +
  '\\x{2030}-\\x{205e}\\x{2060}-\\x{2fff}\\x{3001}-\\x{fefe}\\x{ff00}-\\x{10ffff}'

// The first alternative is a pair of surrogates, which the flag `u` makes one character of.
const escapes =
  /\\(?:u([dD][89abAB][\dA-Fa-f]{2})\\u([dD][c-fC-F][\dA-Fa-f]{2})|u\{([^}]*)\}|u([\dA-Fa-f]{4})|c([A-Za-z])|[^])/g

/** An escape as RE2 writes it, where it has another one. */
const linearEscape = (escape: string, ...[high, low, long, short, control]: readonly unknown[]): string => {
  if (typeof high === 'string' && typeof low === 'string') {
    const units = [high, low].map(unit => Number.parseInt(unit, 16))
    return hex(String.fromCharCode(...units).codePointAt(0) ?? 0)
  }
  if (typeof long === 'string') return hex(Number.parseInt(long, 16))
  if (typeof short === 'string') return hex(Number.parseInt(short, 16))
  return typeof control === 'string' ? hex(control.charCodeAt(0) % 32) : escape
}

const hex = (code: number): string => `\\x{${code.toString(16)}}`

const categories: Readonly<Record<string, string>> = {
  Letter: 'L',
  Lowercase_Letter: 'Ll',
  Uppercase_Letter: 'Lu',
  Mark: 'M',
  Number: 'N',
  Decimal_Number: 'Nd',
  Punctuation: 'P',
  Symbol: 'S',
  Separator: 'Z'
}

// RE2 names scripts and categories alone, and categories by their letters.
const linearProperties = (content: string): string =>
  content.replace(
    /(\\[pP])\{(?:(?:Script|sc|General_Category|gc)=)?(\w+)\}/g,
    (_, escape: string, name: string) => `${escape}{${categories[name] ?? name}}`
  )

const linearClass = (content: string): string =>
  linearProperties(content)
    .replace(/(?!^)\[|\\[^]/g, part => {
      if (part === '[') return '\\[' // which begins the name of a class there
      if (part === '\\s') return blanks
      if (part === '\\S') return others
      return part === '\\b' ? '\\x08' : part
    })
    .replace(escapes, linearEscape)

/**
 * A pattern in the syntax of RE2, meaning what ECMA-262 means by it: there `.` and `\s` stand for other characters, and
 * code points are written otherwise.
 *
 * @throws {SyntaxError} if RE2 has no word for something
 */
export const linearSyntaxOf = (pattern: string): string =>
  piecesOf(pattern)
    .map(({ text: piece }) => {
      if (piece === '.') return '[^\\n\\r\\x{2028}\\x{2029}]'
      if (piece === '$') return '\\z'
      if (piece === '^') return '\\A'
      if (piece === '\\s') return `[${blanks}]`
      if (piece === '\\S') return `[^${blanks}]`
      if (piece === '\\/') return '/'
      if (piece === '[]') return '[^\\x{0}-\\x{10ffff}]'
      if (piece === '[^]') return '[\\x{0}-\\x{10ffff}]'
      if (piece.startsWith('[')) return linearClass(piece)
      if (isBackReference(piece)) throw new SyntaxError('no back references')
      if (piece.startsWith('\\')) return linearProperties(piece.replace(escapes, linearEscape))
      if (/^\(\?<[^=!]/.test(piece)) return '('
      if (/^\(\?(?:<?[=!]|[ims-]+:)/.test(piece)) throw new SyntaxError('no lookarounds, and no modifiers')
      return piece
    })
    .join('')

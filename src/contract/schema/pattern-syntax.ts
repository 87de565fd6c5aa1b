/** A piece of a pattern: a character, an escape, a class, a bracket or a quantifier, as it is written. */
const pieces =
  /\\(?:u\{[^}]*\}|u[\dA-Fa-f]{4}|x[\dA-Fa-f]{2}|[pP]\{[^}]*\}|c[A-Za-z]|k<[^>]*>|[^])|\[(?:\\[^]|[^\]\\])*\]|\(\?(?:<?[=!]|:|<[^>]*>)|[(|)^$.]|(?:[*+?]|\{\d+(?:,\d*)?\})\??|[^]/gu

const isQuantifier = (piece: string): boolean => /^(?:[*+?]|\{\d+(?:,\d*)?\})\??$/.test(piece)

const bounds = (quantifier: string): readonly [min: number, max: number] => {
  if (quantifier.startsWith('*')) return [0, Infinity]
  if (quantifier.startsWith('+')) return [1, Infinity]
  if (quantifier.startsWith('?')) return [0, 1]
  const [, min = '0', comma, max] = /\{(\d+)(,)?(\d*)/.exec(quantifier) ?? []
  return [Number(min), comma === undefined ? Number(min) : max === undefined || max === '' ? Infinity : Number(max)]
}

/** How many ways a backtracking engine may have to try at one place, beyond which it counts as taking long. */
const most = 1_000

interface Group {
  /** Whether its content can match in more ways than one. */
  varies: boolean
}

/**
 * Whether a backtracking engine might take longer than in proportion to the length of the text. Errs on the side of yes:
 * only patterns count as quick whose repetitions aren't nested, of which at most one is unbounded, and that only where
 * the pattern can begin at one place.
 */
export const takesLong = (pattern: string): boolean => {
  const groups: Group[] = [{ varies: false }]
  let last: Group | undefined // the group that has just ended
  let unbounded = 0
  let ways = 1
  let isAnchored = pattern.startsWith('^')
  for (const [piece] of pattern.matchAll(pieces)) {
    const group = groups.at(-1)
    if (!group) return true
    if (isQuantifier(piece)) {
      const [min, max] = bounds(piece)
      if (last?.varies === true && max > 1) return true
      if (min === max) continue
      group.varies = true
      if (max === Infinity) unbounded += 1
      else ways *= max - min + 1
    } else if (piece.startsWith('(')) {
      groups.push({ varies: false })
    } else if (piece === ')') {
      last = groups.pop()
      const outer = groups.at(-1)
      if (outer && last?.varies === true) outer.varies = true
      continue
    } else if (piece === '|') {
      group.varies = true
      ways += 1
      if (groups.length === 1) isAnchored = false
    }
    last = undefined
  }
  return ways > most || unbounded > 1 || (unbounded === 1 && !isAnchored)
}

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
    if (/^[*+?{]/.test(rest.slice(end))) break
    parts.push({ source: `^(?:${rest.slice(4, end - 1)})`, isDenied: rest[3] === '!' })
    rest = `^${rest.slice(end)}`
  }
  // An alternative beside them would have no lookaheads: they aren't those of the whole.
  if (parts.length > 0 && hasAlternatives(rest)) return [{ source: pattern, isDenied: false }]
  return [...parts, { source: rest, isDenied: false }]
}

const hasAlternatives = (pattern: string): boolean => {
  let depth = 0
  for (const [piece] of pattern.matchAll(pieces)) {
    if (piece.startsWith('(')) depth += 1
    else if (piece === ')') depth -= 1
    else if (piece === '|' && depth === 0) return true
  }
  return false
}

// Where the group ends that begins after the first `^`.
const endOfGroup = (pattern: string): number => {
  let depth = 0
  for (const match of pattern.matchAll(pieces)) {
    if (match[0].startsWith('(')) depth += 1
    else if (match[0] === ')' && --depth === 0) return match.index + 1
  }
  return pattern.length
}

const blanks =
  '\\t\\n\\v\\f\\r \\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}'

// All other characters: within a class RE2 can't say that something isn't in another.
const others =
  '\\x{0}-\\x{8}\\x{e}-\\x{1f}\\x{21}-\\x{9f}\\x{a1}-\\x{167f}\\x{1681}-\\x{1fff}\\x{200b}-\\x{2027}\\x{202a}-\\x{202e}' +
  '\\x{2030}-\\x{205e}\\x{2060}-\\x{2fff}\\x{3001}-\\x{fefe}\\x{ff00}-\\x{10ffff}'

const hex = (code: string): string => `\\x{${code}}`

const inClass = (content: string): string =>
  content.replace(
    /(?!^)\[|\\(?:u\{([^}]*)\}|u([\dA-Fa-f]{4})|s|S|c([A-Za-z])|b|[^])/g,
    (escape, long, short, control) => {
      if (escape === '[') return '\\[' // which begins the name of a class there
      if (typeof long === 'string' || typeof short === 'string') return hex(String(long ?? short))
      if (typeof control === 'string') return hex((control.charCodeAt(0) % 32).toString(16))
      if (escape === '\\s') return blanks
      if (escape === '\\S') return others
      return escape === '\\b' ? '\\x08' : escape === '\\-' ? '\\-' : escape
    }
  )

/**
 * A pattern in the syntax of RE2, meaning what ECMA-262 means by it: there `.` and `\s` stand for other characters, and
 * code points are written otherwise.
 *
 * @throws {SyntaxError} if RE2 has no word for something
 */
export const linearSyntaxOf = (pattern: string): string =>
  [...pattern.matchAll(pieces)]
    .map(([piece]) => {
      if (piece === '.') return '[^\\n\\r\\x{2028}\\x{2029}]'
      if (piece === '$') return '\\z'
      if (piece === '^') return '\\A'
      if (piece === '\\s') return `[${blanks}]`
      if (piece === '\\S') return `[^${blanks}]`
      if (piece === '\\/') return '/'
      if (piece === '[]') return '[^\\x{0}-\\x{10ffff}]'
      if (piece === '[^]') return '[\\x{0}-\\x{10ffff}]'
      if (piece.startsWith('[')) return inClass(piece)
      if (piece.startsWith('\\')) return inClass(piece)
      if (/^\(\?<[^=!]/.test(piece)) return '('
      if (/^\(\?<?[=!]/.test(piece)) throw new SyntaxError('no lookaround')
      return piece
    })
    .join('')

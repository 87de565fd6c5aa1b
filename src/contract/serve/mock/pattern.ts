/** A regular expression as far as texts can be made of it. */
export type Pattern = readonly (readonly Repeated[])[]

export interface Repeated {
  readonly atom: Atom
  readonly least: number
  readonly most: number
}

export type Atom =
  | { readonly kind: 'characters'; readonly characters: readonly string[] }
  | { readonly kind: 'group'; readonly pattern: Pattern; readonly names: readonly string[] }
  | { readonly kind: 'lookahead'; readonly pattern: Pattern }
  | { readonly kind: 'reference'; readonly name: string }
  | { readonly kind: 'nothing' }

const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
const others = '-_.:/ !"#$%&\'()*+,;<=>?@[\\]^`{|}~\t\néüßñЖжαあア中한€😀'

/** The characters that an expression for one character matches: those of a small alphabet, and those written in it. */
const charactersOf = (source: string): string[] => {
  const written = source.replaceAll(/\\u\{?([0-9a-f]{4,6})\}?|\\x([0-9a-f]{2})/gi, (_, long: string, short: string) =>
    String.fromCodePoint(Math.min(0x10ffff, parseInt(long || short, 16)))
  )
  const expression = new RegExp(`^(?:${source})$`, 'u')
  return [...new Set([letters, others, written].flatMap(text => Array.from(text)))].filter(character =>
    expression.test(character)
  )
}

const tokens =
  /\(\?<?[=!]|\(\?:|\(\?<[^>]*>|\(|\)|\||\[(?:\\.|[^\]\\])*\]|\\k<[^>]*>|\\[pP]\{[^}]*\}|\\u\{[^}]*\}|\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|\\c[a-zA-Z]|\\[1-9]\d*|\\.|[*+?]\??|\{\d+(?:,\d*)?\}\??|./gsu

/** Reads a regular expression with the flag `u`. @throws {SyntaxError} if it is none */
export const parsePattern = (source: string): Pattern => {
  new RegExp(source, 'u')
  const list = source.match(tokens) ?? []
  let next = 0
  let groups = 0

  const alternatives = (): Pattern => {
    const branches: Repeated[][] = [[]]
    for (; next < list.length && list[next] !== ')';) {
      const token = list[next++] ?? ''
      if (token === '|') branches.push([])
      else branches.at(-1)?.push({ atom: atomOf(token), ...quantifier() })
    }
    next++
    return branches
  }
  const atomOf = (token: string): Atom => {
    if (token === '(' || token === '(?:' || /^\(\?<[^=!]/.test(token)) {
      const names = token === '(?:' ? [] : [String(++groups), ...(token === '(' ? [] : [token.slice(3, -1)])]
      return { kind: 'group', names, pattern: alternatives() }
    }
    if (token.startsWith('(?')) {
      const pattern = alternatives()
      return token === '(?=' ? { kind: 'lookahead', pattern } : { kind: 'nothing' }
    }
    if (token === '^' || token === '$' || token === '\\b' || token === '\\B') return { kind: 'nothing' }
    if (/^\\[1-9]/.test(token)) return { kind: 'reference', name: token.slice(1) }
    if (token.startsWith('\\k<')) return { kind: 'reference', name: token.slice(3, -1) }
    const isLiteral = !/^[\\[.]/.test(token)
    return { kind: 'characters', characters: isLiteral ? [token] : charactersOf(token) }
  }
  const quantifier = (): Omit<Repeated, 'atom'> => {
    const token = list[next] ?? ''
    const [, least, comma, most] = /^\{(\d+)(,?)(\d*)\}/.exec(token) ?? []
    if (least === undefined && !/^[*+?]/.test(token)) return { least: 1, most: 1 }
    next++
    if (least === undefined) return { least: token.startsWith('+') ? 1 : 0, most: token.startsWith('?') ? 1 : Infinity }
    return { least: Number(least), most: comma === '' ? Number(least) : most === '' ? Infinity : Number(most) }
  }
  return alternatives()
}

const piece =
  /\\(?:u\{[^}]*\}|u[dD][89abAB][\dA-Fa-f]{2}\\u[dD][c-fC-F][\dA-Fa-f]{2}|u[\dA-Fa-f]{4}|x[\dA-Fa-f]{2}|[pP]\{[^}]*\}|c[A-Za-z]|k<[^>]*>|[1-9]\d*|[^])|\[(?:\\[^]|[^\]\\])*\]|\(\?(?:<?[=!]|[ims-]*:|<[^>]*>)|[(|)^$.]|(?:[*+?]|\{\d+(?:,\d*)?\})\??|[^]/gu

/** A piece of a pattern as it is written: a character, an escape, a class, a bracket or a quantifier. */
export interface Piece {
  readonly text: string
  readonly index: number
}

/** The pieces of a pattern that ECMA-262 takes with the flag `u`. */
export const piecesOf = (pattern: string): Piece[] =>
  [...pattern.matchAll(piece)].map(({ 0: text, index }) => ({ text, index }))

/** How often a quantifier has what stands before it; `undefined` if a piece is none. */
export const boundsOf = (text: string): readonly [min: number, max: number] | undefined => {
  if (/^\*\??$/.test(text)) return [0, Infinity]
  if (/^\+\??$/.test(text)) return [1, Infinity]
  if (/^\?\??$/.test(text)) return [0, 1]
  const [, min, comma, max] = /^\{(\d+)(,)?(\d*)\}\??$/.exec(text) ?? []
  if (min === undefined) return undefined
  return [Number(min), comma === undefined ? Number(min) : max === '' ? Infinity : Number(max)]
}

/** Whether a piece refers back to what a group has captured. */
export const isBackReference = (text: string): boolean => /^\\(?:k<|[1-9])/.test(text)

/** Whether a piece begins a group whose content is captured. */
export const beginsCapture = (text: string): boolean => text === '(' || /^\(\?<[^=!]/.test(text)

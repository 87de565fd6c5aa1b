import { RE2JS } from 're2js'
import { takesLong } from './pattern-cost.js'
import { linearSyntaxOf, partsOf } from './pattern-syntax.js'

/** A pattern can't be matched in a time that is bounded by the length of the text. */
export class PatternError extends Error {
  override readonly name = 'PatternError'
}

type Matches = (text: string) => boolean

const known = new Map<string, Matches>()

/**
 * What tells whether a text matches a pattern, in linear time: by JavaScript's engine where that can't take long, else by
 * RE2's, which never does. A pattern may be anything that ECMA-262 takes with the flag `u` (JSON Schema 2020-12 Core §6.4).
 *
 * @throws {SyntaxError} if the pattern is no regular expression
 * @throws {PatternError} if neither engine can be trusted with it
 */
export const regularExpression = (pattern: string): Matches => {
  const matches = known.get(pattern) ?? compile(pattern)
  known.set(pattern, matches)
  return matches
}

const compile = (pattern: string): Matches => {
  const native = new RegExp(pattern, 'u')
  if (!takesLong(pattern)) return text => native.test(text)
  const parts = partsOf(pattern).map(({ source, isDenied }) => ({ matches: linear(source), isDenied }))
  const [only, ...others] = parts
  if (only !== undefined && others.length === 0) return only.matches
  return text => parts.every(({ matches, isDenied }) => matches(text) !== isDenied)
}

const linear = (source: string): Matches => {
  if (!takesLong(source)) {
    const native = new RegExp(source, 'u')
    return text => native.test(text)
  }
  try {
    const compiled = RE2JS.compile(linearSyntaxOf(source))
    return text => compiled.matcher(text).find()
  } catch {
    throw new PatternError(`the pattern ${source} can't be matched in linear time`)
  }
}

import { type Choice, firstChoice, randomChoice } from './choice.js'
import { type Atom, parsePattern, type Pattern } from './pattern.js'

interface Making {
  readonly choice: Choice
  /** How often what may be repeated is repeated beyond what it must be. */
  readonly extra: number
  /** Whether what is looked ahead for is written in that place. */
  readonly withLookaheads: boolean
}

const make = (pattern: Pattern, making: Making, captured: Map<string, string>): string => {
  const branch = pattern[making.choice.below(pattern.length)] ?? []
  return branch
    .map(({ atom, least, most }) => {
      const count = Math.min(
        most,
        least + (making.choice.isRandom ? making.choice.below(making.extra + 1) : making.extra)
      )
      return Array.from({ length: count }, () => textOf(atom, making, captured)).join('')
    })
    .join('')
}

const textOf = (atom: Atom, making: Making, captured: Map<string, string>): string => {
  switch (atom.kind) {
    case 'characters':
      return atom.characters[making.choice.below(atom.characters.length)] ?? ''
    case 'group': {
      const text = make(atom.pattern, making, captured)
      for (const name of atom.names) captured.set(name, text)
      return text
    }
    case 'lookahead':
      return making.withLookaheads ? make(atom.pattern, { ...making, extra: 0 }, captured) : ''
    case 'reference':
      return captured.get(atom.name) ?? ''
    case 'nothing':
      return ''
  }
}

const tries = 200

/**
 * Texts that a regular expression is likely to match, the plain ones first: what looks around may still refuse them.
 *
 * @param length how many characters are wanted at least
 */
export function* patternTexts(source: string, length: number, choice: Choice): Generator<string> {
  const pattern = parsePattern(source)
  const made = (making: Making): string => make(pattern, making, new Map())
  if (!choice.isRandom) {
    for (const extra of [1, 0, 2, 3, 5, 8]) yield made({ choice: firstChoice, extra, withLookaheads: false })
    for (const extra of [1, length]) yield made({ choice: firstChoice, extra, withLookaheads: true })
  }
  for (let seed = 0; seed < tries; seed++) {
    const random = choice.isRandom ? choice : randomChoice(seed)
    const extra = [2, 4, 8, length, length * 2][seed % 5] ?? 0
    const text = made({ choice: random, extra, withLookaheads: seed % 2 === 1 })
    yield text
    if (text.length < length) yield text.padEnd(length, 'a')
  }
}

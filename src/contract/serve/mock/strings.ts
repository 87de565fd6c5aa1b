import type { Node } from '../../openapi/node.js'
import type { Choice } from './choice.js'
import { formats } from './formats.js'
import { numbersAt, textsAt } from './keyword.js'
import { patternTexts } from './pattern-texts.js'

/** How many texts are tried, one after the other. */
const tries = 500
const words = ['string', 'amber', 'birch', 'cedar', 'delta', 'ember', 'fjord', 'grove', 'heath', 'island']

/** Texts that fit the formats, patterns and lengths of all of these schemas, if there are any; not each of them does. */
export function* strings(schemas: readonly Node[], choice: Choice): Generator<string> {
  const least = Math.max(0, ...numbersAt(schemas, 'minLength'))
  const most = Math.min(...numbersAt(schemas, 'maxLength'))
  const patterns = textsAt(schemas, 'pattern')
  const made = [
    ...textsAt(schemas, 'format').flatMap(format => {
      const of = formats.get(format)
      return of === undefined ? [] : [formatTexts(of, least, choice)]
    }),
    ...patterns.map(pattern => patternTexts(pattern, Math.min(least, 10_000), choice)),
    ...(patterns.length === 0 ? [plainTexts(least, most, choice)] : [])
  ]
  // In turns: one that fits one rule may break another.
  for (let turn = 0; made.length > 0 && turn < tries; turn++) {
    const source = made[turn % made.length]
    const next = source?.next()
    if (next?.done === false) yield next.value
    else made.splice(turn % made.length, 1)
  }
}

function* formatTexts(of: (n: number) => string, least: number, choice: Choice): Generator<string> {
  for (let n = 0; n < tries; n++) {
    const text = of(choice.isRandom ? choice.below(10_000) : n)
    yield text
    if (text.length < least) yield text.padEnd(least, 'a')
    if (text.length < least) yield text.padStart(least, 'a')
  }
}

function* plainTexts(least: number, most: number, choice: Choice): Generator<string> {
  for (let n = 0; n < tries; n++) {
    const number = choice.isRandom ? choice.below(10_000) : n
    const suffix = choice.isRandom || n > 0 ? String(number) : ''
    const word = words[choice.below(words.length)] ?? ''
    if (most > suffix.length) yield word.padEnd(least - suffix.length, word).slice(0, most - suffix.length) + suffix
    else yield number.toString(36).padStart(least, 'a').slice(-most).slice(0, most)
  }
}

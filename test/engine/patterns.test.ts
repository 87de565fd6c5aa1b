import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { takesLong } from '../../src/contract/schema/pattern-cost.js'
import { PatternError, regularExpression } from '../../src/contract/schema/regular-expression.js'

const long = ['a'.repeat(16_000), `${'ab'.repeat(8_000)}c`, `${'a'.repeat(16_000)}c`]

const msOf = (pattern: string, text: string): number => {
  const matches = regularExpression(pattern)
  const started = performance.now()
  matches(text)
  return performance.now() - started
}

const matchesBoth = (pattern: string, text: string): readonly [boolean, boolean] => [
  regularExpression(pattern)(text),
  new RegExp(pattern, 'u').test(text)
]

describe('a pattern that the linear engine matches means what it means to ECMAScript', () => {
  // Each begins with what keeps it from the backtracking engine.
  test.each([
    ['(a|b|ab)*\\b!', ['ab!', '!', ' !', 'é!']],
    ['(a|b|ab)*\\B!', ['ab!', '!', ' !', 'é!']],
    ['(a|b|ab)*[\\b]', ['ab\b', 'ab']],
    ['(a|b|ab)*\\uD83D\\uDE00+$', ['😀', '😀😀', 'ab😀', '\ud83d']],
    ['(a|b|ab)*[\\uD83D\\uDE00-\\uD83D\\uDE4F]$', ['😀', '😎', '\ud83d', '\ude00']],
    ['(a|b|ab)*\\uD83D$', ['\ud83d', '😀']],
    ['(a|b|ab)*\\p{Script=Greek}', ['α', 'ab']],
    ['(a|b|ab)*[\\p{Letter}\\p{Nd}]{2}$', ['é1', '1!']],
    ['(a|b|ab)*\\p{gc=Lu}', ['É', 'é']],
    ['(a|b|ab)*[[:alpha:]$', ['l', 'b', '[']],
    ['(a|b|ab)*.$', ['\u2028', '\n', '😀', 'ab']],
    ['(a|b|ab)*[^\\s\\w]$', ['\ufeff', '\u180e', 'é', '_']],
    ['(a|b|ab)*[\\S]$', ['\u00a0', 'x']],
    ['(a|b|ab)*\\cA\\x41\\u{42}$', ['\u0001AB', 'AB']]
  ])('%s', (pattern, texts) => {
    expect(takesLong(pattern)).toBe(true)
    for (const text of texts) {
      const [ours, native] = matchesBoth(pattern, text)
      expect([text, ours]).toEqual([text, native])
    }
  })

  test('lookaheads at the beginning count, with what they capture and refer to', () => {
    for (const pattern of [
      '^(?=.*\\d)(?!.*a)[a-z\\d]+(?:x|y)*$',
      '^(?!.*(.)\\1)[a-c]+[a-z]+$',
      '^(?=.*(b)c)(?:a|bc)*$',
      '^(?=a|b)(?!ab)[ab]*[a-c]*$'
    ]) {
      for (const text of ['', 'a', 'ab', 'ba', 'bc', 'abc', 'abca', 'aab', 'x1', 'a1', 'zxy1', 'b1xy']) {
        const [ours, native] = matchesBoth(pattern, text)
        expect([pattern, text, ours]).toEqual([pattern, text, native])
      }
    }
    // The groups are counted through both: neither can be matched by itself.
    expect(() => regularExpression('^(?=(x*)+)(a)\\2*[ab]*[ab]*$')).toThrow(PatternError)
  })
})

describe('no pattern takes long', () => {
  test.each([
    ['alternatives that overlap, one after the other', `^${'(?:a|aa)'.repeat(26)}$`, `${'a'.repeat(39)}b`],
    ['options, one after the other', `^${'a?'.repeat(30)}${'a'.repeat(30)}$`, 'a'.repeat(29)],
    ['repetitions of what varies', '^(?:a|b|ab)*$', long[1] ?? ''],
    ['repetitions of repetitions', '^(?:a+)+$', long[2] ?? ''],
    ['repetitions of repetitions at the end, which may be left out', '^(?:(?:a*)*b)*', 'a'.repeat(40)],
    ['a repetition that can begin anywhere', 'a+b', long[0] ?? ''],
    ['lookaheads and what comes after them', '^(?=.*x)(?:a|b|ab)*$', `${long[1] ?? ''}x`]
  ])('not with %s', (_, pattern, text) => {
    expect(msOf(pattern, text)).toBeLessThan(1_500)
  })

  test.each(['^(a*)\\1$', '^(?=(a+))\\1+b', '(?<=a*)b', '^(?:a|(?=b))*$', 'a{8000}b'])('%s is refused', pattern => {
    expect(() => regularExpression(pattern)).toThrow(PatternError)
  })

  test('none of those that are left to the backtracking engine', () => {
    const { pattern } = fc.letrec<{ pattern: string; sequence: string; term: string; atom: string }>(tie => ({
      pattern: fc.array(tie('sequence'), { minLength: 1, maxLength: 3 }).map(all => all.join('|')),
      sequence: fc.array(tie('term'), { maxLength: 4 }).map(all => all.join('')),
      term: fc
        .tuple(tie('atom'), fc.constantFrom('', '', '*', '+', '?', '{2}', '{1,3}', '{0,20}', '{30}', '{0,2000}'))
        .map(all => all.join('')),
      atom: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom('a', 'b', '[ab]', '.', '\\w'),
        tie('pattern').map(inner => `(${inner})`)
      )
    }))
    fc.assert(
      fc.property(fc.constantFrom('', '^'), pattern, fc.constantFrom('', '$'), (start, inner, end) => {
        const whole = start + inner + end
        if (takesLong(whole)) return
        for (const text of long) expect(msOf(whole, text)).toBeLessThan(1_500)
      }),
      { numRuns: 500, seed: 1 } // always the same ones: one that took long could not be stopped
    )
  })
})

test.each([
  '^.{0,5000}$',
  '^[\\s\\S]{1,4096}$',
  '.{1,5000}',
  '[a-z]{3,2048}',
  '^(?!-)[a-z-]{1,63}(?<!-)$',
  '^(["\']).{0,99}\\1$'
])('%s takes no long time, and is not refused', pattern => {
  expect(takesLong(pattern)).toBe(false)
  expect(regularExpression(pattern)('abc')).toBe(new RegExp(pattern, 'u').test('abc'))
})

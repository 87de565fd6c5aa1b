import * as fc from 'fast-check'

const firstSurrogate = 0xd800
const surrogates = 0x800

/**
 * Any Unicode character but the surrogates, which are halves of one: fast-check's `unit: 'binary'`, value by value, but
 * without the map of all 1.1 million of them that it makes before it makes the first string.
 */
export const anyCharacter = (): fc.Arbitrary<string> =>
  fc.nat(0x10ffff - surrogates).map(
    index => String.fromCodePoint(index < firstSurrogate ? index : index + surrogates),
    character => {
      const isOne = typeof character === 'string' && /^\P{Surrogate}$/u.test(character)
      const code = isOne ? character.codePointAt(0) : undefined
      if (code === undefined) throw new TypeError('This is not one character.')
      return code < firstSurrogate ? code : code - surrogates
    }
  )

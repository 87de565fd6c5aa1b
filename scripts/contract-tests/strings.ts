import * as fc from 'fast-check'
import { keyword, type View } from '../contract-diff/schema-view.js'
import { anyCharacter } from './any-character.js'
import { patiently } from './patiently.js'
import { isDelimited, separatorOf } from './style.js'
import type { Writing } from './writing.js'

/** The longest string that is made where a schema sets no limit, in characters. */
const longest = 24

const formats: Record<string, () => fc.Arbitrary<string>> = {
  email: () => fc.emailAddress({ size: 'small' }),
  uuid: () => fc.uuid(),
  uri: () => fc.webUrl({ size: 'small' }),
  url: () => fc.webUrl({ size: 'small' }),
  hostname: () => fc.domain(),
  ipv4: () => fc.ipV4(),
  ipv6: () => fc.ipV6(),
  'date-time': () => instants().map(date => date.toISOString()),
  date: () => instants().map(date => date.toISOString().slice(0, 10)),
  time: () => instants().map(date => date.toISOString().slice(11))
}

const instants = (): fc.Arbitrary<Date> =>
  fc.date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true })

/** Strings for a schema: by its pattern, its format and its lengths, in characters that can be written. */
export const stringArbitrary = (view: View, writing: Writing): fc.Arbitrary<string> => {
  const [pattern] = keyword(view, 'pattern')
  const [format] = keyword(view, 'format')
  const lengths = (name: string): number[] =>
    keyword(view, name).flatMap(({ value }) => (typeof value === 'number' ? [value] : []))
  const minLength = Math.max(0, ...lengths('minLength'))
  const maxLength = Math.min(...lengths('maxLength'), Math.max(longest, minLength))
  const ofFormat = typeof format?.value === 'string' ? formats[format.value] : undefined
  const matching = typeof pattern?.value === 'string' ? matchingArbitrary(pattern.value) : undefined
  if (matching) return writable(matching, writing)
  if (ofFormat) return writable(ofFormat(), writing)
  return characters(writing, { minLength, maxLength })
}

// Kept, because fast-check tries dozens of dangerous strings on each part of a pattern that is repeated.
const ofPatterns = new Map<string, fc.Arbitrary<string> | undefined>()

const matchingArbitrary = (pattern: string): fc.Arbitrary<string> | undefined => {
  if (!ofPatterns.has(pattern)) ofPatterns.set(pattern, made(pattern))
  return ofPatterns.get(pattern)
}

// Of what fast-check can't make strings of (assertions, say), the strings have to be found among all others.
const made = (pattern: string): fc.Arbitrary<string> | undefined => {
  try {
    return fc.stringMatching(new RegExp(pattern, 'u'))
  } catch {
    return undefined
  }
}

/** Strings of any characters that can be written, often odd ones. */
export const characters = (
  writing: Writing,
  range: { readonly minLength: number; readonly maxLength: number }
): fc.Arbitrary<string> => {
  const minLength = Math.max(isNothing('', writing) ? 1 : 0, range.minLength)
  const limits = { minLength, maxLength: Math.max(minLength, range.maxLength) }
  return writable(fc.oneof(fc.string(limits), fc.string({ ...limits, unit: anyCharacter() })), writing)
}

// A text that can't be told from no value at all.
const isNothing = (text: string, writing: Writing): boolean =>
  text === '' &&
  writing.kind === 'text' &&
  (writing.emptyIsAbsent || (writing.inList === true && isDelimited(writing.style)))

/** Whether a text can be written as it is, and be told from none. */
export const canBeWritten = (text: string, writing: Writing): boolean => {
  if (writing.kind !== 'text') return true
  const { characters: allowed, style, inList = false } = writing
  const separator = separatorOf(style)
  const splits = inList && separator !== undefined && text.includes(separator)
  return allowed.test(text) && !splits && !isNothing(text, writing)
}

const writable = (strings: fc.Arbitrary<string>, writing: Writing): fc.Arbitrary<string> => {
  const fits = (text: string): boolean => canBeWritten(text, writing)
  // Mended rather than left out: most odd strings have one character that a header, say, can't have.
  const mended = (text: string): string => Array.from(text, one => (fits(one) ? one : 'x')).join('')
  return patiently(
    strings.map(text => (fits(text) ? text : mended(text))),
    fits,
    'No string was found that can be written.'
  )
}

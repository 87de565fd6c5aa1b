import * as fc from 'fast-check'
import { keyword, type View } from '../../scripts/changes/schema-view.js'
import type { TextWriting, Writing } from './writing.js'

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
  if (typeof pattern?.value === 'string') return writable(fc.stringMatching(new RegExp(pattern.value, 'u')), writing)
  if (ofFormat) return writable(ofFormat(), writing)
  return characters(writing, { minLength, maxLength })
}

/** Strings of any characters that can be written, often odd ones. */
export const characters = (
  writing: Writing,
  range: { readonly minLength: number; readonly maxLength: number }
): fc.Arbitrary<string> => {
  const minLength = writing.kind === 'text' && writing.emptyIsAbsent ? Math.max(1, range.minLength) : range.minLength
  const limits = { minLength, maxLength: Math.max(minLength, range.maxLength) }
  return writable(fc.oneof(fc.string(limits), fc.string({ ...limits, unit: 'binary' })), writing)
}

const writable = (strings: fc.Arbitrary<string>, writing: Writing): fc.Arbitrary<string> => {
  if (writing.kind !== 'text') return strings
  const { characters: allowed, delimiter, emptyIsAbsent } = writing
  const fits = (text: string): boolean =>
    allowed.test(text) &&
    !(delimiter !== undefined && (text === '' || text.includes(delimiter))) &&
    !(emptyIsAbsent && text === '')
  return strings.map(text => (fits(text) ? text : repaired(text, writing))).filter(fits)
}

// Left out rather than tried again: most odd strings have one character that a header, say, can't have.
const repaired = (text: string, { characters: allowed, delimiter }: TextWriting): string =>
  Array.from(text, one => (allowed.test(one) && one !== delimiter ? one : 'x')).join('')

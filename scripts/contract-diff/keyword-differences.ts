import { list, quoted } from './change.js'
import { changed, type Difference, placeOfAny } from './difference.js'
import { exactDifferences } from './exact-differences.js'
import { keyword, typesOf, valuesOf, type View } from './schema-view.js'

/** What two schemas let in otherwise, by the keywords that speak of the value itself, not of what is inside it. */
export const keywordDifferences = (before: View, after: View): Difference[] => [
  ...valueDifferences(before, after),
  ...limits.flatMap(([name, none]) => limitDifferences(before, after, name, none)),
  ...exactDifferences(before, after),
  ...defaultDifferences(before, after)
]

/** What two schemas let in otherwise, by the types of the value. */
export const typeDifferences = (before: View, after: View): Difference[] => {
  const old = typesOf(before)
  const now = typesOf(after)
  const gone = [...old].filter(type => !now.has(type))
  const come = [...now].filter(type => !old.has(type))
  if (gone.length + come.length === 0) return []
  const onlyNull = [...gone, ...come].join() === 'null'
  const predicate = onlyNull
    ? `can ${come.length > 0 ? 'now' : 'no longer'} be \`null\``
    : `is now ${types(now)} instead of ${types(old)}`
  const place = placeOfAny(before, after, ['type', 'anyOf', 'oneOf', 'const', 'enum'])
  return [{ predicate, place, tightens: gone.length > 0, loosens: come.length > 0 }]
}

const types = (set: ReadonlySet<string>): string => {
  if (set.size === 0) return 'no value'
  if (set.size === 7) return 'any type'
  const named = [...set].filter(type => type !== 'integer' || !set.has('number'))
  return quoted(
    named.sort((a, b) => Number(a === 'null') - Number(b === 'null')),
    'or'
  )
}

const valueDifferences = (before: View, after: View): Difference[] => {
  const [old, now] = [valuesOf(before), valuesOf(after)]
  const gone = old?.filter(value => !now?.includes(value)) ?? []
  const come = now?.filter(value => !old?.includes(value)) ?? []
  if (gone.length + come.length === 0) return []
  const [was, is] = [quoted(gone, 'or'), quoted(come, 'or')]
  const place = placeOfAny(before, after, ['enum', 'const'])
  if (!now) return [{ predicate: `is no longer limited to ${was}`, place, tightens: false, loosens: true }]
  if (!old) return [{ predicate: `now has to be ${is}`, place, tightens: true, loosens: false }]
  const words = [...(is ? [`can now be ${is}`] : []), ...(was ? [`can no longer be ${was}`] : [])]
  return [{ predicate: list(words, 'but'), place, tightens: gone.length > 0, loosens: come.length > 0 }]
}

/** The keywords that limit a number, a length or a count, and what holds where they are missing. */
const limits = [
  ...['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'].map(name => [name, Infinity] as const),
  ...['minimum', 'exclusiveMinimum'].map(name => [name, -Infinity] as const),
  ...['minLength', 'minItems', 'minProperties'].map(name => [name, 0] as const)
]

const limitDifferences = (before: View, after: View, name: string, none: number): Difference[] => {
  const upper = none === Infinity
  const tightest = (view: View): number => {
    const numbers = keyword(view, name).flatMap(({ value }) => (typeof value === 'number' ? [value] : []))
    return upper ? Math.min(none, ...numbers) : Math.max(none, ...numbers)
  }
  const [old, now] = [tightest(before), tightest(after)]
  if (old === now) return []
  const tightens = upper ? now < old : now > old
  const predicate = changed(name, old === none ? [] : [String(old)], now === none ? [] : [String(now)])
  return [{ predicate, place: placeOfAny(before, after, [name]), tightens, loosens: !tightens }]
}

const defaultDifferences = (before: View, after: View): Difference[] => {
  const textsOf = (view: View): string[] => keyword(view, 'default').map(({ value }) => JSON.stringify(value))
  const [old, now] = [textsOf(before).slice(0, 1), textsOf(after).slice(0, 1)]
  if (old.join() === now.join()) return []
  const place = placeOfAny(before, after, ['default'])
  const predicate = changed('default', old, now)
  return [{ predicate, place, tightens: old.length > 0, loosens: false, sender: 'client' }]
}

import { list } from './change.js'
import { changed, type Difference, placeOfAny } from './difference.js'
import { exactDifferences } from './exact-differences.js'
import { keyword, typesOf, valuesOf, type View } from './schema-view.js'

/** What two schemas let in otherwise, by the keywords that speak of the value itself, not of what is inside it. */
export const keywordDifferences = (before: View, after: View): Difference[] => [
  ...valueDifferences(before, after),
  ...limits.flatMap(limit => limitDifferences(before, after, limit)),
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
  return list(
    [...set]
      .filter(type => type !== 'integer' || !set.has('number'))
      .sort((a, b) => Number(a === 'null') - Number(b === 'null'))
      .map(type => `\`${type}\``),
    'or'
  )
}

const valueDifferences = (before: View, after: View): Difference[] => {
  const old = valuesOf(before)
  const now = valuesOf(after)
  const gone = (old ?? []).filter(value => now && !now.includes(value))
  const come = (now ?? []).filter(value => old && !old.includes(value))
  const show = (values: readonly string[], conjunction: string): string =>
    list(
      values.map(value => `\`${value}\``),
      conjunction
    )
  const place = placeOfAny(before, after, ['enum', 'const'])
  if (old && !now) {
    return [{ predicate: `is no longer limited to ${show(old, 'or')}`, place, tightens: false, loosens: true }]
  }
  if (!old && now) return [{ predicate: `now has to be ${show(now, 'or')}`, place, tightens: true, loosens: false }]
  if (gone.length + come.length === 0) return []
  const words = [
    ...(come.length > 0 ? [`can now be ${show(come, 'or')}`] : []),
    ...(gone.length > 0 ? [`can no longer be ${show(gone, 'or')}`] : [])
  ]
  return [{ predicate: list(words, 'but'), place, tightens: gone.length > 0, loosens: come.length > 0 }]
}

interface Limit {
  readonly name: string
  readonly upper: boolean
  /** What holds where the keyword is missing. */
  readonly none: number
}

const limits: readonly Limit[] = [
  ...['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'].map(name => ({
    name,
    upper: true,
    none: Infinity
  })),
  ...['minimum', 'exclusiveMinimum'].map(name => ({ name, upper: false, none: -Infinity })),
  ...['minLength', 'minItems', 'minProperties'].map(name => ({ name, upper: false, none: 0 }))
]

const limitDifferences = (before: View, after: View, { name, upper, none }: Limit): Difference[] => {
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
  const [old, now] = [before, after].map(view =>
    keyword(view, 'default')
      .slice(0, 1)
      .map(({ value }) => JSON.stringify(value))
  )
  if (old === undefined || now === undefined || old.join() === now.join()) return []
  const place = placeOfAny(before, after, ['default'])
  return [
    { predicate: changed('default', old, now), place, tightens: old.length > 0, loosens: false, requestOnly: true }
  ]
}

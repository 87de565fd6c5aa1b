import { list } from './change.js'
import { placeOf } from '../../src/contract/index.js'
import { keyword, type View } from './schema-view.js'

/** One thing that a schema says otherwise than the schema before it. */
export interface Difference {
  /** What was said of the field: `is now required`. */
  readonly predicate: string
  readonly place: string
  /** Whether something that fitted in doesn't any more: breaks who has to keep to the schema, the sender of a request. */
  readonly tightens: boolean
  /** Whether something fits in that didn't: breaks who has to reckon with it, the receiver of an answer. */
  readonly loosens: boolean
  /** Whether it means something in requests only. */
  readonly requestOnly?: boolean
}

/** The place of the first of some keywords that a schema has, or else that the schema before it had. */
export const placeOfAny = (before: View, after: View, names: readonly string[]): string => {
  const [first] = [after, before].flatMap(view => names.flatMap(name => keyword(view, name)))
  const node = first ?? after.parts[0] ?? before.parts[0]
  return node ? placeOf(node) : ''
}

/** A predicate for a keyword whose values were some and are now others; none where it is missing. */
export const changed = (name: string, old: readonly string[], now: readonly string[]): string => {
  const show = (values: readonly string[]): string =>
    values.length > 0 ? ` ${list(values.map(one => `\`${one}\``))}` : ''
  if (now.length === 0) return `no longer has \`${name}\`${show(old)}`
  return `now has \`${name}\`${show(now)}${old.length > 0 ? ` instead of${show(old)}` : ''}`
}

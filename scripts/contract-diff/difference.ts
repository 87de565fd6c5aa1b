import { list } from './change.js'
import { placeOf } from '../../src/contract/index.js'
import { keyword, type View } from './schema-view.js'

/** Who sends a message: the client a request, the server an answer; for webhooks and callbacks it's the other way. */
export type Sender = 'client' | 'server'

/** One thing that a schema says otherwise than the schema before it. */
export interface Difference {
  /** The path to the field that has changed; none for the whole. */
  readonly path?: string
  /** What was said of the field: `is now required`. */
  readonly predicate: string
  readonly place: string
  /** Whether something that fitted in doesn't any more: breaks clients in messages that they send. */
  readonly tightens: boolean
  /** Whether something fits in that didn't: breaks clients in messages that they receive. */
  readonly loosens: boolean
  /** Whose messages it means something in; those of both, if not said. */
  readonly sender?: Sender
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

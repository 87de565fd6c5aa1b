import { type Detail, quoted } from './change.js'
import { type Node, placeOf } from '../../src/contract/index.js'
import { match } from './match.js'
import { keyword, type View } from './schema-view.js'

/** Who sends a message: the client a request, the server an answer; for webhooks and callbacks it's the other way. */
export type Sender = 'client' | 'server'

/** One thing that a contract says of the messages of one kind otherwise than before. */
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

/** What differences are for those who send or get a message; `noun` is what a path in it is called. */
export const detailsOf = (
  differences: readonly Difference[],
  sender: Sender,
  noun: (path: string) => string
): Detail[] =>
  differences
    .filter(difference => (difference.sender ?? sender) === sender)
    .map(({ path = '', predicate, place, tightens, loosens }) => ({
      place,
      clause: `${noun(path)} ${predicate}`,
      breaking: sender === 'client' ? tightens : loosens
    }))

/** Things that a message has by their names: properties, parameters, headers. */
export interface Fields {
  readonly entries: ReadonlyMap<string, Node>
  /** Where it is said of which that they have to be there. */
  readonly required: ReadonlyMap<string, Node>
  /** Whether there can't be others. */
  readonly closed: boolean
}

/** Which fields there are and have to be otherwise than before. */
export const presenceDifferences = (before: Fields, after: Fields): Difference[] => {
  const { added, removed } = match(before.entries, after.entries)
  const required = match(before.required, after.required)
  const isKept = ([name]: readonly [string, Node]): boolean => before.entries.has(name) === after.entries.has(name)
  return [
    ...added.map(([path, node]) => {
      const tightens = after.required.has(path) && !before.required.has(path)
      const predicate = tightens ? 'was added, and is required' : 'was added'
      return { path, predicate, place: placeOf(node, 'key'), tightens, loosens: before.closed }
    }),
    ...removed.map(([path, node]) => {
      return { path, predicate: 'was removed', place: placeOf(node, 'key'), tightens: after.closed, loosens: true }
    }),
    ...required.added.filter(isKept).map(([path, node]) => {
      return { path, predicate: 'is now required', place: placeOf(node), tightens: true, loosens: false }
    }),
    ...required.removed.filter(isKept).map(([path, node]) => {
      return { path, predicate: 'is no longer required', place: placeOf(node), tightens: false, loosens: true }
    })
  ]
}

/** The place of the first of some keywords that a schema has, or else that the schema before it had. */
export const placeOfAny = (before: View, after: View, names: readonly string[]): string => {
  const [first] = [after, before].flatMap(view => names.flatMap(name => keyword(view, name)))
  const node = first ?? after.parts[0] ?? before.parts[0]
  return node ? placeOf(node) : ''
}

/** A predicate for a keyword whose values were some and are now others; none where it is missing. */
export const changed = (name: string, old: readonly string[], now: readonly string[]): string => {
  if (now.length === 0) return `no longer has \`${name}\` ${quoted(old)}`
  return `now has \`${name}\` ${quoted(now)}${old.length > 0 ? ` instead of ${quoted(old)}` : ''}`
}

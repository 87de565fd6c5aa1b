import { type Node, placeOf } from '../../src/contract/index.js'
import type { Matched } from './match.js'

/** Something that a contract says otherwise than the contract before it. */
export interface Change {
  /** `openapi.yaml:LINE:COLUMN`: in the contract after the change, or in the one before it for what was removed. */
  readonly place: string
  /** One sentence. */
  readonly what: string
  /** Whether it can break a client that keeps to the contract before the change. */
  readonly breaking: boolean
}

/** A change that is not yet in words: the same change of several answers of an operation becomes one sentence. */
export interface Detail {
  readonly place: string
  /** The status of the answer that has changed; none for any other change. */
  readonly status?: string
  /** A clause without a full stop: `the form field \`a\` is now required`. */
  readonly clause: string
  readonly breaking: boolean
}

/** What was added and what was removed, by its nouns, and whether the one or the other breaks. */
export const addedAndRemoved = (
  { added, removed }: Pick<Matched<Node>, 'added' | 'removed'>,
  noun: (key: string) => string,
  breaking = { added: false, removed: true }
): Detail[] => [
  ...added.map(([key, node]) => {
    return { place: placeOf(node, 'key'), clause: `${noun(key)} was added`, breaking: breaking.added }
  }),
  ...removed.map(([key, node]) => {
    return { place: placeOf(node, 'key'), clause: `${noun(key)} was removed`, breaking: breaking.removed }
  })
]

/** A value that is another than before. That it is missing is the same as `false`. */
export const valueChange = (
  name: string,
  old: Node | undefined,
  now: Node | undefined,
  breaking: boolean
): Detail[] => {
  const [was, is] = [old, now].map(value => quoted(value === undefined || value.value === false ? [] : [value.value]))
  const node = now ?? old
  if (node === undefined || was === is) return []
  const words = is ? `now ${is}${was ? ` instead of ${was}` : ''}` : `no longer ${was ?? ''}`
  return [{ place: placeOf(node), clause: `\`${name}\` is ${words}`, breaking }]
}

/** Puts details in words; those that differ in their answer only become one. What has no subject speaks for itself. */
export const inWords = (details: readonly Detail[], subject?: string): Change[] => {
  const groups = new Map<string, { detail: Detail; statuses: Set<string> }>()
  for (const detail of details) {
    const { status, ...rest } = detail
    const key = JSON.stringify([rest, status === undefined])
    const group = groups.get(key) ?? { detail, statuses: new Set() }
    groups.set(key, group)
    if (status !== undefined) group.statuses.add(status)
  }
  return [...groups.values()].map(({ detail: { place, clause, breaking }, statuses }) => {
    const answers = statuses.size === 0 ? '' : `, answer${statuses.size > 1 ? 's' : ''} ${list([...statuses])}`
    return { place, what: `${subject === undefined ? '' : `${subject}${answers}: `}${clause}.`, breaking }
  })
}

/** Words as a list: `a`, `a and b`, `a, b and c`. */
export const list = (words: readonly string[], conjunction = 'and'): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${conjunction} ${words.at(-1) ?? ''}`

/** Pieces of a contract as a list, each in backticks. */
export const quoted = (pieces: readonly unknown[], conjunction?: string): string =>
  list(
    pieces.map(piece => `\`${String(piece)}\``),
    conjunction
  )

/**
 * Changes as lines to print: a mark (`breaks`, `ok`), the place and the sentence, and at the end a summary. No line
 * ends the text.
 *
 * @param colours whether to colour the marks red and green with ANSI escapes
 */
export const formatChanges = (changes: readonly Change[], colours: boolean): string => {
  if (changes.length === 0) return 'No changes.'
  const paint = (text: string, colour: number): string => (colours ? `\u001b[${colour}m${text}\u001b[39m` : text)
  const width = Math.max(...changes.map(({ place }) => place.length))
  const lines = changes.map(
    ({ place, what, breaking }) =>
      `${breaking ? paint('breaks', 31) : paint('ok    ', 32)}  ${place.padEnd(width)}  ${what}`
  )
  const breaking = changes.filter(change => change.breaking).length
  const summary =
    changes.length === 1
      ? `1 change, which can break ${breaking === 1 ? 'a' : 'no'} client.`
      : `${changes.length} changes, ${breaking || 'none'} of which can break a client.`
  return [...lines, '', summary].join('\n')
}

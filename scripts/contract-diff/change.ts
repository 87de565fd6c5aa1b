import { type Node, placeOf } from '../../src/contract/index.js'

/** Something that a contract says otherwise than the contract before it. */
export interface Change {
  /** `openapi.yaml:LINE:COLUMN`: in the contract after the change, or in the one before it for what was removed. */
  readonly place: string
  /** One sentence. */
  readonly what: string
  /** Whether it can break a client that keeps to the contract before the change. */
  readonly breaking: boolean
}

/** A change within an operation, not yet in words: the same change of several answers becomes one sentence. */
export interface Detail {
  readonly place: string
  /** The status of the answer that has changed; none for a change of the request or of the operation. */
  readonly status?: string
  /** A clause without a full stop: `the form field \`a\` is now required`. */
  readonly clause: string
  readonly breaking: boolean
}

/** A change that is told by the key of a node. */
export const detail = (node: Node, clause: string, breaking: boolean): Detail => ({
  place: placeOf(node, 'key'),
  clause,
  breaking
})

/** Puts a change that has no subject but its own in words. */
export const sentence = ({ place, clause, breaking }: Detail): Change => ({ place, what: `${clause}.`, breaking })

/** Puts the details of an operation in words; those that differ in their answer only become one. */
export const inWords = (operation: string, details: readonly Detail[]): Change[] => {
  const groups = new Map<string, { detail: Detail; statuses: string[] }>()
  for (const detail of details) {
    const { place, status, clause, breaking } = detail
    const key = JSON.stringify([place, status === undefined, clause, breaking])
    const group = groups.get(key) ?? { detail, statuses: [] }
    groups.set(key, group)
    if (status !== undefined && !group.statuses.includes(status)) group.statuses.push(status)
  }
  return [...groups.values()].map(({ detail: { place, clause, breaking }, statuses }) => {
    const answers = statuses.length === 0 ? '' : `, answer${statuses.length > 1 ? 's' : ''} ${list(statuses)}`
    return { place, what: `${operation}${answers}: ${clause}.`, breaking }
  })
}

/** Words as a list: `a`, `a and b`, `a, b and c`. */
export const list = (words: readonly string[], conjunction = 'and'): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${conjunction} ${words.at(-1) ?? ''}`

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

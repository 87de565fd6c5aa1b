/** What two maps have in common, and what only one of them has. */
export interface Matched<Entry> {
  readonly added: readonly (readonly [key: string, after: Entry])[]
  readonly removed: readonly (readonly [key: string, before: Entry])[]
  readonly kept: readonly (readonly [key: string, before: Entry, after: Entry])[]
}

/** Matches the entries of two maps by their keys, in the order of the maps. */
export const match = <Entry>(
  before: Iterable<readonly [string, Entry]>,
  after: Iterable<readonly [string, Entry]>
): Matched<Entry> => {
  const old = new Map(before)
  const now = new Map(after)
  return {
    added: [...now].filter(([key]) => !old.has(key)),
    removed: [...old].filter(([key]) => !now.has(key)),
    kept: [...now].flatMap(([key, entry]) => {
      const was = old.get(key)
      return was === undefined ? [] : [[key, was, entry] as const]
    })
  }
}

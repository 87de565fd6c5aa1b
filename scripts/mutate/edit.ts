/** One small fault, made on purpose in one file, to see whether anything notices. */
export interface Edit {
  /** The row of the report that it is counted in. `security` are faults of the code by which somebody gets in. */
  readonly kind: 'contract' | 'source' | 'security'
  /** The file, relative to the project's root. */
  readonly file: string
  /** `FILE:LINE:COLUMN`, both counted from 1. */
  readonly place: string
  /** What it does, in a few words. */
  readonly what: string
  /** The whole file with the fault in it. */
  readonly text: string
}

/** What an edit is called in messages. */
export const nameOfEdit = ({ place, what }: Edit): string => `${place}  ${what}`

/** So many of a list, evenly picked; all if there are no more. */
export const evenly = <T>(list: readonly T[], count: number): T[] => {
  const some = Math.min(count, list.length)
  const picked = new Set(Array.from({ length: some }, (_, i) => Math.floor(((i + 0.5) * list.length) / some)))
  return list.filter((_, index) => picked.has(index))
}

/** Nothing can be said of edits, for a reason that the message names: the project has to be mended first. */
export class CannotRunError extends Error {
  override readonly name = 'CannotRunError'
}

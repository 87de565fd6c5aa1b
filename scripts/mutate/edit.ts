/** A change of a text: what stands from `start` to `end`, counted in UTF-16 code units, gives way to `text`. */
export interface Splice {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** One small fault, made on purpose in one file, to see whether anything notices. */
export interface Edit {
  /** The file, relative to the project's root. */
  readonly file: string
  /** `FILE:LINE:COLUMN`, both counted from 1. */
  readonly place: string
  /** The object of the contract in which it is made, as a JSON Pointer; the function of the code. */
  readonly object: string
  /** The row of the report that it is counted in. */
  readonly kind: string
  /** What it does, in a few words. */
  readonly what: string
  readonly splice: Splice
}

/** What is edited: the contract, or the code. */
export type Side = 'contract' | 'source'

export const sideOf = ({ file }: Edit): Side => (file === 'openapi.yaml' ? 'contract' : 'source')

/** What an edit is called in the results: no two edits of the same files are called the same. */
export const idOf = ({ place, what }: Edit): string => `${place}  ${what}`

/** A text after a change. */
export const spliced = (text: string, { start, end, text: by }: Splice): string =>
  text.slice(0, start) + by + text.slice(end)

/** `LINE:COLUMN` of an offset in a text, both counted from 1. */
export const lineAndColumn = (text: string, offset: number): string => {
  const lines = text.slice(0, offset).split('\n')
  return `${lines.length}:${(lines.at(-1) ?? '').length + 1}`
}

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

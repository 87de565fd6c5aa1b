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
  /** The JSON Pointer of the object of the contract in which it is made; empty for code. */
  readonly object: string
  /** The row of the report that it is counted in. */
  readonly kind: string
  /** What it does, in a few words. */
  readonly what: string
  readonly splice: Splice
}

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

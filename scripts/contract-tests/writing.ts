import type { Style } from './style.js'

/** How one field is written as text: of which characters, and in which style. */
export interface TextWriting {
  readonly kind: 'text'
  /** What a whole text has to match, and each character of it. */
  readonly characters: RegExp
  /** Whether a field without a value counts as absent. */
  readonly emptyIsAbsent: boolean
  /** Whether a field can be sent more than once. */
  readonly repeatable: boolean
  readonly style: Style
  /** Whether it is read only by the handler, if at all. */
  readonly isStreamed?: boolean
  /** Whether it is a part of a list or an object that is written, and not the whole. */
  readonly inList?: boolean
}

/** How a value is written: as JSON, as one text, or as a form, each of whose fields is a text. */
export type Writing =
  | { readonly kind: 'json' }
  | TextWriting
  | { readonly kind: 'form'; readonly field: (name: string) => Exclude<Writing, { kind: 'form' }> }

/** How what stands at a path in a value is written. */
export const writingAt = (writing: Writing, [first]: readonly (string | number)[]): Writing =>
  writing.kind === 'form' && first !== undefined ? writing.field(String(first)) : writing

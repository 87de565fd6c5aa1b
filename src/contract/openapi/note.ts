/** Something that a contract says and that means nothing where it stands: it is served as if it weren't there. */
export interface Note {
  /** A JSON Pointer into the document. */
  readonly pointer: string
  /** The same for all notes of a kind, so that they can be grouped. */
  readonly rule: string
  readonly what: string
  readonly todo: string
}

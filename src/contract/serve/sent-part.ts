import type { BodyStream } from './body-stream.js'

/** A field of a body in `multipart/form-data`, as it was sent. */
export interface SentField {
  readonly kind: 'field'
  readonly name: string
  /** Percent-encoded, as fields of forms are. */
  readonly text: string
}

/** A file in such a body. */
export interface SentFile {
  readonly kind: 'file'
  readonly name: string
  readonly fileName: string | undefined
  /** In lower case, without parameters. */
  readonly mediaType: string
  readonly stream: BodyStream
}

export type SentPart = SentField | SentFile

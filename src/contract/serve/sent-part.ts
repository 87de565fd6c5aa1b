import type { BodyStream } from './body-stream.js'

interface Sent {
  readonly name: string
  /** By their names in lower case, as they were sent. */
  readonly headers: Readonly<Record<string, string[] | undefined>>
}

/** A field of a body in `multipart/form-data`, as it was sent. */
export interface SentField extends Sent {
  readonly kind: 'field'
  /** In lower case, without parameters; `undefined` if the client says none. */
  readonly mediaType: string | undefined
  /** Percent-encoded, as fields of forms are. */
  readonly text: string
}

/** A file in such a body. */
export interface SentFile extends Sent {
  readonly kind: 'file'
  readonly fileName: string | undefined
  /** In lower case, without parameters. */
  readonly mediaType: string
  readonly stream: BodyStream
}

export type SentPart = SentField | SentFile

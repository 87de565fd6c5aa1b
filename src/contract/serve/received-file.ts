import type { Readable } from 'node:stream'

/** A file in a body in `multipart/form-data`, as a handler gets it. */
export interface ReceivedFile<Name extends string = string> {
  /** Of the property that it is of. */
  readonly name: Name
  /** What the client calls it: without folders, and to be trusted in nothing. `undefined` if it has no name. */
  readonly fileName: string | undefined
  /** In lower case and without parameters, as the client says. */
  readonly mediaType: string
  /** Those that the Encoding Object of its property declares, validated, by their names in lower case. */
  readonly headers: Readonly<Record<string, unknown>>
  /** What is in it. It is there until the next file is asked for, or the reply is made. */
  readonly stream: Readable
}

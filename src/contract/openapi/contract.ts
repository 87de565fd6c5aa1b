import type { OpenAPIV3_1 } from 'openapi-types'
import type { Finding, PlaceOf } from '../document/finding.js'
import type { Origin } from '../document/origin.js'
import type { Resolved } from '../document/reference.js'
import type { Note } from './note.js'
import type { SchemaResource } from './schema-identifiers.js'

/** A contract that has been read and found to be a valid OpenAPI document. Never changes. */
export interface Contract {
  /** The file as it was read, comments and all; of a contract in several files, one text in YAML of all that is in them. */
  readonly text: string
  /** The files that it was read from, itself first, by their paths from its folder. */
  readonly files: readonly string[]
  /** Where the parts are written that came from other files, by their pointers in the document. */
  readonly origins: ReadonlyMap<string, Origin>
  /** Is another if anything in any of the files is. */
  readonly digest: string
  /** The document, as one of OpenAPI 3.1, each `$ref` between its schemas a pointer. Must not be changed. */
  readonly document: OpenAPIV3_1.Document
  /** `FILE:LINE:COLUMN` of what a JSON Pointer points to, for messages. */
  readonly place: PlaceOf
  /** What it says in vain; empty of a contract that was compiled. */
  readonly notes: readonly Note[]
  /** What is needed to resolve its `$dynamicRef`s. See `identifySchemas`. */
  readonly resources: readonly SchemaResource[]
  /** Follows a JSON Pointer through every `$ref` on its way. */
  readonly resolve: (path: string) => Resolved
}

/** Finds what is wrong with a contract whose structure is valid, but whose references may lead to nothing. */
export type Check = (contract: Contract) => readonly Finding[]

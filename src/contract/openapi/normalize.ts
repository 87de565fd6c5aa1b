import type { Finding, PlaceOf } from '../document/finding.js'
import { openapiVersionOf } from './structure-findings.js'
import { lift } from './lift.js'
import { newerWordFindings } from './newer-words.js'
import type { Note } from './note.js'
import { identifySchemas, isIdentified, type SchemaResource } from './schema-identifiers.js'

/** What came of a document that has been brought to the one form in which it is read. */
export interface Normalized {
  /** What can't be brought to it. With any, the document must not be served. */
  readonly findings: readonly Finding[]
  /** What it says in vain. */
  readonly notes: readonly Note[]
  /** See `identifySchemas`. */
  readonly resources: readonly SchemaResource[]
}

/**
 * Brings a document whose structure is valid to the one form in which all others read it, in place: OpenAPI 3.1, its
 * schemas without names of their own, each `$ref` between them a pointer. Pointers into it lead where they led before.
 */
export const normalize = (document: unknown, place: PlaceOf): Normalized => {
  const isOld = openapiVersionOf(document) === '3.0' // whose schemas can't have names
  const newer = newerWordFindings(document, place)
  const named: string[] = []
  const { notes } = lift(document, (...visited) => {
    if (!isOld && isIdentified(...visited)) named.push(visited[2])
  })
  if (named.length === 0) return { findings: newer, notes, resources: [] }
  const { findings, resources } = identifySchemas(document, place)
  return { findings: [...newer, ...findings], notes, resources }
}

import type { Note } from './note-store.js'

/** A note as clients see it. */
export const shown = ({ id, text, tags, changed }: Note) => ({ id, text, tags: [...tags], changed })

/** The entity tag of its version (RFC 9110 §8.8.3). */
export const etag = ({ version }: Note): string => `"${version}"`

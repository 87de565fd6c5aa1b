import type { PlaceOf } from './finding.js'
import { placesInText } from './source-text.js'

/** Where a part of a document is written that came from another file: that file's name, and the pointer in it. */
export interface Origin {
  readonly file: string
  readonly pointer: string
}

/**
 * Tells where things stand in a document that is written in several files.
 *
 * @param origins by the pointers in the document of the parts that came from other files; what is in them came with them
 * @param texts of the other files, by their names
 * @param inRoot tells it of all that came from no other file
 */
export const placesByOrigin = (
  origins: ReadonlyMap<string, Origin>,
  texts: ReadonlyMap<string, string>,
  inRoot: PlaceOf
): PlaceOf => {
  const known = new Map<string, PlaceOf>()
  const placesIn = (file: string): PlaceOf => {
    const places = known.get(file) ?? placesInText(texts.get(file) ?? '', file)
    known.set(file, places)
    return places
  }
  return (path, part) => {
    for (let at = path; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
      const origin = origins.get(at)
      if (origin) return placesIn(origin.file)(origin.pointer + path.slice(at.length), part)
    }
    return inRoot(path, part)
  }
}

import { pointer } from './pointer.js'

/** Where in a document an object stands: the very object, not one like it. `undefined` if it isn't part of it. */
export const pointerOf = (document: unknown, wanted: unknown, at = ''): string | undefined => {
  if (typeof document !== 'object' || document === null) return undefined
  if (document === wanted) return at
  for (const [key, child] of Object.entries(document)) {
    const found = pointerOf(child, wanted, at + pointer(key))
    if (found !== undefined) return found
  }
  return undefined
}

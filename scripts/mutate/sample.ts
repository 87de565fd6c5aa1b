import { type Edit, idOf } from './edit.js'
import type { Options } from './options.js'

/** The edits that are asked for: those with a text in their place or description, and so many of them, evenly picked. */
export const chosen = (edits: readonly Edit[], { only, sample }: Pick<Options, 'only' | 'sample'>): Edit[] => {
  const wanted = edits.filter(edit => idOf(edit).includes(only))
  if (sample === undefined || sample >= wanted.length) return wanted
  return Array.from({ length: sample }, (_, i) => wanted[Math.floor(((i + 0.5) * wanted.length) / sample)]).filter(
    edit => edit !== undefined
  )
}

import { essenceOf } from './openapi/media-type.js'
import type { Problems, Words } from './problems.js'

/**
 * The words in which the server replies by itself with a response of an operation: the others if it declares their media
 * type by name, whatever else it declares; else those that all replies have.
 */
export const wordsFor = (content: ReadonlyMap<string, unknown>, problems: Problems): Words => {
  const declared = new Set([...content.keys()].map(essenceOf))
  return problems.others?.find(({ mediaType }) => declared.has(essenceOf(mediaType))) ?? problems
}

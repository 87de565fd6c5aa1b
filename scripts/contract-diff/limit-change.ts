import { bodyKindOf, find, type Node, placeOf } from '../../src/contract/index.js'
import { maxBytes } from '../../src/http/body.js'
import type { Detail } from './change.js'

const keyword = 'x-max-bytes'

/** How many bytes a body may have otherwise than before; where the contract doesn't say, what this server takes. */
export const limitChange = (mediaType: string, before: Node, after: Node, noun: string): Detail[] => {
  const limitOf = (node: Node): number => {
    const said = find(node, keyword)?.value
    return typeof said === 'number' ? said : maxBytes[bodyKindOf(mediaType)]
  }
  const [old, now] = [limitOf(before), limitOf(after)]
  if (old === now) return []
  const node = find(after, keyword) ?? find(before, keyword) ?? after
  const clause = `${noun} may now have ${words(now)} instead of ${words(old)} (\`${keyword}\`)`
  return [{ place: placeOf(node), clause, breaking: now < old }]
}

const words = (bytes: number): string => (bytes === Infinity ? 'any number of bytes' : `${bytes} bytes`)

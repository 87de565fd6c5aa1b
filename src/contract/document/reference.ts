import { pointer, pointerOfFragment, tokensOf } from './pointer.js'
import { childOf, isRecord } from './record.js'

/** A value in a document and the pointer to where it is really written, every `$ref` on the way followed. */
export interface Resolved {
  readonly pointer: string
  readonly value: unknown
}

/**
 * Follows a JSON Pointer in a document, and each `$ref` that it meets. The value is `undefined` if there is nothing;
 * a `$ref` that leads back to itself leads to nothing.
 */
export const resolve = (document: unknown, path: string): Resolved => {
  const seen = new Set<string>()
  const tokens = tokensOf(path)
  let at = { pointer: '', value: document }
  for (;;) {
    const ref = isRecord(at.value) ? at.value['$ref'] : undefined
    if (typeof ref === 'string' && ref.startsWith('#')) {
      if (seen.has(at.pointer)) return { pointer: at.pointer, value: undefined }
      seen.add(at.pointer)
      tokens.unshift(...tokensOf(pointerOfFragment(ref)))
      at = { pointer: '', value: document }
      continue
    }
    const token = tokens.shift()
    if (token === undefined) return at
    at = { pointer: at.pointer + pointer(token), value: childOf(at.value, token) }
  }
}

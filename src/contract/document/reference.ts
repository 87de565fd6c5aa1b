import { pointer, pointerOfFragment, tokensOf } from './pointer.js'
import { childOf, isRecord } from './record.js'

/** A value in a document and the pointer to where it is really written, every `$ref` on the way followed. */
export interface Resolved {
  readonly pointer: string
  readonly value: unknown
}

/**
 * Follows a JSON Pointer in a document, and each `$ref` that it meets, where there is nothing beside the `$ref` that the
 * pointer could mean. The value is `undefined` if there is nothing; a `$ref` that leads back to itself leads to nothing.
 */
export const resolve = (document: unknown, path: string): Resolved => {
  const seen = new Set<string>()
  const tokens = tokensOf(path)
  let at: Resolved = { pointer: '', value: document }
  for (;;) {
    const [token] = tokens
    const child = token === undefined ? undefined : childOf(at.value, token)
    const ref = isRecord(at.value) ? at.value['$ref'] : undefined
    if (child === undefined && typeof ref === 'string' && ref.startsWith('#')) {
      if (seen.has(at.pointer)) return { pointer: at.pointer, value: undefined }
      seen.add(at.pointer)
      tokens.unshift(...tokensOf(pointerOfFragment(ref)))
      at = { pointer: '', value: document }
      continue
    }
    if (token === undefined) return at
    tokens.shift()
    at = { pointer: at.pointer + pointer(token), value: child }
  }
}

/** What stands at a pointer as it is written: no `$ref` on the way is followed. `undefined` if there is nothing. */
export const valueAt = (document: unknown, path: string): unknown => tokensOf(path).reduce(childOf, document)

/**
 * The pointer that a `$ref` into the document leads to, as `resolve` does, but for the last: what stands at the end may
 * be a reference itself, which in a schema can have keywords
 * beside it (JSON Schema 2020-12 Core §8.2.3.1).
 */
export const targetOf = (document: unknown, ref: string): string => {
  let at: Resolved = { pointer: '', value: document }
  for (const token of tokensOf(pointerOfFragment(ref))) {
    const isThere = childOf(at.value, token) !== undefined
    const from = isThere ? at : resolve(document, at.pointer)
    at = { pointer: from.pointer + pointer(token), value: childOf(from.value, token) }
  }
  return at.pointer
}

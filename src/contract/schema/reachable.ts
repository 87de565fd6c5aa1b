import { isRecord } from '../document/record.js'
import { targetOf, valueAt } from '../document/reference.js'
import { subschemasOf } from './schema-keywords.js'

/** Whether a schema, or one that it leads to by a keyword or a reference, is of a kind. */
export const reaches = (
  document: unknown,
  at: string,
  isOfKind: (schema: Readonly<Record<string, unknown>>, at: string) => boolean,
  seen: Set<string> = new Set()
): boolean => {
  if (seen.has(at)) return false
  seen.add(at)
  const schema = valueAt(document, at)
  if (!isRecord(schema)) return false
  if (isOfKind(schema, at)) return true
  const { $ref: ref, $dynamicRef: dynamicRef } = schema
  for (const one of [ref, dynamicRef]) {
    if (typeof one === 'string' && reaches(document, targetOf(document, one), isOfKind, seen)) return true
  }
  return subschemasOf(schema, at).some(({ pointer: path }) => reaches(document, path, isOfKind, seen))
}

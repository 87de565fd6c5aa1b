import { isRecord } from '../../src/contract/index.js'
import { dialect } from './suite.js'

/**
 * Whether a schema refers to documents that are neither in it nor those of the dialect: the suite has them for a server
 * of its own, and a contract can't refer to what isn't there.
 */
export const needsOthers = (schema: unknown): boolean => {
  const own = new Set<string>()
  const referred = new Set<string>()
  const collect = (value: unknown, base: string): void => {
    if (Array.isArray(value)) for (const one of value) collect(one, base)
    if (!isRecord(value)) return
    const { $id: id, $ref: ref } = value
    const inner = typeof id === 'string' ? documentOf(id, base) : base
    own.add(inner)
    if (typeof ref === 'string') referred.add(documentOf(ref, inner))
    for (const one of Object.values(value)) collect(one, inner)
  }
  collect(schema, 'https://suite.invalid/')
  return [...referred].some(uri => !own.has(uri) && uri !== dialect)
}

const documentOf = (reference: string, base: string): string =>
  URL.canParse(reference, base) ? (new URL(reference, base).href.split('#', 1)[0] ?? base) : base

import { isRecord } from '../document/record.js'
import { targetOf, valueAt } from '../document/reference.js'

const mostSteps = 16

/** The `default` of the schema at a pointer, or of the one that it refers to; whether it keeps them is another question. */
export const declaredDefault = (document: unknown, at: string): { readonly value: unknown } | undefined => {
  for (let path = at, steps = 0; steps < mostSteps; steps += 1) {
    const schema = valueAt(document, path)
    if (!isRecord(schema)) return undefined
    if (Object.hasOwn(schema, 'default')) return { value: schema['default'] }
    if (typeof schema['$ref'] !== 'string') return undefined
    path = targetOf(document, schema['$ref'])
  }
  return undefined
}

import { isRecord } from '../document/record.js'
import { targetOf, valueAt } from '../document/reference.js'
import { isInPlace, subschemasOf } from './schema-keywords.js'

/**
 * Finds schemas that speak of a value by way of themselves, without ever going into it: `allOf` of itself. No value could
 * be looked at by them (JSON Schema 2020-12 Core §9.4.1). Each schema is looked at once, whatever is asked.
 */
export class EndlessSchemas {
  readonly #document: unknown
  readonly #states = new Map<string, 'open' | 'done'>()

  constructor(document: unknown) {
    this.#document = document
  }

  /** Whether the schema at a pointer, or one in its place, leads back to where it came from. */
  isEndless(at: string): boolean {
    const state = this.#states.get(at)
    if (state !== undefined) return state === 'open'
    this.#states.set(at, 'open')
    const found = this.#inPlaceOf(at).some(path => this.isEndless(path))
    this.#states.set(at, 'done')
    return found
  }

  #inPlaceOf(at: string): string[] {
    const schema = valueAt(this.#document, at)
    if (!isRecord(schema)) return []
    const references = [schema['$ref'], schema['$dynamicRef']].filter(ref => typeof ref === 'string')
    return [
      ...references.map(ref => targetOf(this.#document, ref)),
      ...subschemasOf(schema, at).flatMap(one => (isInPlace(one.keyword) ? [one.pointer] : []))
    ]
  }
}

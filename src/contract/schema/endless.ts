import { isRecord } from '../document/record.js'
import { targetOf, valueAt } from '../document/reference.js'
import { isInPlace, subschemasOf } from './schema-keywords.js'

const mostInARow = 500

/**
 * Finds schemas that speak of a value by way of themselves, without ever going into it: `allOf` of itself. No value could
 * be looked at by them (JSON Schema 2020-12 Core §9.4.1). So many schemas in a row that the stack would not do count as
 * endless, too. Each schema is looked at once, whatever is asked.
 */
export class EndlessSchemas {
  readonly #document: unknown
  readonly #states = new Map<string, 'open' | 'done'>()
  #open = 0

  constructor(document: unknown) {
    this.#document = document
  }

  /** Whether a schema that stands at a pointer, or one in its place, leads back to where it came from. */
  isEndless(at: string, schema: unknown): boolean {
    if (!isRecord(schema) || !Object.keys(schema).some(leadsOn)) return false
    const state = this.#states.get(at)
    if (state !== undefined) return state === 'open'
    if (this.#open === mostInARow) return true
    this.#states.set(at, 'open')
    this.#open += 1
    const found = this.#leadsBack(at, schema)
    this.#open -= 1
    this.#states.set(at, 'done')
    return found
  }

  #leadsBack(at: string, schema: Readonly<Record<string, unknown>>): boolean {
    const isReferred = [schema['$ref'], schema['$dynamicRef']]
      .filter(ref => typeof ref === 'string')
      .map(ref => targetOf(this.#document, ref))
      .some(path => this.isEndless(path, valueAt(this.#document, path)))
    if (isReferred) return true
    return subschemasOf(schema, at).some(one => isInPlace(one.keyword) && this.isEndless(one.pointer, one.schema))
  }
}

const leadsOn = (keyword: string): boolean => keyword === '$ref' || keyword === '$dynamicRef' || isInPlace(keyword)

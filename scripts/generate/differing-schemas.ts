import {
  type Contract,
  type Direction,
  evaluatorOf,
  isRecord,
  pointer,
  subschemasOf,
  targetOf,
  unwantedNames,
  valueAt
} from '../../src/contract/index.js'

/** The schemas of a contract whose values are others in requests, or in replies, than they say by themselves. */
export class DifferingSchemas {
  readonly #contract: Contract
  readonly #known = new Map<string, boolean>()

  constructor(contract: Contract) {
    this.#contract = contract
  }

  /** Whether the value of the schema at a pointer, or one in it, has properties that aren't sent, or defaults. */
  has(at: string, direction: Direction): boolean {
    const known = this.#known.get(`${direction} ${at}`)
    if (known !== undefined) return known
    const seen = new Set<string>()
    const found = this.#reachesOne(at, direction, seen)
    if (!found) for (const path of seen) this.#known.set(`${direction} ${path}`, false)
    this.#known.set(`${direction} ${at}`, found)
    return found
  }

  #reachesOne(at: string, direction: Direction, seen: Set<string>): boolean {
    if (seen.has(at)) return false
    seen.add(at)
    const { document } = this.#contract
    const schema = valueAt(document, at)
    if (!isRecord(schema)) return false
    if (unwantedNames(document, at, direction).size > 0) return true
    if (direction === 'request' && this.#hasDefaults(schema, at)) return true
    const all = subschemasOf(schema, at).map(({ pointer: path }) => path)
    if (typeof schema['$ref'] === 'string') all.push(targetOf(document, schema['$ref']))
    return all.some(path => this.#reachesOne(path, direction, seen))
  }

  #hasDefaults({ properties }: Readonly<Record<string, unknown>>, at: string): boolean {
    const { checks } = evaluatorOf(this.#contract)
    const names = isRecord(properties) ? Object.keys(properties) : []
    return names.some(name => checks.defaultOf(at + pointer('properties', name)) !== undefined)
  }
}

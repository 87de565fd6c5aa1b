import {
  type Contract,
  type Direction,
  evaluatorOf,
  isRecord,
  pointer,
  targetOf,
  tokensOf,
  unwantedNames,
  valueAt
} from '../../src/contract/index.js'
import { DifferingSchemas } from './differing-schemas.js'

/** A schema as openapi-typescript takes it. */
export type TypedSchema = Record<string, unknown>

/** Which way the value of a schema goes, and which of its properties aren't for the one who gets it. */
interface View {
  readonly direction: Direction | undefined
  readonly unwanted: ReadonlySet<string>
}

/** What a schema says of its value besides its compositions, as far as a type can say it, too. */
const shaping = [
  'type',
  'const',
  'enum',
  'properties',
  'required',
  'additionalProperties',
  'patternProperties'
] as const
const listing = ['items', 'prefixItems', 'minItems'] as const
const composing = ['$ref', 'allOf', 'anyOf', 'oneOf'] as const

/** Keywords by which openapi-typescript makes types of what the server doesn't look at. */
const ignored = ['nullable', 'discriminator', '$defs', '$dynamicRef', 'not', 'if', 'then', 'else', 'dependentSchemas']

const spoken = new Set<string>([...shaping, ...listing, ...composing, ...ignored])

const none: ReadonlySet<string> = new Set()

/**
 * The schemas of a contract as openapi-typescript makes types of them that say what the server does: a schema that says
 * several things is an `allOf` of each, `readOnly` properties are not in requests nor `writeOnly` ones in replies, what
 * has a default is always in requests, and each reference leads to a component.
 */
export class TypedSchemas {
  readonly #document: unknown
  readonly #contract: Contract
  readonly #names = new Map<string, string>() // of components, by what they are
  readonly #taken: Set<string>
  readonly #waiting: { readonly name: string; readonly at: string; readonly view: View }[] = []
  readonly #differing: DifferingSchemas

  constructor(contract: Contract) {
    this.#contract = contract
    this.#document = contract.document
    this.#differing = new DifferingSchemas(contract)
    const own = Object.keys(contract.document.components?.schemas ?? {})
    this.#taken = new Set(own)
    for (const name of own) this.#names.set(keyOf(pointer('components', 'schemas', name), none, ''), name)
  }

  /** The schema at a pointer, which no `$ref` is on the way to. */
  of(at: string, direction?: Direction): unknown {
    return this.#below(at, direction)
  }

  /** All schemas that are components, or became some because they are referred to. To be asked for last. */
  components(): Record<string, unknown> {
    const own = Object.keys(this.#contract.document.components?.schemas ?? {})
    const made = own.map((name): [string, unknown] => [name, this.of(pointer('components', 'schemas', name))])
    for (const { name, at, view } of this.#waiting) made.push([name, this.#inPlace(at, view)]) // and more come
    return Object.fromEntries(made)
  }

  // The schema of a value of its own.
  #below(at: string, direction: Direction | undefined): unknown {
    return this.#inPlace(at, { direction, unwanted: this.#unwanted(at, direction) })
  }

  #unwanted(at: string, direction: Direction | undefined): ReadonlySet<string> {
    return direction ? unwantedNames(this.#document, at, direction) : none
  }

  // Another schema of the value at hand.
  #inPlace(at: string, view: View): unknown {
    const schema = valueAt(this.#document, at)
    if (!isRecord(schema)) return schema
    const notes = Object.fromEntries(Object.entries(schema).filter(([keyword]) => !spoken.has(keyword)))
    const { $ref: ref, allOf, anyOf, oneOf } = schema
    const list = (keyword: string, schemas: readonly unknown[]): unknown[] =>
      schemas.map((_, index) => this.#inPlace(at + pointer(keyword, index), view))
    const parts: TypedSchema[] = []
    if (typeof ref === 'string') parts.push({ $ref: this.#referenceTo(targetOf(this.#document, ref), view) })
    if (Array.isArray(allOf)) {
      const all = list('allOf', allOf).filter(one => one !== true)
      parts.push(...all.map(one => (isRecord(one) ? one : { type: 'object', 'x-typescript': 'never' })))
    }
    if (Array.isArray(anyOf)) parts.push({ anyOf: list('anyOf', anyOf) })
    if (Array.isArray(oneOf)) parts.push({ oneOf: list('oneOf', oneOf) })
    const core = this.#core(schema, at, view)
    const isObject = Object.keys(core).join() === 'type' && core['type'] === 'object'
    if (Object.keys(core).length > 0 && !(isObject && parts.length > 0)) parts.unshift(core)
    const [only] = parts
    if (parts.length === 1 && only && !Array.isArray(allOf)) return { ...only, ...notes }
    return parts.length === 0 ? notes : { ...notes, allOf: parts }
  }

  #core(schema: TypedSchema, at: string, view: View): TypedSchema {
    const core: TypedSchema = {}
    for (const keyword of shaping) if (Object.hasOwn(schema, keyword)) core[keyword] = schema[keyword]
    if (Array.isArray(core['enum']) && Array.isArray(core['type']) && !core['enum'].includes(null)) {
      core['type'] = core['type'].filter(one => one !== 'null') // otherwise `null` is added to the values
    }
    if (core['const'] === null) core['enum'] = [null]
    this.#putItems(core, schema, at, view)
    this.#putProperties(core, schema, at, view)
    return core
  }

  #putItems(core: TypedSchema, { items, prefixItems, minItems }: TypedSchema, at: string, { direction }: View): void {
    if (items !== undefined) core['items'] = this.#below(`${at}/items`, direction)
    if (!Array.isArray(prefixItems) || prefixItems.length === 0) return
    core['prefixItems'] = prefixItems.map((_, index) => this.#below(at + pointer('prefixItems', index), direction))
    core['minItems'] = minItems
  }

  #putProperties(core: TypedSchema, schema: TypedSchema, at: string, { direction, unwanted }: View): void {
    const properties: [string, unknown][] = []
    const required = new Set(Array.isArray(schema['required']) ? (schema['required'] as string[]) : [])
    for (const name of isRecord(schema['properties']) ? Object.keys(schema['properties']) : []) {
      if (unwanted.has(name)) continue
      const below = at + pointer('properties', name)
      properties.push([name, this.#below(below, direction)])
      if (direction === 'request' && evaluatorOf(this.#contract).checks.defaultOf(below)) required.add(name)
    }
    for (const name of unwanted) required.delete(name)
    const names = new Set(properties.map(([name]) => name))
    const { type } = schema
    if (type === undefined || type === 'object' || (Array.isArray(type) && type.includes('object'))) {
      for (const name of required)
        if (!names.has(name)) properties.push([name, { type: 'object', 'x-typescript': 'present' }])
    }
    if (properties.length > 0) core['properties'] = Object.fromEntries(properties)
    else delete core['properties']
    if (required.size > 0) core['required'] = [...required]
    else delete core['required']
    this.#putOthers(core, schema, at, { direction, unwanted })
  }

  // The other properties. Beside named ones their type must be one that those have, too: it is `unknown`.
  #putOthers(core: TypedSchema, schema: TypedSchema, at: string, { direction }: View): void {
    const { additionalProperties: others, patternProperties: patterned } = schema
    delete core['additionalProperties']
    delete core['patternProperties']
    const patterns = isRecord(patterned) ? Object.keys(patterned) : []
    const isAlone = !composing.some(keyword => schema[keyword] !== undefined)
    if (core['properties'] === undefined && patterns.length === 0 && others === false && isAlone) {
      if (schema['type'] === undefined || schema['type'] === 'object') core['x-typescript'] = 'empty'
    }
    if (others === undefined && patterns.length === 0) return
    if (core['properties'] !== undefined || (patterns.length > 0 && others !== false)) {
      if (others !== false) core['additionalProperties'] = true
    } else if (others === true) {
      core['additionalProperties'] = true
    } else if (others !== undefined && others !== false) {
      core['additionalProperties'] = this.#below(`${at}/additionalProperties`, direction)
    } else if (patterns.length > 0) {
      core['patternProperties'] = Object.fromEntries(
        patterns.map(name => [name, this.#below(at + pointer('patternProperties', name), direction)])
      )
    }
  }

  #referenceTo(at: string, { direction, unwanted }: View): string {
    const isOther = direction !== undefined && this.#differing.has(at, direction)
    const surplus = [...unwanted].filter(name => !this.#unwanted(at, direction).has(name))
    const view = { direction: isOther || surplus.length > 0 ? direction : undefined, unwanted: new Set(surplus) }
    const key = keyOf(at, view.unwanted, view.direction)
    const name = this.#names.get(key) ?? this.#newName(at, view.direction)
    if (!this.#names.has(key)) {
      this.#names.set(key, name)
      const all = view.direction ? new Set([...this.#unwanted(at, direction), ...surplus]) : none
      this.#waiting.push({ name, at, view: { direction: view.direction, unwanted: all } })
    }
    return `#${encodeURI(pointer('components', 'schemas', name))}`
  }

  #newName(at: string, direction: Direction | undefined): string {
    const [top, section, ...rest] = tokensOf(at)
    const tokens = top === 'components' && section === 'schemas' ? rest : tokensOf(at)
    const base = [...tokens, ...(direction ? [direction] : [])].join('.')
    let name = base
    for (let count = 2; this.#taken.has(name); count += 1) name = `${base}.${count}`
    this.#taken.add(name)
    return name
  }
}

const keyOf = (at: string, unwanted: ReadonlySet<string>, direction: Direction | '' | undefined): string =>
  JSON.stringify([at, direction ?? '', ...[...unwanted].sort()])

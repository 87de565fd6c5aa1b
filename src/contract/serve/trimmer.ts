import { pointer } from '../document/pointer.js'
import { isRecord } from '../document/record.js'
import { targetOf, valueAt } from '../document/reference.js'
import { isUnwanted, unwantedNames } from '../schema/unwanted.js'
import { hasType } from '../schema/type-checks.js'
import {
  type Trim,
  trimAny,
  trimBoolean,
  trimInteger,
  trimList,
  trimNull,
  trimNullable,
  trimNumber,
  trimObject,
  trimOneOf,
  trimString
} from './trim.js'

// Keywords that need a closer look at the value, or at what other schemas say of it.
const closer =
  'anyOf oneOf not if then else dependentSchemas dependentRequired prefixItems contains patternProperties propertyNames unevaluatedItems unevaluatedProperties $dynamicRef'.split(
    ' '
  )

/** Makes the trim of a schema; `undefined` if the schema is one of those that need a closer look. */
export const trimmer = (document: unknown, at: string): Trim | undefined => {
  const trims = new Trims(document)
  const trim = trims.of(at)
  return trims.isComplete ? trim : undefined
}

class Trims {
  isComplete = true
  readonly #document: unknown
  readonly #known = new Map<string, Trim>()

  constructor(document: unknown) {
    this.#document = document
  }

  of(at: string): Trim {
    const known = this.#known.get(at)
    if (known) return known
    // A schema may be asked for again while it is made, because schemas can be recursive.
    this.#known.set(at, value => (this.#known.get(at) ?? trimAny)(value))
    const made = this.#make(at)
    this.#known.set(at, made)
    return made
  }

  #make(at: string): Trim {
    const schema = valueAt(this.#document, at)
    if (schema === true) return trimAny
    if (!isRecord(schema) || closer.some(keyword => Object.hasOwn(schema, keyword))) return this.#give()
    const { $ref: ref, type, enum: values, const: only, properties, items, additionalProperties } = schema
    if (Array.isArray(schema['allOf'])) return this.#object(at, this.#partsOf(at))
    if (typeof ref === 'string') return this.#reference(schema, ref)
    const types = (Array.isArray(type) ? type : type === undefined ? [] : [type]).map(String)
    const possible = Array.isArray(values) ? values : only === undefined ? undefined : [only]
    if (possible)
      return trimOneOf(possible.filter(value => types.length === 0 || types.some(one => hasType(one, value))))
    const [name, ...others] = types.filter(one => one !== 'null')
    if (others.length > 0) return this.#give()
    if (name === undefined) {
      const isFree = properties === undefined && items === undefined && additionalProperties === undefined
      if (types.length > 0) return trimNull
      return isFree && schema['required'] === undefined ? trimAny : this.#give()
    }
    const trim = this.#ofType(name, schema, at)
    return types.length > 1 ? trimNullable(trim) : trim
  }

  #give(): Trim {
    this.isComplete = false
    return trimAny
  }

  #reference(schema: Readonly<Record<string, unknown>>, ref: string): Trim {
    const says = ['type', 'enum', 'const', 'properties', 'items', 'additionalProperties', 'required']
    return says.some(keyword => Object.hasOwn(schema, keyword)) ? this.#give() : this.of(targetOf(this.#document, ref))
  }

  #ofType(name: string, schema: Readonly<Record<string, unknown>>, at: string): Trim {
    switch (name) {
      case 'string':
        return trimString
      case 'number':
        return trimNumber
      case 'integer':
        return trimInteger
      case 'boolean':
        return trimBoolean
      case 'array':
        return trimList(schema['items'] === undefined ? trimAny : this.of(`${at}/items`))
      case 'object':
        return this.#object(at, [{ at, schema }])
      default:
        return this.#give()
    }
  }

  // An object schema with those that it is made of by `allOf`; `undefined` if one of them is of another kind.
  #partsOf(at: string, above: readonly string[] = []): Part[] | undefined {
    const schema = valueAt(this.#document, at)
    if (!isRecord(schema) || above.includes(at)) return undefined
    const { $ref: ref, allOf = [], type = 'object', additionalProperties } = schema
    if ([...closer, 'enum', 'const', 'items'].some(keyword => Object.hasOwn(schema, keyword))) return undefined
    if (type !== 'object' || additionalProperties !== undefined || !Array.isArray(allOf)) return undefined
    const below = [
      ...(typeof ref === 'string' ? [targetOf(this.#document, ref)] : []),
      ...allOf.map((_, index) => at + pointer('allOf', index))
    ]
    const parts = below.map(path => this.#partsOf(path, [...above, at]))
    return parts.every(part => part !== undefined) ? [...parts.flat(), { at, schema }] : undefined
  }

  #object(at: string, parts: readonly Part[] | undefined): Trim {
    if (!parts?.some(({ schema }) => schema['type'] === 'object')) return this.#give()
    const unwanted = unwantedNames(this.#document, at, 'reply')
    const required = parts.flatMap(({ schema }) =>
      Array.isArray(schema['required']) ? schema['required'].map(String) : []
    )
    const needed = new Set(required.filter(name => !unwanted.has(name)))
    const properties = parts.flatMap(({ at: path, schema }) =>
      Object.keys(schema['properties'] ?? {}).map(name => ({ name, path: path + pointer('properties', name) }))
    )
    const known = new Set(properties.map(({ name }) => name))
    // A property of two schemas has to be looked at by both, and one that is only required is named by none.
    const isPlainly = known.size === properties.length && [...needed].every(name => known.has(name))
    if (!isPlainly || properties.some(({ name }) => name in Object.prototype)) return this.#give()
    const trims = properties.map(({ name, path }) => ({
      name,
      trim: this.of(path),
      isRequired: needed.has(name),
      isUnwanted: unwanted.has(name)
    }))
    const isFree = parts.every(({ schema }) => schema['properties'] === undefined)
    const [others] = parts.flatMap(({ at: path, schema }) =>
      schema['additionalProperties'] === undefined ? [] : [{ path, value: schema['additionalProperties'] }]
    )
    if (others && isUnwanted(this.#document, `${others.path}/additionalProperties`, 'reply')) return this.#give()
    if (others === undefined) return trimObject(trims, isFree ? trimAny : undefined, false)
    const isClosed = others.value === false
    return trimObject(trims, isClosed ? undefined : this.of(`${others.path}/additionalProperties`), isClosed)
  }
}

/** A schema of an object, or one of those that it is made of. */
interface Part {
  readonly at: string
  readonly schema: Readonly<Record<string, unknown>>
}

import type { Node } from '../openapi/node.js'
import { isRecord } from '../document/record.js'
import {
  type Alternative,
  alternativesOf,
  itemSchemas,
  prefixLength,
  propertyNames,
  propertySchemas
} from './effective-schema.js'
import { parseJson } from './json-body.js'
import type { JsonType } from './schema-types.js'
import { isList, plain, type Text } from './text.js'

/** Who knows whether a value satisfies the schema at a pointer, and whether a pattern matches a text. */
export interface Judge {
  readonly isValid: (pointer: string, value: unknown) => boolean
  /** Without it, `patternProperties` type nothing. */
  readonly matches?: (pattern: string, text: string) => boolean
}

export interface DecoderOptions {
  /** Whether objects come as JSON text, as they do in forms (OpenAPI 3.1 §4.8.15.1). */
  readonly jsonObjects?: boolean
}

/** A type that a text can be read as. */
export interface Candidate {
  readonly shape: 'plain' | 'array' | 'object'
  readonly alternative: Alternative
  /** The value, or `unreadable` if the text is none of this type. */
  readonly decode: (text: Text) => unknown
}

/** Instead of a value: the text can't be one. */
export const unreadable = Symbol('unreadable')

/**
 * What makes, of some schemas that hold together, a function that turns text into their value. Numbers, booleans and
 * null are written as in JSON. Of several types, the first in the author's order wins whose value satisfies the schemas;
 * if none does, what the first makes of the text, for the message. Text that is no value of its type stays text.
 */
export const textDecoders = (judge: Judge, options: DecoderOptions = {}): ((schemas: readonly Node[]) => Decode) => {
  const decoders = new Decoders(judge, options)
  return schemas => decoders.of(schemas)
}

/** The value of a text by a schema: see `textDecoders`, which are for more than one text. */
export const valueOf = (text: Text, schema: Node, isValid: Judge['isValid']): unknown =>
  textDecoders({ isValid })([schema])(text)

/** The types that a text can be read as by some schemas that hold together, in the author's order; never empty. */
export const candidatesOf = (schemas: readonly Node[], judge: Judge, options: DecoderOptions = {}): Candidate[] =>
  new Decoders(judge, options).candidates(schemas)

/** Whether a value satisfies all of some schemas. */
export const satisfies = (schemas: readonly Node[], judge: Judge, value: unknown): boolean =>
  schemas.every(({ pointer }) => judge.isValid(pointer, value))

/** What turns text into a value. */
export type Decode = (text: Text) => unknown

const orText = (value: unknown, text: Text): unknown => (value === unreadable ? plain(text) : value)

// Made when they are first needed, and once for the same schemas: a schema can be its own property.
class Decoders {
  readonly #known = new Map<string, Decode>()
  readonly #judge: Judge
  readonly #jsonObjects: boolean

  constructor(judge: Judge, { jsonObjects = false }: DecoderOptions) {
    this.#judge = judge
    this.#jsonObjects = jsonObjects
  }

  of(schemas: readonly Node[]): Decode {
    if (schemas.length === 0) return plain
    const key = schemas.map(({ pointer }) => pointer).join('\n')
    const decode = this.#known.get(key) ?? this.#compile(schemas)
    this.#known.set(key, decode)
    return decode
  }

  candidates(schemas: readonly Node[]): Candidate[] {
    const seen = new Set<JsonType>()
    return alternativesOf(schemas).flatMap(alternative =>
      alternative.types.flatMap((type): Candidate[] => {
        if (type === 'array') return [{ shape: 'array', alternative, decode: this.#array(alternative) }]
        if (type === 'object') return [{ shape: 'object', alternative, decode: this.#object(alternative) }]
        if (seen.has(type)) return []
        seen.add(type)
        return [{ shape: 'plain', alternative, decode: type === 'string' ? plain : text => plainValue(type, text) }]
      })
    )
  }

  #compile(schemas: readonly Node[]): Decode {
    const decoders = this.candidates(schemas).map(({ decode }) => decode)
    const first = decoders[0] ?? plain
    if (decoders.length === 1 && first === plain) return plain
    const ofFirst = (text: Text): unknown => orText(first(text), text)
    if (decoders.length === 1) return ofFirst
    return text => {
      for (const decode of decoders) {
        const value = decode(text)
        if (value !== unreadable && satisfies(schemas, this.#judge, value)) return value
      }
      return ofFirst(text)
    }
  }

  #array(alternative: Alternative): Decode {
    const length = prefixLength(alternative)
    const decoders: Decode[] = []
    const decodeItem = (item: Text, index: number): unknown => {
      const at = Math.min(index, length)
      return (decoders[at] ??= this.of(itemSchemas(alternative, at)))(item)
    }
    return text => {
      if (typeof text === 'string') return [decodeItem(text, 0)]
      return isList(text) ? text.map(decodeItem) : unreadable
    }
  }

  #object(alternative: Alternative): Decode {
    const { names } = propertyNames(alternative)
    const known = new Map<string, Decode>()
    const decoderOf = (name: string): Decode => {
      const found = known.get(name) ?? this.of(propertySchemas(alternative, name, this.#judge.matches))
      if (names.has(name)) known.set(name, found) // not those of a client's own making, of which there is no end
      return found
    }
    const decodeProperty = ([name, text]: [string, Text]): [string, unknown] => [name, decoderOf(name)(text)]
    return text => {
      if (typeof text === 'string') return this.#jsonObjects ? jsonObject(text) : unreadable
      return isList(text) ? unreadable : Object.fromEntries([...text].map(decodeProperty))
    }
  }
}

const number = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/

const plainValue = (type: JsonType, text: Text): unknown => {
  if (typeof text !== 'string') return unreadable
  if (type === 'boolean') return text === 'true' ? true : text === 'false' ? false : unreadable
  if (type === 'null') return text === 'null' ? null : unreadable
  const value = number.test(text) ? Number(text) : NaN
  return Number.isFinite(value) ? value : unreadable
}

const jsonObject = (text: string): unknown => {
  const value = fromJson(text)
  return isRecord(value) ? value : unreadable
}

/** The value of a JSON text; `unreadable` if it is none, or none that can be taken. */
export const fromJson = (text: string): unknown => {
  const parsed = parseJson(text)
  return 'value' in parsed ? parsed.value : unreadable
}

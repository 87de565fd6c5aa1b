import { registerSchema, unregisterSchema } from '@hyperjump/json-schema/draft-2020-12'
import {
  BASIC,
  type CompiledSchema,
  compile,
  getSchema,
  interpret,
  Validation
} from '@hyperjump/json-schema/experimental'
import { fromJs } from '@hyperjump/json-schema/instance/experimental'
import { type Contract, isRecord, pointerOfFragment, tokensOf } from '../../src/contract/index.js'
import { type Margin, within } from './judge-dialect.js'
import { type Direction, type JudgedSchemas, judgedSchemas, placeIn, valueAt } from './judged-schemas.js'

type Json = Parameters<typeof fromJs>[0]

/** A keyword of the contract that a value breaks. */
export interface BrokenKeyword {
  /** Where in the contract it stands. For what `false` forbids, the pointer of that schema. */
  readonly pointer: string
  readonly keyword: string
  /** Where in the value. */
  readonly path: string
  /** The properties that are missing, for `required`. */
  readonly missing: readonly string[]
  /** It in a few words, for messages: `breaks …`. */
  readonly words: string
}

let judges = 0

/**
 * Tells whether values fit the schemas of a contract, by a validator that is none of the server's: what judges a server
 * must not share its faults. It needs to be made ready once, which takes a moment; then it answers at once.
 */
export class Judge {
  readonly #schemas: JudgedSchemas
  #preparation: Promise<void> | undefined
  #ast: CompiledSchema['ast'] | undefined
  /** The URIs of the schemas by their pointers, and the other way round. */
  readonly #uris = new Map<string, string>()
  readonly #pointers = new Map<string, string>()

  constructor(contract: Contract, direction: Direction) {
    this.#schemas = judgedSchemas(contract, direction)
  }

  /** Compiles all schemas of the contract. Has to be over before anything is judged. */
  ready(): Promise<void> {
    return (this.#preparation ??= this.#compile())
  }

  /** Whether a value fits the schema at a pointer. */
  accepts(at: string, value: unknown, margin: Margin): boolean {
    const schema = this.#schemaAt(at)
    return within(margin, () => interpret(schema, fromJs(value as Json)).valid)
  }

  /** The keywords that a value breaks of the schema at a pointer, those in it and those that they sum up. */
  broken(at: string, value: unknown): BrokenKeyword[] {
    const schema = this.#schemaAt(at)
    const output = within('wide', () => interpret(schema, fromJs(value as Json), BASIC))
    if (output.valid) return []
    return (output.errors ?? []).map(({ absoluteKeywordLocation: location, instanceLocation }) =>
      this.#brokenKeyword(at, location, pointerOfFragment(instanceLocation), value)
    )
  }

  async #compile(): Promise<void> {
    const uri = `https://contract.invalid/${++judges}`
    const { document, places } = this.#schemas
    registerSchema(document, uri, 'https://json-schema.org/draft/2020-12/schema')
    try {
      for (const [at, place] of places) {
        const schemaUri = `${uri}#${encodeURI(place)}`
        if (this.#ast && schemaUri in this.#ast) this.#add(at, schemaUri)
        else if (tokensOf(place).length === 1) {
          const schema = await getSchema(schemaUri)
          this.#ast ??= (await compile(schema)).ast
          this.#add(at, await Validation.compile(schema, this.#ast, schema))
        }
      }
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      throw new Error(`The schemas of the contract can't be compiled: ${why}`, { cause: error })
    } finally {
      unregisterSchema(uri)
    }
  }

  #add(at: string, schemaUri: string): void {
    this.#uris.set(at, schemaUri)
    this.#pointers.set(schemaUri, at)
  }

  #schemaAt(at: string): CompiledSchema {
    const schemaUri = this.#uris.get(at)
    if (schemaUri === undefined || this.#ast === undefined) throw new Error(`Nothing is known of a schema at ${at}.`)
    return { ast: this.#ast, schemaUri }
  }

  #brokenKeyword(root: string, location: string, path: string, value: unknown): BrokenKeyword {
    const [, owner = '', name = ''] = /^(.*)\/([^/]*)$/s.exec(location) ?? []
    const ofOwner = this.#pointers.get(owner)
    // In a schema with an identifier of its own, the place is only known by and large.
    const at = ofOwner === undefined ? (this.#pointers.get(location) ?? root) : `${ofOwner}/${name}`
    const said = valueAt(this.#schemas.document, placeIn(this.#schemas.places, at) ?? '')
    const [keyword = ''] = tokensOf(at).slice(-1)
    const missing = keyword === 'required' && Array.isArray(said) ? missingIn(valueAt(value, path), said) : []
    const shown = missing.length > 0 ? missing.join(', ') : shownOf(said)
    return {
      pointer: at,
      keyword,
      path,
      missing,
      words: `breaks \`${shown === '' ? keyword : `${keyword} ${shown}`}\``
    }
  }
}

const missingIn = (value: unknown, names: readonly unknown[]): string[] =>
  names.map(String).filter(name => isRecord(value) && !Object.hasOwn(value, name))

// Of what holds schemas, the name of the keyword says enough.
const shownOf = (said: unknown): string => {
  if (typeof said === 'string') return said
  const isShort = Array.isArray(said) ? said.every(one => !isRecord(one)) : !isRecord(said)
  return isShort && said !== undefined ? JSON.stringify(said) : ''
}

const summaries = new Set(['if', 'anyOf', 'oneOf', 'allOf'])

/** What is worth telling of all that a value breaks: the first that isn't only the sum of others. */
export const firstBroken = (all: readonly BrokenKeyword[]): BrokenKeyword | undefined =>
  all.find(({ keyword }) => !summaries.has(keyword)) ?? all[0]

import {
  registerSchema,
  type SchemaObject,
  unregisterSchema,
  type Validator,
  validate
} from '@hyperjump/json-schema/draft-2020-12'
import type { EvaluationPlugin } from '@hyperjump/json-schema/experimental'
import { isRecord, pointer } from '../../src/contract/index.js'
import { dialect } from './suite.js'

type Json = Parameters<Validator>[0]

const properties = 'https://json-schema.org/keyword/properties'

/** Notes where in a value a schema was applied, and where one names properties. What doesn't fit after all is forgotten. */
class Applied implements EvaluationPlugin {
  readonly #applied: string[] = []
  readonly #naming: string[] = []
  readonly #before: (readonly [number, number])[] = []

  beforeSchema(): void {
    this.#before.push([this.#applied.length, this.#naming.length])
  }

  afterKeyword: NonNullable<EvaluationPlugin['afterKeyword']> = ([keyword], instance) => {
    if (keyword === properties) this.#naming.push(instance.pointer)
  }

  afterSchema: NonNullable<EvaluationPlugin['afterSchema']> = (_url, instance, _context, valid) => {
    const [applied = 0, naming = 0] = this.#before.pop() ?? []
    if (valid) {
      this.#applied.push(instance.pointer)
      return
    }
    this.#applied.length = applied
    this.#naming.length = naming
  }

  hasUndeclared(value: unknown, at = ''): boolean {
    if (Array.isArray(value)) return value.some((item, index) => this.hasUndeclared(item, at + pointer(index)))
    if (!isRecord(value)) return false
    const isNaming = this.#naming.includes(at)
    return Object.entries(value).some(([name, child]) => {
      const below = at + pointer(name)
      return (isNaming && !this.#applied.includes(below)) || this.hasUndeclared(child, below)
    })
  }
}

let schemas = 0

/**
 * Tells whether a value that fits a schema has fields that it doesn't declare: where a schema names properties, but says
 * nothing of this one. Such fields don't leave a server, on purpose. `false` if that can't be told.
 */
export const hasUndeclaredFields = async (schema: unknown, value: unknown): Promise<boolean> => {
  const uri = `https://suite.invalid/${++schemas}`
  const applied = new Applied()
  try {
    registerSchema(schema as SchemaObject, uri, dialect)
    const judge = await validate(uri)
    return judge(value as Json, { outputFormat: 'FLAG', plugins: [applied] }).valid && applied.hasUndeclared(value)
  } catch {
    return false
  } finally {
    unregisterSchema(uri)
  }
}

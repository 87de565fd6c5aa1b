import type { Ajv2020, ErrorObject, ValidateFunction } from 'ajv/dist/2020.js'
import { type Contract, contractUri, createAjv, isRecord, pointer, schemaAt } from '../../src/contract/index.js'
import { Repeated } from './request.js'
import type { RequestPart } from './request-parts.js'
import type { Rule } from './rules.js'

/** Tells whether the values of a part of a request fit its schema, and what they break. */
export class PartValidator {
  readonly #text: Ajv2020
  readonly #json: Ajv2020
  readonly #validators = new Map<string, ValidateFunction>()

  constructor(contract: Contract) {
    this.#text = createAjv({ allErrors: true, verbose: true, coerceTypes: 'array' })
    this.#json = createAjv({ allErrors: true, verbose: true })
    for (const ajv of [this.#text, this.#json]) ajv.addSchema(contract.document, contractUri)
  }

  fits(part: RequestPart, value: unknown): boolean {
    return this.#errors(part, value).length === 0
  }

  /** Whether a value breaks a rule, and nothing elsewhere. */
  breaks(part: RequestPart, { keyword: name, owner, path }: Rule, value: unknown): boolean {
    if (hasRepeated(value)) return this.fits(part, onceEach(value)) // how it breaks the rule depends on the server
    const errors = this.#errors(part, value)
    const isIt = ({ keyword: broken, parentSchema, params }: ErrorObject): boolean => {
      const missing: unknown = (params as Record<string, unknown>)['missingProperty']
      return broken === name && (name === 'required' ? missing === path.at(-1) : parentSchema === owner)
    }
    const at = pointer('value', ...(name === 'required' ? path.slice(0, -1) : path))
    // What is missing or surplus has no value of its own, in which something else could be wrong.
    if (name === 'required' || /^(additional|unevaluated)P/.test(name)) {
      return errors.length > 0 && errors.every(error => error.instancePath === at && isIt(error))
    }
    const within = ({ instancePath }: ErrorObject): boolean => instancePath === at || instancePath.startsWith(`${at}/`)
    return errors.every(within) && errors.some(isIt)
  }

  #errors(part: RequestPart, value: unknown): ErrorObject[] {
    const json = part.writing.kind === 'json'
    const key = `${String(json)} ${part.schema.pointer}`
    // In an object, because Ajv coerces only what it can put back; a copy, because it writes into it.
    const wrapped = { type: 'object', properties: { value: schemaAt(part.schema.pointer) } }
    const validate = this.#validators.get(key) ?? (json ? this.#json : this.#text).compile(wrapped)
    this.#validators.set(key, validate)
    return validate({ value: structuredClone(value) }) ? [] : (validate.errors ?? [])
  }
}

const onceEach = (value: unknown): unknown => {
  if (value instanceof Repeated) return value.values[0]
  return isRecord(value) ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, onceEach(one)])) : value
}

const hasRepeated = (value: unknown): boolean =>
  value instanceof Repeated || (isRecord(value) && Object.values(value).some(one => one instanceof Repeated))

import type { Ajv2020, ErrorObject, ValidateFunction } from 'ajv/dist/2020.js'
import { type Contract, contractUri, createAjv, isRecord, pointer, schemaAt } from '../../src/contract/index.js'
import { Repeated } from './request.js'
import type { RequestPart } from './request-parts.js'
import type { Rule } from './rules.js'

/**
 * Tells whether the values of a part of a request fit its schema, and what they break. Its validators are none of the
 * server's, on purpose: what judges a server must not share its faults.
 */
export class PartValidator {
  readonly #contract: Contract
  readonly #ajvs = new Map<string, Ajv2020>()
  readonly #validators = new Map<string, ValidateFunction>()

  constructor(contract: Contract) {
    this.#contract = contract
  }

  fits(part: RequestPart, value: unknown): boolean {
    return this.#errors(part, value).length === 0
  }

  /**
   * Whether a value breaks a rule, and nothing elsewhere, in every way that a server may read it: as it is sent, and
   * with the defaults of what isn't. What only one of them breaks is mended by the other, and nobody's fault.
   */
  breaks(part: RequestPart, rule: Rule, value: unknown): boolean {
    if (hasRepeated(value)) return this.fits(part, onceEach(value)) // how it breaks the rule depends on the server
    return [this.#errors(part, value), this.#errors(part, value, true)].every(errors => isOnly(errors, rule))
  }

  #errors(part: RequestPart, value: unknown, useDefaults = false): ErrorObject[] {
    const json = part.writing.kind === 'json'
    const key = `${String(json)} ${String(useDefaults)} ${part.schema.pointer}`
    // In an object, because Ajv coerces only what it can put back; a copy, because it writes into it.
    const wrapped = { type: 'object', properties: { value: schemaAt(part.schema.pointer) } }
    const validate = this.#validators.get(key) ?? this.#ajv(json ? false : 'array', useDefaults).compile(wrapped)
    this.#validators.set(key, validate)
    return validate({ value: structuredClone(value) }) ? [] : (validate.errors ?? [])
  }

  // A server may fill in the defaults before it looks: JSON Schema Validation §9.2 leaves it to it.
  #ajv(coerceTypes: false | 'array', useDefaults: boolean): Ajv2020 {
    const key = `${String(coerceTypes)} ${String(useDefaults)}`
    const known = this.#ajvs.get(key)
    if (known) return known
    const ajv = createAjv({ allErrors: true, verbose: true, coerceTypes, useDefaults })
    ajv.addSchema(this.#contract.document, contractUri)
    this.#ajvs.set(key, ajv)
    return ajv
  }
}

// Whether errors are those of a rule, and of what is in the value that breaks it.
const isOnly = (errors: readonly ErrorObject[], { keyword: name, owner, path }: Rule): boolean => {
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

const onceEach = (value: unknown): unknown => {
  if (value instanceof Repeated) return value.values[0]
  return isRecord(value) ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, onceEach(one)])) : value
}

const hasRepeated = (value: unknown): boolean =>
  value instanceof Repeated || (isRecord(value) && Object.values(value).some(one => one instanceof Repeated))

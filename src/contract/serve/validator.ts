import type { Ajv2020, ErrorObject, ValidateFunction } from 'ajv/dist/2020.js'
import { type Document, OpenAPIValidator, type Operation, type Request, type ValidationResult } from 'openapi-backend'
import { createAjv } from '../document/ajv.js'
import type { Contract } from '../openapi/contract.js'
import { type OperationObject, operationsOf } from '../openapi/operation-object.js'
import { contractUri } from '../document/schema-uri.js'
import { pointer } from '../document/pointer.js'
import { ContractRequest } from './request.js'
import type { ParameterLocation } from '../openapi/parameter.js'
import { requestSchema, type RequestSchema } from './request-schema.js'
import { decodeFields } from '../openapi/serialization.js'

interface RequestValidator {
  readonly schema: RequestSchema
  readonly parameters: ValidateFunction | undefined
  readonly json: ValidateFunction | undefined
}

const partOf = { path: 'params', query: 'query', header: 'headers', cookie: 'cookies' } as const

const valid: ValidationResult = { valid: true, errors: null }
const notJson = { keyword: 'parse', instancePath: '/requestBody', schemaPath: '#/requestBody', params: {} }

/**
 * openapi-backend's validator, which compiles the schemas of an operation at its first request: its own compiles all
 * of them at once, with an instance of Ajv for each, and took 12 s to start with 1,000 operations.
 *
 * All broken rules are reported, not only the first. What is sent as text (parameters, forms) is coerced to the type
 * that its schema declares; what is sent as JSON is not.
 */
export class LazyValidator extends OpenAPIValidator {
  readonly #contract: Contract
  readonly #objects: Map<string, OperationObject>
  readonly #compiled = new Map<string, RequestValidator>()
  readonly #verbose: boolean
  #ajvs: { readonly text: Ajv2020; readonly json: Ajv2020 } | undefined

  constructor(
    contract: Contract,
    definition: Document,
    router: OpenAPIValidator['router'],
    { verbose }: { readonly verbose: boolean }
  ) {
    super({ definition, router, lazyCompileValidators: true })
    this.#contract = contract
    this.#verbose = verbose
    this.#objects = new Map(operationsOf(contract).map(object => [object.operationId ?? '', object]))
  }

  override validateRequest(request: Request, operation?: Operation | string): ValidationResult {
    const operationId = typeof operation === 'string' ? operation : operation?.operationId
    if (!(request instanceof ContractRequest) || operationId === undefined) throw new TypeError('Unknown operation')
    const { schema, parameters, json } = this.#validatorOf(operationId)
    const { content, input } = request
    if (content?.mediaType === 'refused') return { valid: false, errors: [] }
    const errors: ErrorObject[] = []
    if (parameters) {
      const values: Partial<Record<ParameterLocation | 'requestBody', Record<string, unknown>>> = {}
      for (const location of schema.locations) {
        const part = decodeFields(parameterValues(request, location), schema.decoders[location] ?? [])
        values[location] = input[partOf[location]] = part
      }
      if (schema.form && (content?.mediaType === 'form' || (schema.form.required && !json))) {
        const form = content?.mediaType === 'form' ? content.form : {}
        values.requestBody = input.form = decodeFields(form, schema.form.decoders)
      }
      if (!parameters(values)) errors.push(...(parameters.errors ?? []))
      for (const [part, fields] of Object.entries(values)) {
        for (const [name, value] of Object.entries(fields)) {
          if (hasInfinity(value)) errors.push(infinite(pointer(part, name)))
        }
      }
    }
    if (json && !(schema.form && content?.mediaType === 'form')) {
      const body = content?.mediaType === 'json' ? parseJson(content.text) : undefined
      if (body === invalidJson) errors.push(notJson)
      else if (!json(body === undefined ? {} : { requestBody: body })) errors.push(...(json.errors ?? []))
      input.body = body
    }
    return errors.length === 0 ? valid : { valid: false, errors }
  }

  #validatorOf(operationId: string): RequestValidator {
    const known = this.#compiled.get(operationId)
    if (known) return known
    const object = this.#objects.get(operationId)
    if (!object) throw new TypeError(`Unknown operation ${operationId}`)
    const schema = requestSchema(this.#contract, object)
    const options = { allErrors: true, useDefaults: true, verbose: this.#verbose }
    this.#ajvs ??= {
      text: createAjv({ ...options, coerceTypes: 'array' }),
      json: createAjv(options)
    }
    const compile = (ajv: Ajv2020, wanted: object | undefined): ValidateFunction | undefined => {
      if (!wanted) return undefined
      if (!ajv.schemas[contractUri]) ajv.addSchema(this.#contract.document, contractUri)
      return ajv.compile(wanted)
    }
    const validator = {
      schema,
      parameters: compile(this.#ajvs.text, schema.parameters),
      json: compile(this.#ajvs.json, schema.json)
    }
    this.#compiled.set(operationId, validator)
    return validator
  }
}

// Copies, because decoding and coercion write into them.
const parameterValues = (request: ContractRequest, location: ParameterLocation): Record<string, unknown> => {
  switch (location) {
    case 'path':
      return { ...request.params }
    case 'query':
      return { ...request.query }
    case 'header':
      return { ...request.headers }
    case 'cookie':
      return { ...request.cookies }
  }
}

// Ajv coerces the text `Infinity` to a number, which JSON has no such of, and which passes any minimum.
const hasInfinity = (value: unknown): boolean =>
  typeof value === 'object' && value !== null
    ? Object.values(value).some(hasInfinity)
    : typeof value === 'number' && !Number.isFinite(value)

const infinite = (path: string): ErrorObject => ({
  keyword: 'type',
  instancePath: path,
  schemaPath: '#/type',
  params: { type: 'number' }
})

const invalidJson = Symbol('invalid JSON')

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return invalidJson
  }
}

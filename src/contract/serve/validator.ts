import { type Document, OpenAPIValidator, type Request, type ValidationResult } from 'openapi-backend'
import type { Contract } from '../openapi/contract.js'
import type { OperationObject } from '../openapi/operation-object.js'
import type { Problems } from '../problems.js'
import type { Take } from './broken-rule.js'
import { ContractRequest } from './request.js'
import { takeBody } from './take-body.js'
import { takeParameters } from './take-parameters.js'

const valid: ValidationResult = { valid: true, errors: null }
const invalid: ValidationResult = { valid: false, errors: [] }

/**
 * openapi-backend's validator, which makes what an operation needs at its first request: its own compiles all schemas at
 * once, with an instance of Ajv for each, and took 12 s to start with 1,000 operations.
 *
 * All broken rules are told, not only the first. What is sent as text (parameters, forms) is read as what its schema
 * describes; what is sent as JSON is what it is.
 */
export class RequestValidator extends OpenAPIValidator {
  readonly #contract: Contract
  readonly #problems: Problems
  readonly #known = new Map<OperationObject, readonly Take[]>()

  constructor(contract: Contract, definition: Document, router: OpenAPIValidator['router'], problems: Problems) {
    super({ definition, router, lazyCompileValidators: true })
    this.#contract = contract
    this.#problems = problems
  }

  override validateRequest(request: Request): ValidationResult {
    if (!(request instanceof ContractRequest) || !request.operation) throw new TypeError('Unknown operation')
    let isInvalid = request.content.kind === 'refused'
    for (const take of isInvalid ? [] : this.#takesOf(request.operation)) {
      const broken = take(request)
      if (broken.length > 0) request.broken = [...request.broken, ...broken]
    }
    isInvalid ||= request.broken.length > 0 || request.content.kind === 'refused'
    return isInvalid ? invalid : valid
  }

  #takesOf(operation: OperationObject): readonly Take[] {
    const known = this.#known.get(operation)
    if (known) return known
    const parameters = takeParameters(this.#contract, operation)
    const body = takeBody(this.#contract, operation, this.#problems)
    const takes = [parameters, body].filter(take => take !== undefined)
    this.#known.set(operation, takes)
    return takes
  }
}

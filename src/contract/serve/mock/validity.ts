import type { ValidateFunction } from 'ajv/dist/2020.js'
import { createAjv } from '../../document/ajv.js'
import { contractUri, schemaAt } from '../../document/schema-uri.js'
import type { Contract } from '../../openapi/contract.js'
import type { IsValid } from './schema-values.js'

/** Judges values by the schemas of a contract, each of which is compiled when it is first asked for. */
export const validityOf = (contract: Contract): IsValid => {
  const ajv = createAjv({ logger: false }).addSchema(contract.document, contractUri)
  const validators = new Map<string, ValidateFunction>()
  return (pointer, value) => {
    const validator = validators.get(pointer) ?? ajv.compile(schemaAt(pointer))
    validators.set(pointer, validator)
    return validator(value)
  }
}

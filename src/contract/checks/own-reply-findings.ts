import { createAjv } from '../document/ajv.js'
import type { Code } from './conformance.js'
import type { Contract } from '../read-contract.js'
import type { Finding } from '../document/finding.js'
import { operationObjects, type OperationObject } from '../openapi/operation-object.js'
import { replySchema } from '../openapi/response.js'
import { contractUri, schemaAt } from '../serve/request-schema.js'

const invalid = { detail: [{ loc: ['body', 'field', 0], msg: 'a rule', type: 'a_code', ctx: { limit: 1 } }] }
const error = { detail: 'a reason' }

/**
 * Whether the answers that the server gives by itself, before a handler or after it, are declared as it gives them.
 * Compiles their schemas, each once, which takes a while for a large contract: when it is built or edited, not when it
 * is served.
 */
export const ownAnswerFindings = (contract: Contract, code: Code): Finding[] => {
  const ajv = createAjv({})
  ajv.addSchema(contract.document, contractUri)
  const fitting = new Map<string, boolean>()
  const fits = (path: string, sample: object): boolean => {
    const key = `${path} ${JSON.stringify(sample)}`
    const known = fitting.get(key) ?? ajv.validate(schemaAt(path), sample)
    fitting.set(key, known)
    return known
  }

  const problemOf = (operation: OperationObject, status: number): { what: string; path: string } | undefined => {
    const schema = replySchema(contract, operation.pointer, status)
    if (!schema) return undefined // told by `conformanceFindings`
    const body = schema.content.get('application/json')
    if (!schema.content.has('application/json')) {
      return { what: "in `application/json`, which isn't declared", path: schema.pointer }
    }
    if (body !== undefined && !fits(body, status === 422 ? invalid : error)) {
      return { what: "with a body that this schema doesn't allow", path: body }
    }
    const [name, header] = [...schema.openHeaders].find(([, one]) => one.required) ?? []
    return (
      header && { what: `without the header \`${name}\`, which is required and has no \`const\``, path: header.pointer }
    )
  }

  const findings = operationObjects(contract).flatMap(operation =>
    [413, 415, 422, 500, ...refusalsOf(operation, code)].flatMap(status => {
      const problem = problemOf(operation, status)
      if (!problem) return []
      const what = `The server answers ${status} ${problem.what}.`
      return [{ place: contract.place(problem.path, 'key'), what, todo: 'Declare it as the server gives it.' }]
    })
  )
  return [...new Map(findings.map(finding => [finding.place + finding.what, finding])).values()]
}

const refusalsOf = ({ operation }: OperationObject, code: Code): number[] =>
  (operation.security ?? []).flatMap(one => Object.keys(one)).flatMap(scheme => code.security[scheme]?.refusals ?? [])

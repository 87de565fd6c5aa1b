import { createAjv } from '../document/ajv.js'
import { contractUri, schemaAt } from '../document/schema-uri.js'
import type { Finding } from '../document/finding.js'
import type { Contract } from '../openapi/contract.js'
import { type OperationObject, operationsOf } from '../openapi/operation-object.js'
import { responseOf } from '../openapi/response.js'
import type { BrokenRule, Problems } from '../problems.js'
import type { Code } from './code.js'
import { ownStatuses } from './own-statuses.js'

const broken: BrokenRule = {
  part: 'body',
  path: ['field', '0'],
  keyword: 'minLength',
  params: { limit: 1 },
  message: 'must NOT have fewer than 1 characters'
}

/**
 * Whether the replies that the server gives by itself, before a handler or after it, are declared as it gives them.
 * Compiles their schemas, each once, which takes a while for a large contract: when it is built or edited, not when it
 * is served.
 */
export const ownReplyFindings = (contract: Contract, code: Code, problems: Problems): Finding[] => {
  const ajv = createAjv({})
  ajv.addSchema(contract.document, contractUri)
  const fitting = new Map<string, boolean>()
  const fits = (path: string, sample: unknown): boolean => {
    const key = `${path} ${JSON.stringify(sample)}`
    const known = fitting.get(key) ?? ajv.validate(schemaAt(path), sample)
    fitting.set(key, known)
    return known
  }

  const problemOf = (operation: OperationObject, status: number): { what: string; path: string } | undefined => {
    const response = responseOf(contract, operation.pointer, status)
    if (!response) return undefined // told by `missingReplyFindings`
    const { mediaType } = problems
    const schema = response.content.get(mediaType)
    if (!response.content.has(mediaType)) {
      return { what: `in \`${mediaType}\`, which isn't declared`, path: response.pointer }
    }
    const sample = problems.body({ status, ...(status === 422 && { broken: [broken] }) })
    if (schema !== undefined && !fits(schema, sample)) {
      return { what: "with a body that this schema doesn't allow", path: schema }
    }
    const [name, header] = [...response.openHeaders].find(([, one]) => one.required) ?? []
    return (
      header && { what: `without the header \`${name}\`, which is required and has no \`const\``, path: header.pointer }
    )
  }

  const findings = operationsOf(contract).flatMap(operation =>
    ownStatuses(contract, operation, code).flatMap(({ status }) => {
      const problem = problemOf(operation, status)
      if (!problem) return []
      const what = `The server answers ${status} ${problem.what}.`
      return [{ place: contract.place(problem.path, 'key'), what, todo: 'Declare it as the server gives it.' }]
    })
  )
  return [...new Map(findings.map(finding => [finding.place + finding.what, finding])).values()]
}

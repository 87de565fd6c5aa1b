import { pointer } from '../document/pointer.js'
import type { Contract } from '../openapi/contract.js'
import { evaluatorOf } from '../openapi/evaluator-of.js'
import { declaredMediaType } from '../openapi/media-type.js'
import type { Note } from '../openapi/note.js'
import type { OperationObject } from '../openapi/operation-object.js'
import { responseOf } from '../openapi/response.js'
import { wordsFor } from '../own-words.js'
import type { BrokenRule, Problems } from '../problems.js'
import type { Code } from './code.js'
import { ownStatuses } from './own-statuses.js'

const broken: BrokenRule = {
  part: 'body',
  path: ['field', '0'],
  keyword: 'minLength',
  params: { limit: 1 },
  message: 'must NOT have fewer than 1 characters',
  rule: ''
}

/** What the server answers in place of a handler that takes too long, and where a service is away. */
const late = 503

const sampleId = '00000000-0000-4000-8000-000000000000'

/** The replies that the server gives by itself, before a handler or after it, and that are declared otherwise. */
export const ownResponseNotes = (
  contract: Contract,
  operation: OperationObject,
  code: Code,
  problems: Problems
): Note[] =>
  [...ownStatuses(contract, operation, code).map(({ status }) => status), late].flatMap(status => {
    const difference = differenceOf(contract, operation, status, problems)
    if (!difference) return []
    const { what, at, todo = 'Declare it as the server gives it.' } = difference
    return [{ pointer: at, rule: 'own-response', what: `The server answers ${status} ${what}.`, todo }]
  })

const differenceOf = (
  contract: Contract,
  operation: OperationObject,
  status: number,
  problems: Problems
): { readonly what: string; readonly at: string; readonly todo?: string } | undefined => {
  const response = responseOf(contract, operation.pointer, status)
  if (!response) return undefined // told by `missingResponseNotes`
  const { content, openHeaders } = response
  const { mediaType, body } = wordsFor(content, problems)
  const key = declaredMediaType(content, mediaType)
  if (key === undefined) {
    const [other] = content.keys()
    const at = response.pointer + (other === undefined ? '' : pointer('content', other))
    const spoken = [problems, ...(problems.others ?? [])].map(words => `\`${words.mediaType}\``)
    const todo = `Declare it in ${spoken.join(' or ')}: the server has no other words.`
    return { what: `in \`${mediaType}\`, which isn't declared`, at, todo }
  }
  const schema = content.get(key)
  const sample = body({ status, requestId: () => sampleId, ...(status === 422 && { broken: [broken] }) })
  if (schema !== undefined && !evaluatorOf(contract).isValid(schema, sample, 'reply')) {
    return { what: "with a body that this schema doesn't allow", at: schema }
  }
  const [name, header] =
    [...openHeaders].find(([name, one]) => one.required && !one.preset && !isGiven(name, status)) ?? []
  return (
    header && {
      what: `without the header \`${name}\`, which is required and has no \`const\` or \`default\``,
      at: header.pointer
    }
  )
}

const isGiven = (header: string, status: number): boolean => status === late && header.toLowerCase() === 'retry-after'

import { type Document, OpenAPIBackend } from 'openapi-backend'
import type { Contract } from '../openapi/contract.js'
import { operationWithId } from '../openapi/operation-object.js'
import { isRecord } from '../document/record.js'
import { type Reply, ReplyError } from './reply.js'
import { responseOf } from '../openapi/response.js'
import { walk } from '../openapi/walk.js'

/** Answers for an operation that has no handler. */
export type Mock = (operationId: string) => Reply

/**
 * Makes openapi-backend's mock of a contract: the first example of an operation's successful answer, else what its
 * schema lets one make up. For development only.
 *
 * @throws {ReplyError} from the mock, if nothing can be made of the schema
 */
export const createMock = async (contract: Contract): Promise<Mock> => {
  const definition = oneTyped(contract.document)
  const api = await new OpenAPIBackend<Document>({ definition, quick: true, validate: false }).init()
  return operationId => {
    const operation = operationWithId(contract, operationId)
    const answer = mockOf(api, operationId)
    const schema = operation && answer && responseOf(contract, operation.pointer, answer.status)
    if (!operation || !answer || !schema) {
      const place = operation ? contract.place(operation.pointer) : ''
      throw new ReplyError(`Operation ${operationId} has no handler and can't be mocked: give it an example: ${place}`)
    }
    const [mediaType] = schema.content.keys()
    if (mediaType === undefined) return { status: answer.status }
    const required = [...schema.openHeaders].filter(([, header]) => header.required)
    const headers = Object.fromEntries(required.map(([name, header]) => [name, headerOf(contract, header.pointer)]))
    return { status: answer.status, mediaType, headers, body: answer.mock }
  }
}

interface Answer {
  readonly status: number
  readonly mock: unknown
}

const mockOf = (api: OpenAPIBackend, operationId: string): Answer | undefined => {
  try {
    return api.mockResponseForOperation(operationId)
  } catch {
    return undefined // a schema that contains itself, for instance, has no end
  }
}

const headerOf = (contract: Contract, path: string): string | number => {
  const { value: schema } = contract.resolve(path)
  if (!isRecord(schema)) return ''
  const [example] = [schema['examples'], schema['enum']].flatMap(list =>
    Array.isArray(list) ? (list as unknown[]) : []
  )
  const value = example ?? schema['default']
  return typeof value === 'string' || typeof value === 'number' ? value : schema['type'] === 'integer' ? 0 : 'text'
}

// The mock knows the schemas of OpenAPI 3.0, in which a type is one name: the first that isn't `null`.
const oneTyped = (document: Contract['document']): Document => {
  const copy = structuredClone(document)
  walk(copy, (kind, schema) => {
    if (kind !== 'Schema' || !isRecord(schema) || !Array.isArray(schema['type'])) return
    schema['type'] = (schema['type'] as unknown[]).find(type => type !== 'null')
  })
  return copy
}

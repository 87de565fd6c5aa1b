import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse, stringify } from 'yaml'
import { compileContract, parseContract } from '../../src/contract/index.js'
import { root } from '../lib/root.js'

type Json = string | number | boolean | null | Json[] | { [name: string]: Json }
type JsonObject = Record<string, Json>

/** A contract in two dialects, by its files. */
export interface ContractFiles {
  /** OpenAPI 3.1, as the project's own contract. */
  readonly openapi31: string
  /**
   * OpenAPI 3.0, for servers that take nothing newer: openapi-backend holds every document to OpenAPI 3.0, and
   * express-openapi-validator refuses the relative `tokenUrl` of a 3.1 document.
   */
  readonly openapi30: string
}

const reference = (kind: string, name: string): JsonObject => ({ $ref: `#/components/${kind}/${name}` })
const list = (items: Json): JsonObject => ({ type: 'array', items })
const object = (properties: JsonObject): JsonObject => {
  return { type: 'object', required: Object.keys(properties), properties }
}
const json = (schema: Json): JsonObject => ({ 'application/json': { schema } })

const components: Record<string, JsonObject> = {
  schemas: {
    Resource: object({
      id: { type: 'integer' },
      name: { type: 'string', maxLength: 100 },
      tags: list({ type: 'string' })
    }),
    ResourceList: object({ items: list(reference('schemas', 'Resource')), next: { type: ['string', 'null'] } })
  },
  responses: {
    Invalid: { description: 'A parameter breaks a rule.', content: json(reference('schemas', 'HTTPValidationError')) },
    Unexpected: { description: 'Something unexpected went wrong.', content: json(reference('schemas', 'HTTPError')) }
  }
}

/** An operation on one resource where the number is odd, with a templated path; on a list of them where it is even. */
const operation = (number: number): [path: string, item: Json] => {
  const one = number % 2 === 1
  const parameter = one
    ? { name: 'id', in: 'path', required: true, schema: { type: 'integer', minimum: 1 } }
    : { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 100 } }
  const get = {
    operationId: `resource${number}`,
    tags: ['resources'],
    summary: one ? `Read resource ${number}` : `List resources ${number}`,
    security: [{ OAuth2PasswordBearer: [] }],
    parameters: [parameter],
    responses: {
      '200': {
        description: one ? 'The resource.' : 'The resources.',
        content: json(reference('schemas', one ? 'Resource' : 'ResourceList'))
      },
      '400': reference('responses', 'InactiveUser'),
      '401': reference('responses', 'Unauthorized'),
      '422': reference('responses', 'Invalid'),
      '500': reference('responses', 'Unexpected')
    }
  }
  return [one ? `/resources-${number}/{id}` : `/resources-${number}`, { get }]
}

const grow = (document: JsonObject, operations: number): JsonObject => {
  const made = Array.from({ length: operations - 2 }, (_, index) => operation(index + 1))
  const shared = Object.entries(document['components'] as Record<string, JsonObject>)
  return {
    ...document,
    paths: { ...(document['paths'] as JsonObject), ...Object.fromEntries(made) },
    components: Object.fromEntries(shared.map(([kind, all]) => [kind, { ...all, ...components[kind] }]))
  }
}

/** What OpenAPI 3.0 has instead of `const`, and of a `type` that is a list. */
const downgradeSchema = (_name: string, value: Json): Json => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const { const: only, type, ...others } = value
  return {
    ...(type !== undefined && { type: Array.isArray(type) ? (type.find(one => one !== 'null') ?? 'string') : type }),
    ...(Array.isArray(type) && type.includes('null') && { nullable: true }),
    ...(only !== undefined && { enum: [only] }),
    ...others
  }
}

const downgrade = (document: JsonObject): JsonObject => ({
  ...(JSON.parse(JSON.stringify(document), downgradeSchema) as JsonObject),
  openapi: '3.0.3',
  info: { title: 'Simple OAuth2 with Password and Bearer', version: '1.0.0' }
})

/** Writes a contract with so many operations, the two of the project's own among them, to a temporary folder. */
export const writeContract = (operations: number): ContractFiles => {
  const document = grow(parse(readFileSync(`${root}openapi.yaml`, 'utf8')) as JsonObject, operations)
  const folder = mkdtempSync(join(tmpdir(), 'oauth2-bench-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  const write = (name: string, content: JsonObject): string => {
    const file = join(folder, `${name}.yaml`)
    writeFileSync(file, stringify(content, { aliasDuplicateObjects: false }))
    return file
  }
  const openapi31 = write('openapi31', document)
  writeFileSync(`${openapi31}.json`, compileContract(parseContract(readFileSync(openapi31, 'utf8')))) // what the build does for openapi.yaml
  return { openapi31, openapi30: write('openapi30', downgrade(document)) }
}

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse, stringify } from 'yaml'
import { compileContract, parseContract } from '../../src/contract/index.js'
import { inProject } from './project.js'

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
const json = (schema: Json): JsonObject => ({ 'application/json': { schema } })

const components: Record<string, JsonObject> = {
  schemas: {
    Resource: {
      type: 'object',
      required: ['id', 'name', 'tags'],
      properties: {
        id: { type: 'integer' },
        name: { type: 'string', maxLength: 100 },
        tags: { type: 'array', items: { type: 'string' } }
      }
    },
    ResourceList: {
      type: 'object',
      required: ['items', 'next'],
      properties: {
        items: { type: 'array', items: reference('schemas', 'Resource') },
        next: { type: ['string', 'null'] }
      }
    }
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

/** The number of the templated path that is timed: one from the middle. `undefined` where there is none. */
export const middleResource = (operations: number): number | undefined =>
  operations < 3 ? undefined : Math.floor((operations - 2) / 4) * 2 + 1

const grow = (document: JsonObject, operations: number): JsonObject => {
  const made = Array.from({ length: operations - 2 }, (_, index) => operation(index + 1))
  const shared = Object.entries(document['components'] as Record<string, JsonObject>)
  return {
    ...document,
    paths: { ...(document['paths'] as JsonObject), ...Object.fromEntries(made) },
    components: Object.fromEntries(shared.map(([kind, all]) => [kind, { ...all, ...components[kind] }]))
  }
}

const downgradeSchemas = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(downgradeSchemas)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).flatMap(([name, part]): [string, Json][] => {
    if (name === 'const') return [['enum', [part]]]
    if (name !== 'type' || !Array.isArray(part)) return [[name, downgradeSchemas(part)]]
    const type = part.find(one => one !== 'null') ?? 'string'
    return [['type', type], ...(part.includes('null') ? [['nullable', true] as [string, Json]] : [])]
  })
  return Object.fromEntries(entries)
}

const downgrade = (document: JsonObject): JsonObject => ({
  ...(downgradeSchemas(document) as JsonObject),
  openapi: '3.0.3',
  info: { title: 'Simple OAuth2 with Password and Bearer', version: '1.0.0' }
})

let folder: string | undefined

const temporaryFolder = (): string => {
  if (folder !== undefined) return folder
  const made = mkdtempSync(join(tmpdir(), 'oauth2-bench-'))
  process.on('exit', () => rmSync(made, { recursive: true, force: true }))
  return (folder = made)
}

/** Writes a contract with so many operations, the two of the project's own among them, to a temporary folder. */
export const writeContract = (operations: number): ContractFiles => {
  const document = grow(parse(readFileSync(inProject('openapi.yaml'), 'utf8')) as JsonObject, operations)
  const write = (name: string, content: JsonObject): string => {
    const file = join(temporaryFolder(), `${operations}-${name}.yaml`)
    writeFileSync(file, stringify(content, { aliasDuplicateObjects: false }))
    return file
  }
  const openapi31 = write('openapi31', document)
  const contract = parseContract(readFileSync(openapi31, 'utf8'))
  writeFileSync(`${openapi31}.json`, compileContract(contract)) // what the build does for openapi.yaml
  return { openapi31, openapi30: write('openapi30', downgrade(document)) }
}

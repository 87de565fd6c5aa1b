import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse, stringify } from 'yaml'
import { temporaryFolder } from './temporary-folder.js'

type Json = string | number | boolean | null | Json[] | { [name: string]: Json }
type JsonObject = Record<string, Json>

/** A contract in two dialects, by its files. */
export interface ContractFiles {
  /** OpenAPI 3.1, as it is written. */
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

const schemas: JsonObject = {
  Resource: object({
    id: { type: 'integer' },
    name: { type: 'string', maxLength: 100 },
    tags: list({ type: 'string' })
  }),
  ResourceList: object({ items: list(reference('schemas', 'Resource')), next: { type: ['string', 'null'] } })
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
    parameters: [parameter],
    responses: {
      '200': {
        description: one ? 'The resource.' : 'The resources.',
        content: json(reference('schemas', one ? 'Resource' : 'ResourceList'))
      },
      '422': reference('responses', 'Invalid')
    }
  }
  return [one ? `/resources-${number}/{id}` : `/resources-${number}`, { get }]
}

const grow = (document: JsonObject, operations: number): JsonObject => {
  const made = Array.from({ length: operations }, (_, index) => operation(index + 1))
  const { paths, components } = document as { paths: JsonObject; components: { schemas: JsonObject } }
  return {
    ...document,
    paths: { ...paths, ...Object.fromEntries(made) },
    components: { ...components, schemas: { ...components.schemas, ...schemas } }
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

const downgrade = (document: JsonObject): JsonObject => {
  const { title = '', version = '' } = document['info'] as JsonObject
  return {
    ...(JSON.parse(JSON.stringify(document), downgradeSchema) as JsonObject),
    openapi: '3.0.3',
    info: { title, version } // what 3.1 has besides is no part of 3.0
  }
}

/** A contract, with so many made operations on top of its own if it is `records.yaml`, in a temporary folder. */
export const contractFiles = (file: string, operations = 0): ContractFiles => {
  const document = parse(readFileSync(file, 'utf8')) as JsonObject
  const grown = operations > 0 ? grow(document, operations) : document
  const folder = temporaryFolder()
  const write = (name: string, content: JsonObject): string => {
    const file = join(folder, `${name}.yaml`)
    writeFileSync(file, stringify(content, { aliasDuplicateObjects: false }))
    return file
  }
  return { openapi31: write('openapi31', grown), openapi30: write('openapi30', downgrade(grown)) }
}

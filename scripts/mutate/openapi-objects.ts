import { isMap, isSeq, type YAMLMap, type YAMLSeq } from 'yaml'
import { methods } from '../../src/contract/index.js'
import { keyOf } from './contract-editor.js'

/** What a mapping or a sequence of a contract is to OpenAPI: one of its objects, or a collection of them. */
export type ObjectKind =
  | 'document'
  | 'servers'
  | 'server'
  | 'paths'
  | 'pathItem'
  | 'operation'
  | 'security'
  | 'requestBody'
  | 'responses'
  | 'response'
  | 'headers'
  | 'header'
  | 'content'
  | 'mediaType'
  | 'encodings'
  | 'encoding'
  | 'examples'
  | 'example'
  | 'properties'
  | 'schemaList'
  | 'schema'
  | 'components'
  | 'schemas'
  | 'requestBodies'
  | 'componentResponses'
  | 'securitySchemes'
  | 'securityScheme'
  | 'flows'
  | 'flow'

interface Shape {
  /** What stands under which key. */
  readonly fields?: Readonly<Record<string, ObjectKind>>
  /** What each entry of a collection is. */
  readonly each?: ObjectKind
}

const shapes: Readonly<Record<ObjectKind, Shape>> = {
  document: { fields: { servers: 'servers', paths: 'paths', components: 'components' } },
  servers: { each: 'server' },
  server: {},
  paths: { each: 'pathItem' },
  pathItem: { fields: Object.fromEntries(methods.map(method => [method, 'operation'])) },
  operation: { fields: { security: 'security', requestBody: 'requestBody', responses: 'responses' } },
  security: {},
  requestBody: { fields: { content: 'content' } },
  responses: { each: 'response' },
  response: { fields: { headers: 'headers', content: 'content' } },
  headers: { each: 'header' },
  header: { fields: { schema: 'schema' } },
  content: { each: 'mediaType' },
  mediaType: { fields: { schema: 'schema', encoding: 'encodings', examples: 'examples' } },
  encodings: { each: 'encoding' },
  encoding: {},
  examples: { each: 'example' },
  example: {},
  properties: { each: 'schema' },
  schemaList: { each: 'schema' },
  schema: {
    fields: {
      properties: 'properties',
      items: 'schema',
      additionalProperties: 'schema',
      allOf: 'schemaList',
      anyOf: 'schemaList',
      oneOf: 'schemaList'
    }
  },
  components: {
    fields: {
      securitySchemes: 'securitySchemes',
      requestBodies: 'requestBodies',
      responses: 'componentResponses',
      headers: 'headers',
      schemas: 'schemas'
    }
  },
  schemas: { each: 'schema' },
  requestBodies: { each: 'requestBody' },
  componentResponses: { each: 'response' },
  securitySchemes: { each: 'securityScheme' },
  securityScheme: { fields: { flows: 'flows' } },
  flows: { each: 'flow' },
  flow: {}
}

/** A mapping or a sequence of a contract, what it is to OpenAPI, and the keys that lead to it. */
export interface OpenapiObject {
  readonly kind: ObjectKind
  readonly node: YAMLMap | YAMLSeq
  readonly keys: readonly string[]
}

/** All objects of a contract and all collections of them, from the outside in. */
export const openapiObjects = (
  root: unknown,
  kind: ObjectKind = 'document',
  keys: readonly string[] = []
): OpenapiObject[] => {
  if (!isMap(root) && !isSeq(root)) return []
  const { fields = {}, each } = shapes[kind]
  const children = isMap(root)
    ? root.items.map(pair => ({ key: keyOf(pair), value: pair.value }))
    : root.items.map((value, index) => ({ key: String(index), value }))
  return [
    { kind, node: root, keys },
    ...children.flatMap(({ key, value }) => {
      const child = each ?? (Object.hasOwn(fields, key) ? fields[key] : undefined)
      return child ? openapiObjects(value, child, [...keys, key]) : []
    })
  ]
}

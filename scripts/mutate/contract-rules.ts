import type { Kind } from '../../src/contract/index.js'
import {
  type Additions,
  type EntryRules,
  type Others,
  addedHeader,
  addedParameter,
  alternatives,
  content,
  fewer,
  flip,
  items,
  otherFlows,
  otherRequired,
  otherStatuses,
  patterns,
  plural,
  schemaAdditions,
  types,
  variantsOf
} from './other-values.js'

/** How one kind of object is edited, one thing at a time. Every key with other values is removed, too. */
export interface Rules {
  readonly remove?: readonly string[]
  readonly change?: Readonly<Record<string, Others>>
  readonly rename?: Readonly<Record<string, readonly string[]>>
  readonly add?: Additions
  /** The maps in it, by their keys; under `''`, the object itself. */
  readonly entries?: Readonly<Record<string, EntryRules>>
}

/** The edits of each kind of object. Left alone is what is for people only: titles, summaries, descriptions, tags. */
export const rules: Readonly<Partial<Record<Kind, Rules>>> = {
  Document: {
    change: { openapi: () => ['3.0.3'], servers: () => [[{ url: '/v2' }], [{ url: 'https://example.com' }]] },
    entries: { paths: { rename: path => [`${path}s`, `${path}/`, path.toUpperCase()] } }
  },
  Components: {
    remove: ['schemas', 'responses', 'requestBodies', 'headers', 'securitySchemes'],
    entries: {
      schemas: {},
      responses: {},
      requestBodies: {},
      headers: {},
      securitySchemes: {
        rename: () => ['Bearer'],
        change: () => [
          { type: 'http', scheme: 'bearer' },
          { type: 'http', scheme: 'basic' },
          { type: 'apiKey', in: 'header', name: 'Authorization' }
        ]
      }
    }
  },
  PathItem: { entries: { '': { rename: () => ['get', 'post', 'put', 'delete'] } } },
  Operation: {
    remove: ['requestBody', 'responses'],
    change: { operationId: (id, { operationIds }) => [`${String(id)}Now`, ...operationIds], security: alternatives },
    add: () => [
      ['parameters', [addedParameter]],
      ['parameters', [{ ...addedParameter, required: true }]]
    ],
    entries: { responses: { rename: otherStatuses } }
  },
  RequestBody: { remove: ['content'], change: { required: flip }, entries: { content } },
  Response: {
    remove: ['headers', 'content'],
    add: () => [['headers', { 'X-Added': addedHeader }]],
    entries: { headers: { rename: name => [`X-${name}`], add: () => [['X-Added', addedHeader]] }, content }
  },
  Header: { remove: ['schema'], change: { required: flip } },
  MediaType: {
    remove: ['schema', 'encoding', 'examples'],
    entries: { encoding: { rename: plural }, examples: { rename: name => [`${name}2`] } }
  },
  Encoding: { change: { style: () => ['form', 'spaceDelimited', 'pipeDelimited', 'deepObject'], explode: flip } },
  // Clients read examples as promises, and tests are derived from them. Those of requests are left as they are, because
  // another unknown user, say, is as good an example of one.
  Example: { change: { value: (value, { inRequest }) => (inRequest ? [] : variantsOf(value)) } },
  SecurityScheme: { change: { type: () => ['http', 'apiKey'], flows: otherFlows } },
  Schema: {
    remove: ['items', 'properties'],
    change: {
      type: types,
      required: otherRequired,
      pattern: patterns,
      const: value => [`${String(value)}x`, String(value).toUpperCase()],
      format: () => ['email', 'date'],
      additionalProperties: flip,
      allOf: value => fewer(items(value)),
      anyOf: value => fewer(items(value)),
      oneOf: value => fewer(items(value))
    },
    rename: { allOf: ['anyOf'], anyOf: ['allOf'], oneOf: ['anyOf'] },
    add: schemaAdditions,
    entries: { properties: { rename: plural } }
  }
}

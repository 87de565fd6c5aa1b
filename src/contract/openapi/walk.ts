import { pointer } from '../document/pointer.js'
import { isRecord } from '../document/record.js'
import { subschemasOf } from '../schema/schema-keywords.js'

/** The objects of OpenAPI 3.1 (§4.8) that a document is made of. */
export type Kind =
  | 'Document'
  | 'Components'
  | 'PathItem'
  | 'Operation'
  | 'Parameter'
  | 'RequestBody'
  | 'MediaType'
  | 'Encoding'
  | 'Response'
  | 'Callback'
  | 'Example'
  | 'Link'
  | 'Header'
  | 'SecurityScheme'
  | 'Schema'

/** What stands under a field: one object, a list of them, or a map of them by names. */
type Field = readonly [field: string, holds: 'one' | 'list' | 'map', kind: Kind]

const parameterFields: readonly Field[] = [
  ['schema', 'one', 'Schema'],
  ['content', 'map', 'MediaType'],
  ['examples', 'map', 'Example']
]
const methods = 'get put post delete options head patch trace'.split(' ')

const fields: Readonly<Record<Kind, readonly Field[]>> = {
  Document: [
    ['paths', 'map', 'PathItem'],
    ['webhooks', 'map', 'PathItem'],
    ['components', 'one', 'Components']
  ],
  Components: [
    ['schemas', 'map', 'Schema'],
    ['responses', 'map', 'Response'],
    ['parameters', 'map', 'Parameter'],
    ['examples', 'map', 'Example'],
    ['requestBodies', 'map', 'RequestBody'],
    ['headers', 'map', 'Header'],
    ['securitySchemes', 'map', 'SecurityScheme'],
    ['links', 'map', 'Link'],
    ['callbacks', 'map', 'Callback'],
    ['pathItems', 'map', 'PathItem']
  ],
  PathItem: [['parameters', 'list', 'Parameter'], ...methods.map((method): Field => [method, 'one', 'Operation'])],
  Operation: [
    ['parameters', 'list', 'Parameter'],
    ['requestBody', 'one', 'RequestBody'],
    ['responses', 'map', 'Response'],
    ['callbacks', 'map', 'Callback']
  ],
  Parameter: parameterFields,
  Header: parameterFields,
  RequestBody: [['content', 'map', 'MediaType']],
  MediaType: [
    ['schema', 'one', 'Schema'],
    ['examples', 'map', 'Example'],
    ['encoding', 'map', 'Encoding']
  ],
  Encoding: [['headers', 'map', 'Header']],
  Response: [
    ['headers', 'map', 'Header'],
    ['content', 'map', 'MediaType'],
    ['links', 'map', 'Link']
  ],
  Callback: [],
  Example: [],
  Link: [],
  SecurityScheme: [],
  Schema: []
}

/** Called for each object of a document: a Reference Object too, in place of what it refers to. */
export type Visit = (kind: Kind, object: unknown, pointer: string, parent: Kind | undefined) => void

/**
 * Visits each object of a document once, by the grammar of OpenAPI: never what only looks like one in an example, a
 * default, an enum, a const or an extension, and nothing by its name alone. References are not followed.
 */
export const walk = (document: unknown, visit: Visit): void => {
  const at = (kind: Kind, object: unknown, path: string, parent?: Kind): void => {
    visit(kind, object, path, parent)
    if (kind === 'Schema') {
      for (const { schema, pointer: below } of subschemasOf(object, path)) at('Schema', schema, below, 'Schema')
      return
    }
    if (!isRecord(object)) return
    if (kind === 'Callback')
      for (const name of namesIn(object)) at('PathItem', object[name], path + pointer(name), kind)
    for (const [field, holds, of] of fields[kind]) {
      const value = object[field]
      const below = path + pointer(field)
      if (holds === 'one') {
        if (value !== undefined) at(of, value, below, kind)
      } else if (holds === 'list') {
        if (Array.isArray(value)) value.forEach((one: unknown, index) => at(of, one, below + pointer(index), kind))
      } else if (isRecord(value)) {
        for (const name of field === 'paths' || field === 'responses' ? namesIn(value) : Object.keys(value)) {
          at(of, value[name], below + pointer(name), kind)
        }
      }
    }
  }
  at('Document', document, '')
}

// The Paths, Responses and Callback Objects can be extended (OpenAPI 3.1 §4.9); plain maps can't, and `x-id` is a name.
const namesIn = (map: object): string[] => Object.keys(map).filter(name => !name.startsWith('x-'))

import {
  type Contract,
  type Direction,
  isRecord,
  type Kind,
  parametersOf,
  pointer,
  targetOf,
  tokensOf,
  valueAt,
  walk
} from '../../src/contract/index.js'
import { TypedSchemas } from './typed-schemas.js'

type Part = Record<string, unknown>

/** The components of OpenAPI that openapi-typescript makes types of, other than schemas. */
const sections: Readonly<Partial<Record<Kind, string>>> = {
  Parameter: 'parameters',
  RequestBody: 'requestBodies',
  Response: 'responses',
  Header: 'headers'
}

const directions: Readonly<Partial<Record<Kind, Direction>>> = {
  Parameter: 'request',
  RequestBody: 'request',
  Response: 'reply',
  Header: 'reply'
}

/** The headers that only the server itself writes. */
const serversOwn = new Set(['content-type', 'content-length', 'transfer-encoding', 'connection'])

/** A copy of a contract's document that openapi-typescript makes the types of: each part says what the server does. */
export const typedDocument = (contract: Contract): Part => {
  const document = copyOf(contract.document)
  const schemas = new TypedSchemas(contract)
  const done = new WeakSet()
  let direction: Direction | undefined
  const typed = (object: Part, at: string): void => {
    if (object['schema'] !== undefined) object['schema'] = schemas.of(realPointer(contract, `${at}/schema`), direction)
  }

  const visits: Partial<Record<Kind, (object: Part, at: string) => void>> = {
    Components: object => {
      for (const name of ['pathItems', 'callbacks', 'schemas']) Reflect.deleteProperty(object, name)
    },
    PathItem: object => Reflect.deleteProperty(object, 'parameters'), // they are those of each operation
    Operation: (object, at) => {
      delete object['callbacks']
      if (at.startsWith('/webhooks/')) delete object['operationId'] // nobody handles them
      object['parameters'] = parametersAt(contract, at).map(one => {
        direction = 'request'
        const parameter = copyOf(one.parameter)
        done.add(parameter)
        withoutContent(parameter, one.at)
        return parameter
      })
    },
    Parameter: (object, at) => withoutContent(object, at),
    Header: (object, at) => withoutContent(object, at),
    MediaType: (object, at) => {
      delete object['encoding']
      typed(object, at)
    },
    Response: object => {
      if (!isRecord(object['headers'])) return
      for (const name of Object.keys(object['headers'])) {
        if (serversOwn.has(name.toLowerCase())) Reflect.deleteProperty(object['headers'], name)
      }
    }
  }

  const withoutContent = (object: Part, at: string): void => {
    const [mediaType] = Object.keys(isRecord(object['content']) ? object['content'] : {})
    const path = mediaType === undefined ? `${at}/schema` : at + pointer('content', mediaType, 'schema')
    delete object['content']
    const real = realPointer(contract, path)
    if (valueAt(contract.document, real) !== undefined) object['schema'] = schemas.of(real, direction)
  }

  walk(document, (kind, object, at) => {
    if (!isRecord(object) || done.has(object) || kind === 'Schema') return
    direction = directions[kind] ?? direction
    if (kind === 'PathItem' || sections[kind]) inline(contract, kind, object, at)
    if (typeof object['$ref'] !== 'string') visits[kind]?.(object, at)
  })
  const made = schemas.components()
  const components = isRecord(document['components']) ? document['components'] : {}
  if (Object.keys(made).length > 0 || document['components'] !== undefined) {
    document['components'] = { ...components, schemas: made }
  }
  return document
}

// The types have a place for a component, and for what a reference to one says; for any other they have what it is.
const inline = (contract: Contract, kind: Kind, object: Part, at: string): void => {
  const { $ref: ref } = object
  if (typeof ref !== 'string') return
  const [top, section, , ...rest] = tokensOf(targetOf(contract.document, ref))
  const { value } = contract.resolve(at)
  if (!isRecord(value)) return
  const isOptional = kind === 'Header' && value['required'] !== true // of a reference it isn't asked
  if (top === 'components' && section === sections[kind] && rest.length === 0 && !isOptional) return
  delete object['$ref']
  for (const [key, one] of Object.entries(copyOf(value))) if (!Object.hasOwn(object, key)) object[key] = one
}

const parametersAt = (contract: Contract, at: string): ReturnType<typeof parametersOf> =>
  parametersOf(contract, { operationId: undefined, method: '', path: '', pointer: at, operation: { responses: {} } })

const realPointer = (contract: Contract, path: string): string => targetOf(contract.document, `#${encodeURI(path)}`)

const copyOf = (value: object): Part => JSON.parse(JSON.stringify(value)) as Part

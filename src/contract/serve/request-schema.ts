import type { OpenAPIV3_1 } from 'openapi-types'
import type { Contract } from '../read-contract.js'
import type { OperationObject } from '../openapi/operation-object.js'
import { pointer } from '../document/pointer.js'
import { isRecord } from '../document/record.js'
import { decoderOf, type Decoders, formDecoders } from '../openapi/serialization.js'

/** The part of a request that a Parameter Object speaks of. */
export type ParameterLocation = 'path' | 'query' | 'header' | 'cookie'

/** What a request must look like: JSON Schemas that refer into the contract, and how to read what is not JSON. */
export interface RequestSchema {
  /** The schema of `{ path?, query?, header?, cookie?, requestBody? }`, the last for a form; `undefined` if there is none. */
  readonly parameters: object | undefined
  readonly locations: readonly ParameterLocation[]
  readonly decoders: Readonly<Partial<Record<ParameterLocation, Decoders>>>
  readonly form: { readonly decoders: Decoders; readonly required: boolean } | undefined
  /** The schema of `{ requestBody? }` for JSON, which unlike text has types of its own. */
  readonly json: object | undefined
}

interface ObjectSchema {
  readonly type: 'object'
  readonly properties: Record<string, object>
  readonly required: string[]
}

const objectSchema = (): ObjectSchema => ({ type: 'object', properties: {}, required: [] })

/** The URI under which the contract is known to Ajv. */
export const contractUri = 'openapi.yaml'

/** A schema that stands for the one at `path` in the contract, so that errors name the place of the real one. */
export const schemaAt = (path: string): object => ({ $ref: `${contractUri}#${encodeURI(path)}` })

/** The media types of request bodies that can be read. */
export const readableMediaTypes: ReadonlySet<string> = new Set([
  'application/x-www-form-urlencoded',
  'application/json'
])

/** Makes the schema of an operation's requests. */
export const requestSchema = (contract: Contract, operation: OperationObject): RequestSchema => {
  const root = objectSchema()
  const decoders: Partial<Record<ParameterLocation, [string, (value: unknown) => unknown][]>> = {}
  for (const { at, parameter } of parametersOf(contract, operation)) {
    const location = parameter.in as ParameterLocation
    const name = location === 'header' ? parameter.name.toLowerCase() : parameter.name
    root.properties[location] ??= objectSchema()
    const part = root.properties[location] as ObjectSchema
    part.properties[name] = withDefault(contract, schemaPointer(at, parameter))
    if (parameter.required === true) part.required.push(name)
    const simple = location === 'path' || location === 'header' ? { style: 'simple' } : {}
    const { value: schema } = contract.resolve(schemaPointer(at, parameter))
    const decode = decoderOf({ ...simple, ...parameter, schema })
    if (decode) (decoders[location] ??= []).push([name, decode])
  }
  const locations = Object.keys(root.properties) as ParameterLocation[]

  const { pointer: bodyPointer, value: body } = contract.resolve(operation.pointer + pointer('requestBody'))
  const requestBody = body as OpenAPIV3_1.RequestBodyObject | undefined
  const mediaTypeSchema = (mediaType: string): object =>
    schemaAt(contract.resolve(bodyPointer + pointer('content', mediaType, 'schema')).pointer)
  const form = requestBody?.content['application/x-www-form-urlencoded']
  if (form?.schema) root.properties['requestBody'] = mediaTypeSchema('application/x-www-form-urlencoded')
  const json = requestBody?.content['application/json']?.schema && {
    ...objectSchema(),
    properties: { requestBody: mediaTypeSchema('application/json') },
    required: requestBody.required === true ? ['requestBody'] : []
  }
  return {
    parameters: Object.keys(root.properties).length > 0 ? root : undefined,
    locations,
    decoders,
    form: form && {
      required: requestBody.required === true,
      decoders: formDecoders(form.encoding, name => {
        const schema = contract.resolve(bodyPointer + pointer('content', 'application/x-www-form-urlencoded', 'schema'))
        return contract.resolve(schema.pointer + pointer('properties', name)).value
      })
    },
    json
  }
}

interface ParameterAt {
  readonly at: string
  readonly parameter: OpenAPIV3_1.ParameterObject
}

/** The parameters of an operation and of its path, of which its own go first (OpenAPI 3.1 §4.8.10.1). */
export const parametersOf = (contract: Contract, operation: OperationObject): ParameterAt[] => {
  const found = new Map<string, ParameterAt>()
  const pathItem = operation.pointer.slice(0, operation.pointer.lastIndexOf('/'))
  for (const list of [pathItem + pointer('parameters'), operation.pointer + pointer('parameters')]) {
    const { value } = contract.resolve(list)
    if (!Array.isArray(value)) continue
    value.forEach((_, index) => {
      const { pointer: at, value: parameter } = contract.resolve(list + pointer(index))
      if (!isRecord(parameter)) return // a reference to nothing: told as such
      const one = parameter as unknown as OpenAPIV3_1.ParameterObject
      found.set(`${one.in} ${one.name}`, { at, parameter: one })
    })
  }
  return [...found.values()]
}

const schemaPointer = (at: string, parameter: OpenAPIV3_1.ParameterObject): string => {
  const mediaType = Object.keys(parameter.content ?? {})[0]
  return at + (mediaType === undefined ? pointer('schema') : pointer('content', mediaType, 'schema'))
}

// Ajv takes a default from beside a `$ref`, never from behind it.
const withDefault = (contract: Contract, path: string): object => {
  const { pointer: at, value } = contract.resolve(path)
  return isRecord(value) && 'default' in value ? { ...schemaAt(at), default: value['default'] } : schemaAt(at)
}

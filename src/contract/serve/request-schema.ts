import type { OpenAPIV3_1 } from 'openapi-types'
import type { Contract } from '../openapi/contract.js'
import type { OperationObject } from '../openapi/operation-object.js'
import { pointer } from '../document/pointer.js'
import {
  defaultOf,
  nameOf,
  type ParameterAt,
  type ParameterLocation,
  parametersOf,
  schemaPointerOf
} from '../openapi/parameter.js'
import { formMediaType, jsonMediaType } from '../openapi/media-type.js'
import { decoderOf, type Decoders, formDecoders } from '../openapi/serialization.js'
import { schemaAt } from '../document/schema-uri.js'

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

/** Makes the schema of an operation's requests. */
export const requestSchema = (contract: Contract, operation: OperationObject): RequestSchema => {
  const root = objectSchema()
  const decoders: Partial<Record<ParameterLocation, [string, (value: unknown) => unknown][]>> = {}
  for (const one of parametersOf(contract, operation)) {
    const { location, name } = nameOf(one)
    root.properties[location] ??= objectSchema()
    const part = root.properties[location] as ObjectSchema
    part.properties[name] = withDefault(contract, one)
    if (one.parameter.required === true) part.required.push(name)
    const decode = decoderOf(one.parameter, location, contract.resolve(schemaPointerOf(one)).value)
    if (decode) (decoders[location] ??= []).push([name, decode])
  }
  const locations = Object.keys(root.properties) as ParameterLocation[]

  const { pointer: bodyPointer, value: body } = contract.resolve(operation.pointer + pointer('requestBody'))
  const requestBody = body as OpenAPIV3_1.RequestBodyObject | undefined
  const mediaTypeSchema = (mediaType: string): object =>
    schemaAt(contract.resolve(bodyPointer + pointer('content', mediaType, 'schema')).pointer)
  const form = requestBody?.content[formMediaType]
  if (form?.schema) root.properties['requestBody'] = mediaTypeSchema(formMediaType)
  const json = requestBody?.content[jsonMediaType]?.schema && {
    ...objectSchema(),
    properties: { requestBody: mediaTypeSchema(jsonMediaType) },
    required: requestBody.required === true ? ['requestBody'] : []
  }
  return {
    parameters: Object.keys(root.properties).length > 0 ? root : undefined,
    locations,
    decoders,
    form: form && {
      required: requestBody.required === true,
      decoders: formDecoders(form.encoding, name => {
        const schema = contract.resolve(bodyPointer + pointer('content', formMediaType, 'schema'))
        return contract.resolve(schema.pointer + pointer('properties', name)).value
      })
    },
    json
  }
}

// Ajv takes a default from beside a `$ref`, never from behind it.
const withDefault = (contract: Contract, parameter: ParameterAt): object => {
  const { pointer: at } = contract.resolve(schemaPointerOf(parameter))
  const preset = defaultOf(contract, parameter)
  return preset ? { ...schemaAt(at), default: preset.value } : schemaAt(at)
}

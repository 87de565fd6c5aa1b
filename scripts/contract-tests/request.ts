import type { OpenAPIV3_1 } from 'openapi-types'
import {
  type Contract,
  delimiterOf,
  formMediaType,
  isJson,
  isRecord,
  type OperationObject,
  type ParameterLocation,
  parametersOf,
  pointer
} from '../../src/contract/index.js'
import { type Sent } from './client.js'

/** The values of a request, not yet written as text. Those that the contract doesn't declare may be among them. */
export interface RequestValues {
  readonly parameters: Readonly<Partial<Record<ParameterLocation, Readonly<Record<string, unknown>>>>>
  readonly body?: { readonly mediaType: string; readonly value: unknown } | undefined
}

/** A value that is sent as several fields of one name, though it should be sent as one. */
export class Repeated {
  readonly values: readonly unknown[]

  constructor(values: readonly unknown[]) {
    this.values = values
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

/** The texts of one field. */
const textsOf = (value: unknown, delimiter: string | undefined): string[] => {
  if (value instanceof Repeated) return value.values.flatMap(one => textsOf(one, delimiter ?? ','))
  if (!Array.isArray(value)) return [textOf(value)]
  const texts = value.map(textOf)
  return delimiter === undefined ? texts : [texts.join(delimiter)]
}

/** The Encoding Object of a field of a form. */
export const encodingOf = (contract: Contract, object: OperationObject, name: string): OpenAPIV3_1.EncodingObject => {
  const { value } = contract.resolve(
    object.operation.requestBody === undefined
      ? ''
      : object.pointer + pointer('requestBody', 'content', formMediaType, 'encoding', name)
  )
  return isRecord(value) ? value : {}
}

/** Writes the values of a request to an operation, as the contract says how. */
export const requestOf = (contract: Contract, object: OperationObject, { parameters, body }: RequestValues): Sent => {
  const declared = parametersOf(contract, object).map(({ parameter }) => parameter)
  const fieldsOf = (location: ParameterLocation): [name: string, texts: string[]][] =>
    Object.entries(parameters[location] ?? {}).map(([name, value]) => {
      const parameter = declared.find(one => one.in === location && one.name === name)
      if (parameter?.content !== undefined) return [name, [JSON.stringify(value)]]
      return [name, textsOf(value, delimiterOf(parameter, location))]
    })
  const pairsOf = (location: ParameterLocation): [string, string][] =>
    fieldsOf(location).flatMap(([name, texts]) => texts.map((text): [string, string] => [name, text]))

  const path = pairsOf('path').reduce(
    (at, [name, text]) => at.replace(`{${name}}`, encodeURIComponent(text)),
    object.path
  )
  const query = pairsOf('query').map(pair => pair.map(encodeURIComponent).join('='))
  const cookies = pairsOf('cookie').map(([name, text]) => `${name}=${encodeURIComponent(text)}`)
  const text = body && bodyText(body, name => delimiterOf(encodingOf(contract, object, name)))
  return {
    method: object.method.toUpperCase(),
    path: query.length > 0 ? `${path}?${query.join('&')}` : path,
    headers: {
      ...Object.fromEntries(pairsOf('header')),
      ...(cookies.length > 0 && { Cookie: cookies.join('; ') }),
      ...(body && { 'Content-Type': body.mediaType })
    },
    ...(text !== undefined && { body: text })
  }
}

const bodyText = (
  { mediaType, value }: NonNullable<RequestValues['body']>,
  delimiter: (name: string) => string | undefined
): string => {
  if (isJson(mediaType)) return JSON.stringify(value)
  if (!isRecord(value)) return textOf(value)
  const fields = Object.entries(value).flatMap(([name, one]) =>
    textsOf(one, delimiter(name)).map((text): [string, string] => [name, text])
  )
  return new URLSearchParams(fields).toString()
}

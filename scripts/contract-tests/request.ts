import type { OpenAPIV3_1 } from 'openapi-types'
import {
  bodyKindOf,
  type Contract,
  isJson,
  isRecord,
  type OperationObject,
  type ParameterLocation,
  parametersOf,
  pointer
} from '../../src/contract/index.js'
import { type Sent } from './client.js'
import { multipartText, sentMediaType } from './media-type.js'
import { type Style, styleOf, textOf, written, writtenFields } from './style.js'

/** The values of a request, not yet written as text. Those that the contract doesn't declare may be among them. */
export interface RequestValues {
  readonly parameters: Readonly<Partial<Record<ParameterLocation, Readonly<Record<string, unknown>>>>>
  readonly body?: { readonly mediaType: string; readonly value: unknown } | undefined
}

/** How a field of a form is written, by its Encoding Object (OpenAPI 3.1 §4.8.15). */
export const fieldStyle = (contract: Contract, object: OperationObject, mediaType: string, name: string): Style => {
  const at = object.pointer + pointer('requestBody', 'content', mediaType, 'encoding', name)
  const { value } = contract.resolve(object.operation.requestBody === undefined ? '' : at)
  const { style, explode, contentType } = (isRecord(value) ? value : {}) as OpenAPIV3_1.EncodingObject
  const isSaid = style !== undefined || explode !== undefined
  const types = isSaid ? [] : (contentType?.split(',').map(one => one.trim()) ?? [])
  const isInJson = types.length > 0 && types.every(one => isJson(one))
  return styleOf({ style, explode, ...(isInJson && { content: { [types[0] ?? '']: {} } }) }, 'body')
}

/** Writes the values of a request to an operation, as the contract says how. */
export const requestOf = (contract: Contract, object: OperationObject, { parameters, body }: RequestValues): Sent => {
  const declared = parametersOf(contract, object).map(({ parameter }) => parameter)
  const valuesIn = (location: ParameterLocation): [name: string, value: unknown, style: Style][] =>
    Object.entries(parameters[location] ?? {}).map(([name, value]) => {
      const parameter = declared.find(one => one.in === location && one.name === name)
      return [name, value, styleOf(parameter, location)]
    })
  const fieldsIn = (location: ParameterLocation): string[][] => valuesIn(location).map(one => writtenFields(...one))

  const segments = new Map(valuesIn('path').map(one => [one[0], written(...one)]))
  const path = pathOf(object.path, name => segments.get(name) ?? 'x')
  const query = fieldsIn('query').flat()
  const cookies = fieldsIn('cookie').map(fields => fields.join('&')) // of one parameter in one cookie, as in the table
  const text =
    body &&
    (bodyKindOf(body.mediaType) === 'multipart'
      ? multipartText(contract, object, body)
      : bodyText(body, name => fieldStyle(contract, object, body.mediaType, name)))
  return {
    method: object.method.toUpperCase(),
    path: query.length > 0 ? `${path}?${query.join('&')}` : path,
    headers: {
      ...Object.fromEntries(valuesIn('header').map(one => [one[0], written(...one)])),
      ...(cookies.length > 0 && { Cookie: cookies.join('; ') }),
      ...(body && { 'Content-Type': sentMediaType(body.mediaType) })
    },
    ...(text !== undefined && { body: text })
  }
}

// What can't stand in a path as it is, is percent-encoded in a template, too: `#` above all.
const pathOf = (template: string, segment: (name: string) => string): string =>
  template
    .split(/\{([^}]+)\}/)
    .map((part, index) => (index % 2 === 1 ? segment(part) : part.replace(/[^!$-;=@-_a-z|~]/gu, encodeURIComponent)))
    .join('')

const bodyText = (
  { mediaType, value }: NonNullable<RequestValues['body']>,
  styleIn: (name: string) => Style
): string => {
  if (isJson(mediaType)) return JSON.stringify(value)
  if (!isRecord(value)) return textOf(value)
  return Object.entries(value)
    .flatMap(([name, one]) => writtenFields(name, one, styleIn(name)))
    .join('&')
}

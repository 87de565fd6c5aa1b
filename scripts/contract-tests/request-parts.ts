import {
  type BodyKind,
  bodyKindOf,
  type Contract,
  entriesOf,
  fileProperties,
  find,
  isJson,
  type Node,
  type OperationObject,
  type ParameterLocation,
  parametersOf,
  pointer,
  within
} from '../../src/contract/index.js'
import { schemaMap, typesOf, viewOf } from '../contract-diff/schema-view.js'
import { fieldStyle } from './request.js'
import { styleOf } from './style.js'
import type { TextWriting, Writing } from './writing.js'

/** A part of a request that the contract describes by a schema: a parameter, or a body of one media type. */
export interface RequestPart {
  readonly in: ParameterLocation | 'body'
  /** The name of a parameter, the media type of a body. */
  readonly name: string
  readonly required: boolean
  /** Where the contract says that it is required. */
  readonly requiredAt: string
  /** Where the part itself stands. */
  readonly pointer: string
  readonly schema: Node
  readonly writing: Writing
  /** Its first example, if it has one. */
  readonly examples: readonly unknown[]
}

const anyCharacter = /^[^]*$/u
// What a header can carry without quotes, and a path without dot segments and encoded slashes, which proxies rewrite.
const characters: Record<ParameterLocation, RegExp> = {
  query: anyCharacter,
  path: /^(?!\.{1,2}$)[^/\\]+$/u,
  header: /^[!-~]*$/,
  cookie: anyCharacter
}

/** The parts of an operation's requests, in the order of the contract. */
export const partsOf = (contract: Contract, object: OperationObject): RequestPart[] => {
  const parameters = parametersOf(contract, object).flatMap(({ at, parameter }): RequestPart[] => {
    const node: Node = { contract, pointer: at, value: parameter }
    const location = parameter.in as ParameterLocation
    const [media] = entriesOf(find(node, 'content'))
    const schema = within(media?.[1] ?? node, 'schema')
    if (!schema) return []
    const text: TextWriting = {
      kind: 'text',
      characters: characters[location],
      emptyIsAbsent: location === 'path',
      repeatable: location === 'query',
      style: styleOf(parameter, location)
    }
    const { required = false } = parameter
    const writing: Writing = media && isJson(media[0]) ? { kind: 'json' } : text
    const examples = examplesIn(media?.[1] ?? node)
    const common = { in: location, name: parameter.name, requiredAt: at + pointer('required'), pointer: at }
    return [{ ...common, required, schema, writing, examples }]
  })
  return [...parameters, ...bodiesOf(contract, object)]
}

// What isn't read as a value needs no schema: any text will do.
const isPlain = (mediaType: string): boolean => ['text', 'stream'].includes(bodyKindOf(mediaType))

const schemaOf = (mediaType: string, media: Node): Node | undefined =>
  within(media, 'schema') ??
  (isPlain(mediaType) ? { ...media, pointer: media.pointer + pointer('schema'), value: true } : undefined)

const bodyOf = (contract: Contract, object: OperationObject): Node | undefined =>
  find({ contract, pointer: object.pointer, value: object.operation }, 'requestBody')

/** Why no request to an operation can be made; `undefined` if one can. */
export const whyUnasked = (contract: Contract, object: OperationObject): string | undefined => {
  const body = bodyOf(contract, object)
  const media = entriesOf(body && find(body, 'content'))
  if (body === undefined || find(body, 'required')?.value !== true) return undefined
  if (media.some(([mediaType, one]) => schemaOf(mediaType, one))) return undefined
  const types = media.map(([mediaType]) => mediaType).join(', ')
  return `its body has to be ${types} without a schema, which these tests can't write`
}

const bodiesOf = (contract: Contract, object: OperationObject): RequestPart[] => {
  const body = bodyOf(contract, object)
  const required = body && find(body, 'required')
  return entriesOf(body && find(body, 'content')).flatMap(([mediaType, media]): RequestPart[] => {
    const schema = schemaOf(mediaType, media)
    if (!schema) return []
    const kind = bodyKindOf(mediaType)
    const { isFile } = fileProperties(contract, media.pointer)
    const properties = schemaMap(viewOf([schema]), 'properties')
    const field = (name: string): TextWriting | { readonly kind: 'json' } => {
      const style = fieldStyle(contract, object, mediaType, name)
      if (kind === 'multipart' && isFile(name)) return fileWriting
      const types = typesOf(viewOf(properties.get(name) ?? []))
      const isObject = style.name === 'field' && types.size === 1 && types.has('object') // as JSON (OpenAPI 3.1 §4.8.15)
      if (isObject || style.name === 'json') return { kind: 'json' }
      return { kind: 'text', characters: anyCharacter, emptyIsAbsent: true, repeatable: true, style }
    }
    return [
      {
        in: 'body',
        name: mediaType,
        required: required?.value === true,
        requiredAt: required?.pointer ?? media.pointer,
        pointer: media.pointer,
        schema,
        writing: kind === 'json' ? { kind } : isPlain(mediaType) ? writingOf(kind) : { kind: 'form', field },
        examples: examplesIn(media)
      }
    ]
  })
}

const plainWriting: TextWriting = {
  kind: 'text',
  characters: /^[ -~]*$/, // in any charset
  emptyIsAbsent: false,
  repeatable: false,
  style: styleOf(undefined, 'body')
}
const fileWriting: TextWriting = { ...plainWriting, isStreamed: true }
const writingOf = (kind: BodyKind): TextWriting => (kind === 'stream' ? fileWriting : plainWriting)

const examplesIn = (node: Node): unknown[] => {
  const example = find(node, 'example')?.value
  const named = entriesOf(find(node, 'examples')).map(([, entry]) => find(entry, 'value')?.value)
  return [example, ...named].filter(value => value !== undefined)
}

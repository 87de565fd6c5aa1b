import {
  type Contract,
  delimiterOf,
  entriesOf,
  find,
  formMediaType,
  isJson,
  type Node,
  type OperationObject,
  type ParameterLocation,
  parametersOf,
  pointer,
  within
} from '../../src/contract/index.js'
import { encodingOf } from './request.js'
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
      delimiter: delimiterOf(parameter, location)
    }
    const { required = false } = parameter
    const writing: Writing = media && isJson(media[0]) ? { kind: 'json' } : text
    const examples = examplesIn(media?.[1] ?? node)
    const common = { in: location, name: parameter.name, requiredAt: at + pointer('required'), pointer: at }
    return [{ ...common, required, schema, writing, examples }]
  })
  return [...parameters, ...bodiesOf(contract, object)]
}

const bodiesOf = (contract: Contract, object: OperationObject): RequestPart[] => {
  const operation: Node = { contract, pointer: object.pointer, value: object.operation }
  const required = find(operation, 'requestBody', 'required')
  return entriesOf(find(operation, 'requestBody', 'content')).flatMap(([mediaType, media]): RequestPart[] => {
    const schema = within(media, 'schema')
    if (!schema) return []
    const field = (name: string): TextWriting => ({
      kind: 'text',
      characters: anyCharacter,
      emptyIsAbsent: true,
      repeatable: true,
      delimiter: delimiterOf(encodingOf(contract, object, name))
    })
    return [
      {
        in: 'body',
        name: mediaType,
        required: required?.value === true,
        requiredAt: required?.pointer ?? media.pointer,
        pointer: media.pointer,
        schema,
        writing: mediaType === formMediaType ? { kind: 'form', field } : { kind: 'json' },
        examples: examplesIn(media)
      }
    ]
  })
}

const examplesIn = (node: Node): unknown[] => {
  const example = find(node, 'example')?.value
  const named = entriesOf(find(node, 'examples')).map(([, entry]) => find(entry, 'value')?.value)
  return [example, ...named].filter(value => value !== undefined)
}

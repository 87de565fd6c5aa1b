import {
  type Contract,
  entriesOf,
  find,
  follow,
  formMediaType,
  isJson,
  type Node,
  type OperationObject,
  operationsOf,
  parametersOf,
  rootOf,
  securityOf,
  tokenOperations
} from '../../../src/contract/index.js'
import { schemaMap, typesOf, viewOf } from '../../contract-diff/schema-view.js'
import { namedExamples } from '../../contract-tests/examples/named-examples.js'

/** What a grammar knows of an operation. */
export interface KnownOperation {
  readonly object: OperationObject
  readonly method: string
  /** Its path, a value in place of each parameter. */
  readonly path: string
  /** The methods of the path. */
  readonly allow: readonly string[]
  readonly isSecured: boolean
  /** Whether it gives tokens for usernames and passwords. */
  readonly isLogin: boolean
  readonly body: 'none' | 'form' | 'json'
  /** The fields of its form, with whether each is a list, and the pointer of its schema. */
  readonly fields: ReadonlyMap<string, 'list' | 'text'>
  readonly schema: string
  /** Bodies of JSON that it shows. */
  readonly examples: readonly string[]
  /** What good requests may be answered; one status if nothing but the security decides. */
  readonly outcomes: readonly number[]
  /** The status that each user's name stands for in its examples. */
  readonly byName: ReadonlyMap<string, number>
}

const statusesOf = (keys: readonly string[]): number[] =>
  keys.flatMap(key => {
    if (/^\d+$/.test(key)) return [Number(key)]
    const [, digit = ''] = /^(\d)XX$/.exec(key) ?? []
    const classes = digit === '' ? [2, 3, 4] : [Number(digit)]
    return classes.flatMap(first => Array.from({ length: 32 }, (_, index) => first * 100 + index))
  })

const outcomesOf = (object: OperationObject, needsInput: boolean): number[] => {
  const declared = statusesOf(Object.keys(object.operation.responses ?? {})).filter(status => status < 500)
  const good = declared.filter(status => status < 300)
  return good.length === 1 && !needsInput ? good : [...declared, ...(needsInput ? [422] : [])]
}

const fieldsOf = (schema: Node): Map<string, 'list' | 'text'> =>
  new Map(
    [...schemaMap(viewOf([schema]), 'properties')].map(([name, schemas]) => [
      name,
      typesOf(viewOf(schemas)).has('array') ? 'list' : 'text'
    ])
  )

const knownOperation = (contract: Contract, object: OperationObject): KnownOperation => {
  const operation = find(rootOf(contract), 'paths', object.path, object.method)
  const media = entriesOf(find(operation, 'requestBody', 'content'))
  const [mediaType = '', one] = media[0] ?? []
  const schema = one && find(follow(one), 'schema')
  const parameters = parametersOf(contract, object)
  const { requests, answers } = namedExamples(contract, object)
  const same = operationsOf(contract).filter(({ path }) => path === object.path)
  const body = media.length === 0 ? 'none' : mediaType === formMediaType ? 'form' : isJson(mediaType) ? 'json' : 'none'
  return {
    object,
    method: object.method.toUpperCase(),
    path: object.path.replaceAll(/\{[^}]*\}/g, '1'),
    allow: same.map(({ method }) => method.toUpperCase()),
    isSecured: securityOf(contract, object).schemes.length > 0,
    isLogin: tokenOperations(contract).has(object) && body === 'form',
    body,
    fields: schema ? fieldsOf(schema) : new Map(),
    schema: schema?.pointer ?? '',
    examples: requests.flatMap(({ part, value }) => (part.in === 'body' ? [JSON.stringify(value)] : [])),
    outcomes: outcomesOf(object, parameters.length > 0 || body !== 'none'),
    byName: new Map(answers.map(({ name, status }) => [name, Number(status)]))
  }
}

/** What a grammar knows of the operations of a contract. */
export const knownOperations = (contract: Contract): KnownOperation[] =>
  operationsOf(contract).map(object => knownOperation(contract, object))

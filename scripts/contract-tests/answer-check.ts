import type { OpenAPIV3_1 } from 'openapi-types'
import {
  challengeOf,
  type Contract,
  entriesOf,
  find,
  follow,
  isJson,
  type Node,
  type OperationObject,
  pointer,
  responseKey
} from '../../src/contract/index.js'
import { type Answer } from './client.js'
import { isProblemOfMock } from './mocked.js'
import { differenceFrom } from './difference.js'
import { alternativesOf } from './examples/example-pairs.js'
import { firstBroken, type Judge } from './judge.js'
import { readValue } from './read-values.js'
import { undeclaredIn } from './undeclared.js'
import type { Breach } from './violation.js'

/** What the contract declares for an answer. */
export interface DeclaredAnswer {
  /** The key in `responses`: the status, its class or `default`. */
  readonly key: string
  readonly node: Node
}

/** The answer that an operation declares for a status; `undefined` if none. */
export const declaredAnswer = (
  contract: Contract,
  object: OperationObject,
  status: number
): DeclaredAnswer | undefined => {
  const key = responseKey(object.operation.responses, status)
  const node = key && find({ contract, pointer: object.pointer, value: object.operation }, 'responses', key)
  return key !== undefined && node ? { key, node: follow(node) } : undefined
}

/** The media type of an answer, without parameters and in lower case; `undefined` if it says none. */
export const mediaTypeOf = ({ headers }: Answer): string | undefined =>
  headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase()

/** Whether a media type is a declared one, which may have parameters, and be a range (OpenAPI 3.1 §4.8.17). */
export const isIn = (mediaType = '', declared: string): boolean => {
  const range = (declared.split(';', 1)[0] ?? '').trim().toLowerCase()
  return range === mediaType || range === '*/*' || (range.endsWith('/*') && mediaType.startsWith(range.slice(0, -1)))
}

// For a key there is no scheme that a 401 could ask for.
const isUnnamed = (contract: Contract, object: OperationObject): boolean => {
  const schemes = alternativesOf(contract, object).flat()
  return schemes.length > 0 && schemes.every(scheme => challengeOf(contract, scheme) === undefined)
}

const challengeMissing = (contract: Contract, object: OperationObject, { status, headers }: Answer): Breach[] =>
  status === 401 && headers['www-authenticate'] === undefined && !isUnnamed(contract, object)
    ? [{ pointer: object.pointer, what: 'A 401 has a `WWW-Authenticate` header (RFC 9110 §11.6.1).' }]
    : []

/** Holds answers against the contract. */
export class AnswerCheck {
  readonly #contract: Contract
  readonly #judge: Judge

  /** @param judge one of answers, which is ready before this is asked */
  constructor(contract: Contract, judge: Judge) {
    this.#contract = contract
    this.#judge = judge
  }

  /** The rules of the contract that an answer to an operation breaks; none if it is as declared. */
  breaches(object: OperationObject, answer: Answer): Breach[] {
    const declared = declaredAnswer(this.#contract, object, answer.status)
    const unchallenged = challengeMissing(this.#contract, object, answer)
    if (isProblemOfMock(answer)) return unchallenged
    // Where no answer is declared at all, none can be wrong.
    if (!declared && Object.keys(object.operation.responses ?? {}).length === 0) return unchallenged
    if (!declared) {
      const what = `The status ${answer.status} isn't declared for \`${object.operationId ?? object.path}\`.`
      return [{ pointer: object.pointer + pointer('responses'), what }, ...unchallenged]
    }
    const found = [...this.#ofHeaders(declared.node, answer), ...this.#ofBody(object, declared.node, answer)]
    return found.some(({ what }) => /www-authenticate/i.test(what)) ? found : [...found, ...unchallenged]
  }

  /** The same of an answer that refuses what the contract doesn't allow: it needn't declare it. */
  breachesOfRefusal(object: OperationObject, answer: Answer): Breach[] {
    const isRefusal = answer.status >= 400 && answer.status < 500
    const isUndeclared = declaredAnswer(this.#contract, object, answer.status) === undefined
    return isRefusal && isUndeclared ? challengeMissing(this.#contract, object, answer) : this.breaches(object, answer)
  }

  /** Where a body is another than an example of it; `undefined` if it isn't, but for what the server decides. */
  differenceFrom(example: unknown, body: unknown, schema: Node | undefined): string | undefined {
    return differenceFrom(plain(example), plain(body), schema ? [schema] : [], this.#fits)
  }

  #ofHeaders(response: Node, answer: Answer): Breach[] {
    return entriesOf(find(response, 'headers')).flatMap(([name, entry]): Breach[] => {
      if (name.toLowerCase() === 'content-type') return []
      const header = follow(entry)
      const { required = false } = header.value as OpenAPIV3_1.HeaderObject
      const value = answer.headers[name.toLowerCase()]
      if (value === undefined) {
        return required ? [{ pointer: entry.pointer, what: `The answer has no header \`${name}\`.` }] : []
      }
      const schema = find(header, 'schema')
      const error = schema && this.#error(schema.pointer, readValue(value, [schema], this.#fits))
      return error ? [{ pointer: error.pointer, what: `The header \`${name}\` ${error.what}.` }] : []
    })
  }

  #ofBody({ method }: OperationObject, response: Node, answer: Answer): Breach[] {
    const content = entriesOf(find(response, 'content'))
    const mediaType = mediaTypeOf(answer)
    const isBodiless = method === 'head' || answer.status === 204 || answer.status === 304 // whatever is declared
    if (isBodiless && answer.text === '') return []
    if (content.length === 0) {
      return answer.text === '' ? [] : [{ pointer: response.pointer, what: 'The answer has a body; none is declared.' }]
    }
    const among = content.filter(([declared]) => isIn(mediaType, declared))
    const [, media] = among.find(([declared]) => !declared.includes('*')) ?? among[0] ?? []
    if (!media) {
      const what = `The media type ${mediaType === undefined ? '(none)' : `\`${mediaType}\``} isn't declared.`
      return [{ pointer: response.pointer + pointer('content'), what }]
    }
    if (!isJson(mediaType)) return []
    if (answer.json === undefined) return [{ pointer: media.pointer, what: "The body isn't well-formed JSON." }]
    const schema = find(media, 'schema')
    if (!schema) return []
    const error = this.#error(schema.pointer, answer.json)
    if (error) return [{ pointer: error.pointer, what: `The body ${error.what}.` }]
    return undeclaredIn([schema], answer.json, this.#fits).map(({ pointer: at, path }) => ({
      pointer: at,
      what: `The body has \`${path}\`, which isn't declared.`
    }))
  }

  readonly #fits = (node: Node, value: unknown): boolean => this.#judge.accepts(node.pointer, value, 'wide')

  #error(at: string, value: unknown): Breach | undefined {
    const error = firstBroken(this.#judge.broken(at, value))
    return (
      error && { pointer: error.pointer, what: `${error.path === '' ? '' : `at \`${error.path}\` `}${error.words}` }
    )
  }
}

// As it is once it has been sent.
const plain = (value: unknown): unknown => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)))

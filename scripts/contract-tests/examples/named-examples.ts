import {
  type Contract,
  entriesOf,
  find,
  follow,
  isRecord,
  type Node,
  type OperationObject,
  type ParameterLocation,
  parametersOf,
  pointer,
  rootOf
} from '../../../src/contract/index.js'

/** An example of a body or a parameter of a request. */
export interface RequestExample {
  readonly name: string
  /** Where its value stands. */
  readonly pointer: string
  readonly value: unknown
  /** The pointer of the schema that it is an example of, which may be a reference. */
  readonly schema: string
  /** The part of the request: a parameter by its name, or a body by its media type. */
  readonly part: { readonly in: ParameterLocation | 'body'; readonly name: string }
}

/** An example of the body of an answer. */
export interface AnswerExample {
  readonly name: string
  readonly pointer: string
  readonly value: unknown
  /** Whether it is one of many: another value is as good, if it fits the schema (`x-varies`). */
  readonly varies: boolean
  readonly schema: string
  /** The key of the answer in `responses`: a status, `4XX` or `default`. */
  readonly status: string
  readonly mediaType: string
}

/** What the contract shows of an operation, in its order. */
export interface OperationExamples {
  readonly requests: readonly RequestExample[]
  readonly answers: readonly AnswerExample[]
  /** The keys of the answers that have no body, of which there can't be an example. */
  readonly bodiless: readonly string[]
  /** Whether a request needs neither a parameter nor a body. */
  readonly needsNothing: boolean
}

const known = new WeakMap<OperationObject, OperationExamples>()

/** All named examples of an operation's requests and answers. */
export const namedExamples = (contract: Contract, object: OperationObject): OperationExamples => {
  const found = known.get(object) ?? collect(contract, object)
  known.set(object, found) // asked for by each part of the tests, of a contract that never changes
  return found
}

const collect = (contract: Contract, object: OperationObject): OperationExamples => {
  const operation = find(rootOf(contract), ...pathOf(object))
  const bodies = entriesOf(find(operation, 'requestBody', 'content')).flatMap(([mediaType, media]) =>
    examplesOf(media).map(example => ({ ...example, part: { in: 'body', name: mediaType } as const }))
  )
  const declared = parametersOf(contract, object)
  const parameters = declared.flatMap(({ at, parameter }) => {
    const node = { contract, pointer: at, value: parameter }
    const part = { in: parameter.in as ParameterLocation, name: parameter.name }
    return examplesOf(node).map(example => ({ ...example, part }))
  })
  // Nobody gets the body of an answer to HEAD.
  const hasNone = ([, media]: [string, Node]): boolean => object.method === 'head' && examplesOf(media).length === 0
  const answers = entriesOf(find(operation, 'responses')).map(([status, answer]) => ({
    status,
    content: entriesOf(find(answer, 'content'))
  }))
  return {
    requests: [...parameters, ...bodies],
    answers: answers.flatMap(({ status, content }) =>
      content.flatMap(([mediaType, media]) => examplesOf(media).map(example => ({ ...example, status, mediaType })))
    ),
    bodiless: answers.filter(({ content }) => content.every(hasNone)).map(({ status }) => status),
    needsNothing:
      find(operation, 'requestBody', 'required')?.value !== true &&
      declared.every(({ parameter }) => parameter.required !== true)
  }
}

// Resolved rather than spelt, because a Path Item may be a reference.
const pathOf = ({ path, method }: OperationObject): string[] => ['paths', path, method]

const examplesOf = (media: Node): Pick<AnswerExample, 'name' | 'pointer' | 'value' | 'varies' | 'schema'>[] =>
  entriesOf(find(media, 'examples')).flatMap(([name, entry]) => {
    const example = follow(entry)
    if (!isRecord(example.value) || !('value' in example.value)) return []
    const { value, 'x-varies': varies } = example.value
    const schema = follow(media).pointer + pointer('schema')
    return [{ name, pointer: example.pointer + pointer('value'), value, varies: varies === true, schema }]
  })

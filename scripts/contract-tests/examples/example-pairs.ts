import {
  type Contract,
  type OperationObject,
  pointer,
  securityOf,
  tokenOperation
} from '../../../src/contract/index.js'
import { type AnswerExample, namedExamples, type RequestExample } from './named-examples.js'
import { isReserved, reservedNames } from './reserved-names.js'

/** A request and the answer that it gets, both by examples of one name. */
export interface ExamplePair {
  readonly name: string
  /** The parts of the request that have an example of the name; none if the name alone says what is asked. */
  readonly requests: readonly RequestExample[]
  /** The example of the answer, or the key of an answer without a body. */
  readonly answer: AnswerExample | { readonly status: string; readonly mediaType: undefined; readonly pointer: string }
}

/** The pairs of an operation, and what is left over. */
export interface Pairing {
  readonly pairs: readonly ExamplePair[]
  readonly alone: readonly (RequestExample | AnswerExample)[]
}

/** The alternatives of an operation's security, by the names of their schemes; none if it is open to everybody. */
export const alternativesOf = (contract: Contract, object: OperationObject): string[][] => {
  const { isOpen, alternatives } = securityOf(contract, object)
  return isOpen ? [] : alternatives.map(all => all.map(({ scheme }) => scheme))
}

/** The names of those who can ask a secured operation: of the examples with which somebody logs in with success. */
export const askersOf = (contract: Contract, object: OperationObject): string[] => {
  const names = alternativesOf(contract, object)
    .flat()
    .flatMap(scheme => {
      const login = tokenOperation(contract, scheme)
      if (!login) return []
      const { requests, answers } = namedExamples(contract, login)
      const asked = new Set(requests.map(({ name }) => name))
      return answers.filter(({ name, status }) => status.startsWith('2') && asked.has(name)).map(({ name }) => name)
    })
  return [...new Set(names)]
}

/** Whether the contract doesn't say how everybody who asks an operation gets credentials: an API key, say. */
export const isAskedByOthers = (contract: Contract, object: OperationObject): boolean =>
  alternativesOf(contract, object)
    .flat()
    .some(scheme => tokenOperation(contract, scheme) === undefined)

// What a request may get whose condition is that something has changed (RFC 9110 §13.1).
const notModified = '304'
const conditions: ReadonlySet<string> = new Set(['if-none-match', 'if-modified-since'])
const isCondition = ({ part }: RequestExample): boolean =>
  part.in === 'header' && conditions.has(part.name.toLowerCase())

const isSuccess = ({ status }: { readonly status: string }): boolean => status.startsWith('2')

/**
 * Puts the examples of an operation together: those of its requests, of its answers, and the names that say by
 * themselves what is asked, because they are reserved or those of somebody who asks. The only success that is left
 * belongs to the request that has nothing in it, if there can be one.
 *
 * @param known the names of those who ask of whom the contract doesn't know; without it they can have any name
 */
export const pairingOf = (contract: Contract, object: OperationObject, known: readonly string[] = []): Pairing => {
  const { requests, answers, bodiless, needsNothing } = namedExamples(contract, object)
  const requestsOf = (name: string): RequestExample[] => requests.filter(one => one.name === name)
  const askers = [...new Set([...askersOf(contract, object), ...known])]
  const has = {
    security: alternativesOf(contract, object).length > 0,
    body: object.operation.requestBody !== undefined,
    nothing: true
  }
  const isNamed = ({ name }: AnswerExample): boolean =>
    (isReserved(name) && has[reservedNames[name]]) || requestsOf(name).length > 0 || askers.includes(name)
  const unnamed = answers.filter(answer => isSuccess(answer) && !isNamed(answer))
  const isPlain =
    needsNothing &&
    new Set(unnamed.map(({ name }) => name)).size === 1 &&
    !answers.some(answer => isSuccess(answer) && askers.includes(answer.name))
  const isAsked = (answer: AnswerExample): boolean => isNamed(answer) || (isPlain && unnamed.includes(answer))

  const pairs: ExamplePair[] = answers
    .filter(isAsked)
    .map(answer => ({ name: answer.name, requests: requestsOf(answer.name), answer }))
  const answered = new Set(answers.map(({ name }) => name))
  const unanswered = [...new Set(requests.map(({ name }) => name))].filter(name => !answered.has(name))
  const conditional = unanswered.filter(name => requestsOf(name).some(isCondition))
  const anybody = needsNothing && !isPlain ? [askers[0] ?? 'anybody'] : []
  const names = requests.length > 0 ? unanswered : anybody.filter(name => !answered.has(name))
  const [only, second] = bodiless.filter(status => isSuccess({ status }))
  const pairsOf = (status: string, ofNames: readonly string[]) =>
    ofNames.map(name => ({
      name,
      requests: requestsOf(name),
      answer: { status, mediaType: undefined, pointer: object.pointer + pointer('responses', status) }
    }))
  const unchanged = bodiless.includes(notModified) ? pairsOf(notModified, conditional) : []
  const rest = names.filter(name => !unchanged.some(pair => pair.name === name))
  const bodilessPairs = [...unchanged, ...(only === undefined || second !== undefined ? [] : pairsOf(only, rest))]
  const isLeft = ({ name }: RequestExample): boolean =>
    unanswered.includes(name) && !bodilessPairs.some(pair => pair.name === name)
  return {
    pairs: [...pairs, ...bodilessPairs],
    alone: [
      ...answers.filter(answer => !isAsked(answer) && !isAskedByOthers(contract, object)),
      ...requests.filter(isLeft)
    ]
  }
}

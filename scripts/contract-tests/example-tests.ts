import { isDeepStrictEqual } from 'node:util'
import { type ExamplePair, pairingOf, tokenOperations } from './examples/example-pairs.js'
import { namedExamples } from './examples/named-examples.js'
import { isReserved } from './examples/reserved-names.js'
import { isJson } from '../../src/contract/index.js'
import { type Answer, type Sent } from './client.js'
import { declaredAnswer, mediaTypeOf } from './answer-check.js'
import { exampleAt } from './answer-items.js'
import type { PartOfContract } from './coverage.js'
import { reservedRequest, valuesOf } from './named-requests.js'
import type { RequestValues } from './request.js'
import type { ContractTest, OperationSuite } from './suite.js'
import type { Breach } from './violation.js'

/** A test for each answer of which the contract shows an example: its request is sent, and it has to come back. */
export const exampleTests = (suite: OperationSuite): ContractTest[] =>
  pairingOf(suite.contract, suite.object)
    .pairs.filter(pair => canBeAsked(suite, pair))
    .map(pair => ({
      operation: suite.operation,
      name: `the example ${pair.name} is answered ${pair.answer.status}`,
      run: () => run(suite, pair)
    }))

const canBeAsked = ({ contract, object, askers, faulty }: OperationSuite, { name, requests }: ExamplePair): boolean => {
  if (name === 'unexpected' && requests.length === 0) return faulty !== undefined
  return !(askers.hasToken(name) && tokenOperations(contract).has(object)) // who has a token has no password to log in
}

/** A request, whose values they are and who sends it, where that is known. */
interface NamedRequest {
  readonly request: Sent
  readonly values?: RequestValues
  readonly asker?: string | undefined
}

const run = async (suite: OperationSuite, pair: ExamplePair): Promise<void> => {
  const { object, operation, exchange, coverage, faulty, target, requests } = suite
  const { name, answer: example } = pair
  const sent: NamedRequest[] =
    isReserved(name) && pair.requests.length === 0
      ? [{ request: await reservedRequest(suite, name) }]
      : await named(suite, name)
  const at = name === 'unexpected' && pair.requests.length === 0 && faulty ? faulty.handler : target
  for (const { request, values, asker } of sent) {
    const headers = { ...request.headers, ...accepting(suite, example) }
    const answer = await exchange.ask(at, object, { ...request, headers }, got =>
      breaches(suite, pair, asker ?? name, got)
    )
    coverage.hit(partOf(operation, example), 'reached')
    if (!values || answer.status >= 300) continue
    for (const pointer of requests.kept(values)) coverage.hit({ operation, pointer }, 'accepted')
  }
}

const named = async (suite: OperationSuite, name: string): Promise<NamedRequest[]> => {
  const { object, askers, requests } = suite
  const asker = askers.all(object).includes(name) ? name : askers.welcome(object)[0]
  const credentials = await askers.headers(object, asker)
  return valuesOf(suite, name).map(values => {
    const request = requests.sent(values)
    return { request: { ...request, headers: { ...request.headers, ...credentials } }, values, asker }
  })
}

// Where an answer has several media types, a client has to say which of them it wants.
const accepting = ({ contract, object }: OperationSuite, { status, mediaType }: ExamplePair['answer']) => {
  const { answers } = namedExamples(contract, object)
  const others = answers.filter(one => one.status === status && one.mediaType !== mediaType)
  return mediaType !== undefined && others.length > 0 ? { Accept: mediaType } : {}
}

const partOf = (operation: string, { status, mediaType, pointer }: ExamplePair['answer']): PartOfContract =>
  mediaType === undefined
    ? { operation, pointer, answer: status }
    : { operation, pointer: exampleAt(pointer), answer: `${status} ${mediaType}` }

const breaches = (
  { contract, object, askers }: OperationSuite,
  { name, answer: example }: ExamplePair,
  asker: string,
  answer: Answer
): Breach[] => {
  const key = declaredAnswer(contract, object, answer.status)?.key
  if (key !== example.status) {
    const what = `The example \`${name}\` is answered ${answer.status}, not ${example.status}.`
    return [{ pointer: example.pointer, what }]
  }
  if (example.mediaType === undefined) return []
  if (mediaTypeOf(answer) !== example.mediaType) {
    const what = `The example \`${name}\` is answered in ${mediaTypeOf(answer) ?? 'no media type'}, not ${example.mediaType}.`
    return [{ pointer: example.pointer, what }]
  }
  if (example.status.startsWith('2') && askers.isSomebodyElse(asker)) return [] // it is about somebody else
  const body = typeof example.value === 'string' && !isJson(example.mediaType) ? answer.text : answer.json
  if (isDeepStrictEqual(plain(body), plain(example.value))) return []
  const what = `The example \`${name}\` is answered with another body than ${JSON.stringify(example.value)}.`
  return [{ pointer: example.pointer, what }]
}

const plain = (value: unknown): unknown => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)))

import { isDeepStrictEqual } from 'node:util'
import { type ExamplePair, pairingOf } from '../../scripts/examples/example-pairs.js'
import { isReserved } from '../../scripts/examples/reserved-names.js'
import type { Answer, Sent } from '../support/client.js'
import { declaredAnswer, mediaTypeOf } from './answer-check.js'
import { exampleAt } from './answer-items.js'
import { reservedRequest, valuesOf } from './named-requests.js'
import type { ContractTest, OperationSuite } from './suite.js'
import type { Breach } from './violation.js'

/** A test for each answer of which the contract shows an example: its request is sent, and it has to come back. */
export const exampleTests = (suite: OperationSuite): ContractTest[] =>
  pairingOf(suite.contract, suite.object)
    .pairs.filter(({ name, requests }) => name !== 'unexpected' || requests.length > 0 || suite.faulty !== undefined)
    .map(pair => ({
      operation: suite.operation,
      name: `the example ${pair.name} is answered ${pair.answer.status}`,
      run: () => run(suite, pair)
    }))

const run = async (suite: OperationSuite, pair: ExamplePair): Promise<void> => {
  const { object, operation, exchange, coverage, faulty, target, requests } = suite
  const alone = isReserved(pair.name) && pair.requests.length === 0
  const isFault = alone && pair.name === 'unexpected'
  const sent =
    isReserved(pair.name) && alone ? [{ request: await reservedRequest(suite, pair.name) }] : await named(suite, pair)
  for (const { request, values } of sent) {
    const asked = isFault && faulty ? faulty.handler : target
    const answer = await exchange.ask(asked, object, request, answer => breaches(suite, pair, answer))
    coverage.hit(
      operation,
      pair.answer.mediaType === undefined ? pair.answer.pointer : exampleAt(pair.answer.pointer),
      'reached'
    )
    if (values && answer.status < 300)
      for (const rule of requests.kept(values)) coverage.hit(operation, rule, 'accepted')
  }
}

interface NamedRequest {
  readonly request: Sent
  readonly values?: ReturnType<typeof valuesOf>[number]
}

const named = async (suite: OperationSuite, { name }: ExamplePair): Promise<NamedRequest[]> => {
  const { object, askers, requests } = suite
  const asker = askers.all(object).includes(name) ? name : askers.welcome(object)[0]
  const credentials = await askers.headers(object, asker)
  return valuesOf(suite, name).map(values => {
    const request = requests.sent(values)
    return { request: { ...request, headers: { ...request.headers, ...credentials } }, values }
  })
}

const breaches = (
  { contract, object, askers }: OperationSuite,
  { name, answer: example }: ExamplePair,
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
  if (example.status.startsWith('2') && askers.isSomebodyElse(name)) return [] // it is about somebody else
  const body = typeof example.value === 'string' && !example.mediaType.endsWith('json') ? answer.text : answer.json
  if (isDeepStrictEqual(plain(body), plain(example.value))) return []
  const what = `The example \`${name}\` is answered with another body than ${JSON.stringify(example.value)}.`
  return [{ pointer: example.pointer, what }]
}

const plain = (value: unknown): unknown => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)))

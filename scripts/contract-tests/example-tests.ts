import { type ExamplePair, isAskedByOthers, pairingOf, alternativesOf } from './examples/example-pairs.js'
import { namedExamples } from './examples/named-examples.js'
import { isNeverAsked, isReserved } from './examples/reserved-names.js'
import { find, isJson } from '../../src/contract/index.js'
import { type Answer, type Sent } from './client.js'
import { declaredAnswer, mediaTypeOf } from './answer-check.js'
import { exampleAt } from './answer-items.js'
import type { PartOfContract } from './coverage.js'
import { nobodyAsks, whereKnown } from './askers.js'
import { signed } from './credentials.js'
import { whyUnasked } from './request-parts.js'
import { reservedRequest, valuesOf } from './named-requests.js'
import { isMocked, isRefusalOfMock, isUnmocked, whyNotMocked } from './mocked.js'
import type { RequestValues } from './request.js'
import type { ContractTest, OperationSuite } from './operation-suite.js'
import type { Breach } from './violation.js'

/** A test for each answer of which the contract shows an example: its request is sent, and it has to come back. */
export const exampleTests = (suite: OperationSuite): ContractTest[] => {
  const { contract, object, operation, askers, coverage } = suite
  const { pairs } = pairingOf(contract, object, askers.all(object))
  const shown = namedExamples(contract, object).answers.filter(one => pairs.every(({ answer }) => answer !== one))
  for (const answer of isAskedByOthers(contract, object) ? shown : []) {
    coverage.excuse(partOf(operation, answer), 'reached', `nobody of that name is known: ${whereKnown}`)
  }
  return pairs.flatMap(pair => {
    const why = whyNotAsked(suite, pair)
    if (why !== undefined) coverage.excuse(partOf(operation, pair.answer), 'reached', why)
    const name = `the example ${pair.name} is answered ${pair.answer.status}`
    return why === undefined ? [{ operation, name, run: () => run(suite, pair) }] : []
  })
}

const ofRefusals = new Set(['noToken', 'otherScheme', 'unknownToken'])

const whyNotAsked = (
  { contract, object, askers, faulty, issuesTokens }: OperationSuite,
  { name, requests }: ExamplePair
): string | undefined => {
  const isReservedName = isReserved(name) && requests.length === 0
  if (isReservedName && name === 'unexpected' && !faulty) return "only those who have the server's code can cause it"
  if (isReservedName && isNeverAsked(name)) return 'no single request leads to it'
  const unasked = whyUnasked(contract, object)
  if (unasked !== undefined) return unasked
  if (askers.hasOnlyToken(name) && issuesTokens) return 'there is a token instead of a login'
  const needsAsker = alternativesOf(contract, object).length > 0 && !(isReservedName && ofRefusals.has(name))
  return needsAsker && askers.all(object).length === 0 ? nobodyAsks : undefined
}

/** A request, whose values they are and who sends it, where that is known. */
interface NamedRequest {
  readonly request: Sent
  readonly values?: RequestValues | undefined
  readonly asker?: string | undefined
}

const run = async (suite: OperationSuite, pair: ExamplePair): Promise<void> => {
  const { contract, object, operation, exchange, coverage, faulty, target, requests } = suite
  const { name, answer: example } = pair
  const sent: NamedRequest[] =
    isReserved(name) && !isNeverAsked(name) && pair.requests.length === 0
      ? [{ request: await reservedRequest(suite, name) }]
      : await named(suite, name)
  const at = name === 'unexpected' && pair.requests.length === 0 && faulty ? faulty.handler : target
  for (const { request, values, asker } of sent) {
    const headers = { ...request.headers, ...accepting(suite, example) }
    const judge = (got: Answer): Breach[] => breaches(suite, pair, asker ?? name, got)
    const isRight = (got: Answer): boolean => declaredAnswer(contract, object, got.status)?.key === example.status
    const isExcused = (got: Answer): boolean =>
      isMocked(got) && (!isRefusalOfMock(got) || isRight(got) || !values || !requests.fits(values))
    const first = await exchange.ask(at, object, { ...request, headers }, got => (isExcused(got) ? [] : judge(got)))
    const answer = isMocked(first) ? await wished(suite, pair, request, first, judge) : first
    if (!answer) continue
    coverage.hit(partOf(operation, example), 'reached')
    if (!values || answer.status >= 300) continue
    for (const pointer of requests.kept(values)) coverage.hit({ operation, pointer }, 'accepted')
  }
}

/**
 * The answer of a mock that is wished for, or that is a refusal as it should be; `undefined` if a mock can't give it,
 * which is noted.
 */
const wished = async (
  suite: OperationSuite,
  { name, answer: example }: ExamplePair,
  request: Sent,
  first: Answer,
  judge: (answer: Answer) => Breach[]
): Promise<Answer | undefined> => {
  const { contract, object, operation, exchange, target, coverage } = suite
  const leaveOut = (why: string): void => {
    coverage.excuse(partOf(operation, example), 'reached', why)
  }
  if (isRefusalOfMock(first)) {
    if (declaredAnswer(contract, object, first.status)?.key === example.status) return first
    leaveOut(whyNotMocked.broken)
    return undefined
  }
  if (!/^\d{3}$/.test(example.status)) {
    leaveOut(whyNotMocked.code)
    return undefined
  }
  const wish = `code=${example.status}${example.mediaType === undefined ? '' : `, example="${name}"`}`
  const headers = { ...request.headers, Accept: example.mediaType ?? '*/*', Prefer: wish }
  const answer = await exchange.ask(target, object, { ...request, headers }, got => (isUnmocked(got) ? [] : judge(got)))
  if (!isUnmocked(answer)) return answer
  leaveOut(whyNotMocked.none)
  return undefined
}

const named = async (suite: OperationSuite, name: string): Promise<NamedRequest[]> => {
  const { object, askers, requests } = suite
  const asker = askers.all(object).includes(name) ? name : askers.welcome(object)[0]
  const credentials = await askers.credentials(object, asker)
  return valuesOf(suite, name).map(values => ({ request: signed(requests.sent(values), credentials), values, asker }))
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
  { contract, object, askers, check }: OperationSuite,
  { name, answer: example }: ExamplePair,
  asker: string,
  answer: Answer
): Breach[] => {
  const { key, node } = declaredAnswer(contract, object, answer.status) ?? {}
  if (key !== example.status) {
    const what = `The example \`${name}\` is answered ${answer.status}, not ${example.status}.`
    return [{ pointer: example.pointer, what }]
  }
  if (example.mediaType === undefined || object.method === 'head') return []
  if (mediaTypeOf(answer) !== example.mediaType) {
    const what = `The example \`${name}\` is answered in ${mediaTypeOf(answer) ?? 'no media type'}, not ${example.mediaType}.`
    return [{ pointer: example.pointer, what }]
  }
  if (example.varies) return []
  if (example.status.startsWith('2') && askers.isSomebodyElse(asker)) return [] // it is about somebody else
  const body = typeof example.value === 'string' && !isJson(example.mediaType) ? answer.text : answer.json
  const at = check.differenceFrom(example.value, body, find(node, 'content', example.mediaType, 'schema'))
  if (at === undefined) return []
  const where = at === '' ? '' : ` at \`${at}\``
  const what = `The example \`${name}\` is answered with another body than ${JSON.stringify(example.value)}${where}.`
  return [{ pointer: example.pointer, what }]
}

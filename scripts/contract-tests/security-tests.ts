import { isDeepStrictEqual } from 'node:util'
import { operationObjects, type OperationObject } from '../../src/contract/openapi/operation-object.js'
import { pointer } from '../../src/contract/document/pointer.js'
import { pairingOf, securityOf } from './examples/example-pairs.js'
import type { Answer } from './client.js'
import {
  type Credentials,
  isBearer,
  noCredentials,
  refusedTokens,
  signed,
  unknownCredentials,
  unknownToken
} from './credentials.js'
import { goodRequest } from './named-requests.js'
import type { ContractTest, OperationSuite } from './suite.js'
import type { Target } from './target.js'
import type { Breach } from './violation.js'

/**
 * For each operation, who is let in and who isn't, and that a crash is never taken for either. Where nothing puts back
 * what requests change, an operation that changes something is only asked by those whom it has to refuse.
 */
export const securityTests = (suite: OperationSuite): ContractTest[] => {
  const { operation, contract, object, askers, isSpared } = suite
  const test: MakeTest = (name, run) => ({
    operation,
    name,
    run: async () => {
      await run()
    }
  })
  if (securityOf(object).length === 0) return isSpared ? [] : openTests(suite, test)
  const refused = isBearer(contract, object)
    ? refusedTokens
    : {
        'no credentials': () => noCredentials,
        'an unknown key or password': () => unknownCredentials(contract, object)
      }
  return [
    ...Object.entries(refused).map(([what, credentials]) =>
      test(`${what} is answered ${refusalOf(object)}`, () => askRefused(suite, credentials))
    ),
    ...(askers.all(object).length > 0 && !isSpared ? letInTests(suite, test) : [])
  ]
}

type MakeTest = (name: string, run: () => Promise<unknown>) => ContractTest

/** The status that tells who may not ask: 401, if an operation doesn't declare 403 instead. */
const refusalOf = ({ operation: { responses = {} } }: OperationObject): number =>
  !Object.hasOwn(responses, '401') && Object.hasOwn(responses, '403') ? 403 : 401

const askRefused = async (suite: OperationSuite, credentials: (token: string) => Credentials) => {
  const { object, askers, target } = suite
  const { headers } = await askers.credentials(object, askers.welcome(object)[0])
  return ask(suite, target, credentials(tokenIn(headers) ?? ''), challenged(suite))
}

const tokenIn = ({ Authorization: header }: Credentials['headers']): string | undefined =>
  header?.slice('Bearer '.length)

const letInTests = (suite: OperationSuite, test: MakeTest): ContractTest[] => {
  const { contract, object, askers, faulty, target } = suite
  const all = askers.all(object)
  const { pairs } = pairingOf(contract, object, all)
  const [welcome] = askers.welcome(object)
  // Where the example has a request of its own, it isn't about who asks.
  const expected = (name: string): string | undefined =>
    pairs.find(pair => pair.name === name && pair.requests.length === 0)?.answer.status
  const asWelcome = async (at: Target): Promise<Answer> =>
    ask(suite, at, await askers.credentials(object, welcome), status(suite, 'A crash', '500'))
  const what = isBearer(contract, object) ? 'token' : 'request'
  return [
    ...all.map(name =>
      test(`the ${what} of ${name} is answered ${expected(name) ?? 'as one who may ask'}`, async () =>
        ask(
          suite,
          target,
          await askers.credentials(object, name),
          status(suite, `The ${what} of ${name}`, expected(name))
        ))
    ),
    ...(faulty
      ? [
          test('a crash in the security step is answered 500', () => asWelcome(faulty.security)),
          test('a crash in the handler is answered 500', () => asWelcome(faulty.handler)),
          test('no credentials never reach the handler', () =>
            ask(suite, faulty.handler, noCredentials, challenged(suite)))
        ]
      : [])
  ]
}

const openTests = (suite: OperationSuite, test: MakeTest): ContractTest[] => {
  const { contract, askers, faulty, target } = suite
  const secured = operationObjects(contract).find(object => askers.all(object).length > 0)
  const names = secured ? askers.all(secured) : []
  const credentials = async (name: string | undefined): Promise<Credentials> =>
    secured ? askers.credentials(secured, name) : noCredentials
  const askWithout = (): Promise<Answer> => ask(suite, target, noCredentials, () => [])
  const sameAsWithout = async (at: Target, shown: Credentials): Promise<void> => {
    // The second answer counts, because it may matter what the first request has changed.
    const [first, without] = [await askWithout(), await askWithout()]
    const isFixed = isDeepStrictEqual(first.json, without.json) // or each answer is another, such as a new token
    await ask(suite, at, shown, answer =>
      answer.status === without.status && (!isFixed || isDeepStrictEqual(answer.json, without.json))
        ? []
        : [
            {
              pointer: suite.object.pointer + pointer('security'),
              what: `It is open to everybody, but answers ${answer.status} to these credentials and ${without.status} without.`
            }
          ]
    )
  }
  const isOptional = (suite.object.operation.security ?? []).length > 0 // then it may matter who asks
  const crash = faulty
    ? [
        test('a crash in the handler is answered 500', () =>
          ask(suite, faulty.handler, noCredentials, status(suite, 'A crash', '500')))
      ]
    : []
  if (isOptional) return crash
  return [
    ...crash,
    ...Object.entries(refusedTokens).map(([what, make]) =>
      test(`${what} makes no difference`, async () => {
        const { headers } = await credentials(names[0])
        await sameAsWithout(target, make(tokenIn(headers) ?? unknownToken))
      })
    ),
    ...names.map(name =>
      test(`what ${name} shows makes no difference`, async () => sameAsWithout(target, await credentials(name)))
    ),
    ...(faulty
      ? [
          test('a crash in the security step of others makes no difference', async () =>
            sameAsWithout(faulty.security, await credentials(names[0])))
        ]
      : [])
  ]
}

const ask = (
  suite: OperationSuite,
  at: Target,
  credentials: Credentials,
  judge: (answer: Answer) => readonly Breach[]
): Promise<Answer> => suite.exchange.ask(at, suite.object, signed(goodRequest(suite), credentials), judge)

const securityAt = ({ object }: OperationSuite): string => object.pointer + pointer('security')

const challenged =
  (suite: OperationSuite) =>
  (answer: Answer): Breach[] => {
    const challenge = answer.headers['www-authenticate'] ?? ''
    const at = securityAt(suite)
    const refusal = refusalOf(suite.object)
    return [
      ...(answer.status === refusal
        ? []
        : [{ pointer: at, what: `These credentials are answered ${answer.status}, not ${refusal}.` }]),
      ...(answer.status !== 401 || !isBearer(suite.contract, suite.object) || /^Bearer\b/i.test(challenge)
        ? []
        : [{ pointer: at, what: `The 401 doesn't ask for a bearer token in \`WWW-Authenticate\` (RFC 6750 §3).` }])
    ]
  }

const status =
  (suite: OperationSuite, who: string, expected: string | undefined) =>
  ({ status: got }: Answer): Breach[] => {
    const fits = expected === undefined ? got !== 401 && got < 500 : isKey(expected, got)
    const wanted = expected === undefined ? "it isn't to be refused" : `it has to be ${expected}`
    return fits ? [] : [{ pointer: securityAt(suite), what: `${who} is answered ${got}: ${wanted}.` }]
  }

const isKey = (key: string, code: number): boolean =>
  key === String(code) || key === `${Math.floor(code / 100)}XX` || key === 'default'

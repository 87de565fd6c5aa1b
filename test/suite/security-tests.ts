import { isDeepStrictEqual } from 'node:util'
import { operationObjects } from '../../src/contract/operation-objects.js'
import { pointer } from '../../src/contract/pointer.js'
import { pairingOf, securityOf } from '../../scripts/examples/example-pairs.js'
import type { Answer, Sent } from '../support/client.js'
import { goodRequest, unknownToken } from './named-requests.js'
import type { ContractTest, OperationSuite } from './suite.js'
import type { Target } from './target.js'
import type { Breach } from './violation.js'

/** Credentials that let nobody in, made of a token that would. */
const refused: Readonly<Record<string, (token: string) => Record<string, string>>> = {
  'no credentials': () => ({}),
  'an empty header': () => ({ Authorization: '' }),
  'a scheme without a token': () => ({ Authorization: 'Bearer' }),
  'a token without a scheme': token => ({ Authorization: token }),
  'a scheme and a token in one word': token => ({ Authorization: `Bearer${token}` }),
  'another scheme': token => ({ Authorization: `Basic ${token}` }),
  'a scheme that begins like the right one': token => ({ Authorization: `BearerX ${token}` }),
  'an unknown token': () => ({ Authorization: `Bearer ${unknownToken}` })
}

/** For each operation, who is let in and who isn't, and that a crash is never taken for either. */
export const securityTests = (suite: OperationSuite): ContractTest[] => {
  const { operation } = suite
  const test: MakeTest = (name, run) => ({
    operation,
    name,
    run: async () => {
      await run()
    }
  })
  return securityOf(suite.object).length > 0 ? securedTests(suite, test) : openTests(suite, test)
}

type MakeTest = (name: string, run: () => Promise<unknown>) => ContractTest

const securedTests = (suite: OperationSuite, test: MakeTest): ContractTest[] => {
  const { contract, object, askers, faulty, target } = suite
  const { pairs } = pairingOf(contract, object)
  const welcome = askers.welcome(object)
  const names = askers.all(object)
  const tokenOf = async (name: string | undefined): Promise<string> =>
    (await askers.headers(object, name))['Authorization']?.slice('Bearer '.length) ?? ''
  const expected = (name: string): string | undefined => pairs.find(pair => pair.name === name)?.answer.status

  return [
    ...Object.entries(refused).map(([what, credentials]) =>
      test(`${what} is answered 401`, async () =>
        ask(suite, target, credentials(await tokenOf(welcome[0])), challenged(suite)))
    ),
    ...names.map(name =>
      test(`the token of ${name} is answered ${expected(name) ?? 'as one who may ask'}`, async () =>
        ask(suite, target, await askers.headers(object, name), status(suite, `The token of ${name}`, expected(name))))
    ),
    ...(faulty
      ? [
          test('a crash in the security step is answered 500', async () =>
            ask(suite, faulty.security, await askers.headers(object, welcome[0]), status(suite, 'A crash', '500'))),
          test('a crash in the handler is answered 500', async () =>
            ask(suite, faulty.handler, await askers.headers(object, welcome[0]), status(suite, 'A crash', '500'))),
          test('no credentials never reach the handler', async () => ask(suite, faulty.handler, {}, challenged(suite)))
        ]
      : [])
  ]
}

const openTests = (suite: OperationSuite, test: MakeTest): ContractTest[] => {
  const { contract, askers, faulty, target } = suite
  const [secured] = operationObjects(contract).filter(object => securityOf(object).length > 0)
  const names = secured ? askers.all(secured) : []
  const credentials = async (name: string | undefined): Promise<Record<string, string>> =>
    secured ? askers.headers(secured, name) : {}
  const sameAsWithout = async (at: Target, headers: Record<string, string>): Promise<void> => {
    const without = await ask(suite, target, {}, () => [])
    await ask(suite, at, headers, answer =>
      answer.status === without.status && isDeepStrictEqual(answer.json, without.json)
        ? []
        : [
            {
              pointer: suite.object.pointer + pointer('security'),
              what: `It is open to everybody, but answers ${answer.status} to these credentials and ${without.status} without.`
            }
          ]
    )
  }
  return [
    ...Object.entries(refused).map(([what, make]) =>
      test(`${what} makes no difference`, async () => {
        const token = (await credentials(names[0]))['Authorization']?.slice('Bearer '.length) ?? unknownToken
        await sameAsWithout(target, make(token))
      })
    ),
    ...names.map(name =>
      test(`the token of ${name} makes no difference`, async () => sameAsWithout(target, await credentials(name)))
    ),
    ...(faulty
      ? [
          test('a crash in the security step of others makes no difference', async () =>
            sameAsWithout(faulty.security, await credentials(names[0]))),
          test('a crash in the handler is answered 500', () =>
            ask(suite, faulty.handler, {}, status(suite, 'A crash', '500')))
        ]
      : [])
  ]
}

const ask = (
  suite: OperationSuite,
  at: Target,
  credentials: Record<string, string>,
  judge: (answer: Answer) => readonly Breach[]
): Promise<Answer> => {
  const request: Sent = goodRequest(suite)
  return suite.exchange.ask(at, suite.object, { ...request, headers: { ...request.headers, ...credentials } }, judge)
}

const securityAt = ({ object }: OperationSuite): string => object.pointer + pointer('security')

const challenged =
  (suite: OperationSuite) =>
  (answer: Answer): Breach[] => {
    const challenge = answer.headers['www-authenticate'] ?? ''
    const at = securityAt(suite)
    return [
      ...(answer.status === 401
        ? []
        : [{ pointer: at, what: `These credentials are answered ${answer.status}, not 401.` }]),
      ...(answer.status !== 401 || /^Bearer\b/i.test(challenge)
        ? []
        : [{ pointer: at, what: `The 401 doesn't ask for a bearer token in \`WWW-Authenticate\` (RFC 6750 §3).` }])
    ]
  }

const status =
  (suite: OperationSuite, who: string, expected: string | undefined) =>
  ({ status: got }: Answer): Breach[] => {
    const fits = expected === undefined ? ![401, 403].includes(got) && got < 500 : isKey(expected, got)
    const wanted = expected === undefined ? "it isn't to be refused" : `it has to be ${expected}`
    return fits ? [] : [{ pointer: securityAt(suite), what: `${who} is answered ${got}: ${wanted}.` }]
  }

const isKey = (key: string, code: number): boolean =>
  key === String(code) || key === `${Math.floor(code / 100)}XX` || key === 'default'

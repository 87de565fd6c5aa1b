import { isDeepStrictEqual } from 'node:util'
import { type Contract, type OperationObject, operationsOf, pointer } from '../../src/contract/index.js'
import { pairingOf, securityOf } from './examples/example-pairs.js'
import type { Answer, Sent } from './client.js'
import { isBearer, refused } from './credentials.js'
import { goodRequest, unknownToken } from './named-requests.js'
import type { ContractTest, OperationSuite } from './suite.js'
import type { Target } from './target.js'
import { type Breach, ContractViolation } from './violation.js'

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
  const { contract, object, askers } = suite
  if (securityOf(object).length === 0) return openTests(suite, test)
  const bearer = isBearer(contract, object)
  return [
    ...Object.entries(bearer ? refused : { 'no credentials': refused['no credentials'] }).map(([what, credentials]) =>
      test(`${what} is answered 401`, () => askRefused(suite, credentials))
    ),
    ...(askers.all(object).length > 0
      ? letInTests(suite, test)
      : [test('somebody can ask it', () => nobody(contract, object))])
  ]
}

type MakeTest = (name: string, run: () => Promise<unknown>) => ContractTest

const nobody = (contract: Contract, object: OperationObject): Promise<never> => {
  const place = contract.place(object.pointer + pointer('security'), 'key')
  const what = `${place}  Nobody can ask this operation: no example logs in at the \`tokenUrl\` of its security scheme.`
  return Promise.reject(new ContractViolation(`${what}  Give it one, or a token in CONTRACT_USERS.`, [object.pointer]))
}

const askRefused = async (suite: OperationSuite, credentials: (token: string) => Record<string, string>) => {
  const { object, askers, target } = suite
  const { Authorization: header = '' } = await askers.headers(object, askers.welcome(object)[0])
  return ask(suite, target, credentials(header.slice('Bearer '.length)), challenged(suite))
}

const letInTests = (suite: OperationSuite, test: MakeTest): ContractTest[] => {
  const { contract, object, askers, faulty, target } = suite
  const { pairs } = pairingOf(contract, object)
  const [welcome] = askers.welcome(object)
  const expected = (name: string): string | undefined => pairs.find(pair => pair.name === name)?.answer.status
  const asWelcome = async (at: Target): Promise<Answer> =>
    ask(suite, at, await askers.headers(object, welcome), status(suite, 'A crash', '500'))
  return [
    ...askers
      .all(object)
      .map(name =>
        test(`the token of ${name} is answered ${expected(name) ?? 'as one who may ask'}`, async () =>
          ask(suite, target, await askers.headers(object, name), status(suite, `The token of ${name}`, expected(name))))
      ),
    ...(faulty
      ? [
          test('a crash in the security step is answered 500', () => asWelcome(faulty.security)),
          test('a crash in the handler is answered 500', () => asWelcome(faulty.handler)),
          test('no credentials never reach the handler', () => ask(suite, faulty.handler, {}, challenged(suite)))
        ]
      : [])
  ]
}

const openTests = (suite: OperationSuite, test: MakeTest): ContractTest[] => {
  const { contract, askers, faulty, target } = suite
  const [secured] = operationsOf(contract).filter(object => securityOf(object).length > 0)
  const names = secured ? askers.all(secured) : []
  const credentials = async (name: string | undefined): Promise<Record<string, string>> =>
    secured ? askers.headers(secured, name) : {}
  const sameAsWithout = async (at: Target, headers: Record<string, string>): Promise<void> => {
    const [without, again] = [await ask(suite, target, {}, () => []), await ask(suite, target, {}, () => [])]
    const isFixed = isDeepStrictEqual(without.json, again.json) // or each answer is another, such as a new token
    await ask(suite, at, headers, answer =>
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
          ask(suite, faulty.handler, {}, status(suite, 'A crash', '500')))
      ]
    : []
  if (isOptional) return crash
  return [
    ...crash,
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
            sameAsWithout(faulty.security, await credentials(names[0])))
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
      ...(answer.status !== 401 || !isBearer(suite.contract, suite.object) || /^Bearer\b/i.test(challenge)
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

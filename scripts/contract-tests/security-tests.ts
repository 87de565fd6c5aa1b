import { isDeepStrictEqual } from 'node:util'
import { type OperationObject, operationsOf, pointer, securityKind, securityOf } from '../../src/contract/index.js'
import { whereKnown } from './askers.js'
import { pairingOf, alternativesOf } from './examples/example-pairs.js'
import type { Answer } from './client.js'
import {
  type Credentials,
  isBearer,
  noCredentials,
  refusedTokens,
  signed,
  together,
  unknownToken
} from './credentials.js'
import { goodRequest } from './named-requests.js'
import type { ContractTest, OperationSuite } from './operation-suite.js'
import { optionalTests } from './optional-tests.js'
import { isMocked, isUnmocked, whyNotMocked } from './mocked.js'
import { refusedCredentials, tokenIn } from './refused-credentials.js'
import { scopeTests } from './scope-tests.js'
import type { Target } from './target.js'
import type { Breach } from './violation.js'

/**
 * For each operation, who is let in and who isn't, and that a crash is never taken for either. Where nothing puts back
 * what requests change, an operation that changes something is only asked by those whom it has to refuse.
 */
export const securityTests = (suite: OperationSuite): ContractTest[] => {
  const { contract, object, isSpared } = suite
  const refusals = alternativesOf(contract, object).length > 0 ? [...refusalTests(suite), ...scopeTests(suite)] : []
  noteCertificates(suite)
  return isSpared ? refusals : [...refusals, ...crashTests(suite), ...whoeverAsksTests(suite), ...optionalTests(suite)]
}

// A certificate is sent below HTTP: it can only be tried as what a proxy passes on of it.
const noteCertificates = ({ contract, object, operation, askers, coverage }: OperationSuite): void => {
  const { alternatives } = securityOf(contract, object)
  for (const scheme of new Set(alternatives.flat().map(one => one.scheme))) {
    if (securityKind(contract, scheme) !== 'mutualTLS' || askers.canAnybodyShow(scheme)) continue
    coverage.note(`${operation} by ${scheme}`, `nothing says how a proxy passes a certificate on: ${whereKnown}`)
  }
}

/** The status that tells who may not ask: 401, if an operation doesn't declare 403 instead. */
const refusalOf = ({ operation: { responses = {} } }: OperationObject): number =>
  !Object.hasOwn(responses, '401') && Object.hasOwn(responses, '403') ? 403 : 401

const refusalTests = (suite: OperationSuite): ContractTest[] => {
  const { contract, object, operation, askers, target, exchange, coverage } = suite
  const goodFor = (schemes: readonly string[]): string | undefined =>
    askers.welcome(object).find(name => askers.canShow(schemes, name))
  const isKnown = (schemes: readonly string[]): boolean => goodFor(schemes) !== undefined
  return refusedCredentials(contract, object, isKnown).map(({ what, schemes, make }) => ({
    operation,
    name: `${what} is answered ${refusalOf(object)}`,
    run: async () => {
      const judge = challenged(suite)
      const good = await askers.credentialsBy(schemes, goodFor(schemes))
      const request = signed(goodRequest(suite), make(good))
      await exchange.askForbidden(target, object, request, answer => {
        if (!what.includes('unknown') || !isMocked(answer) || answer.status < 200) return judge(answer)
        coverage.note(`${operation} ${what}`, whyNotMocked.credentials)
        return []
      })
    }
  }))
}

const crashTests = (suite: OperationSuite): ContractTest[] => {
  const { contract, object, operation, askers, faulty } = suite
  if (!faulty) return []
  const isOpen = alternativesOf(contract, object).length === 0
  const [welcome] = askers.welcome(object)
  const crash = (what: string, at: Target): ContractTest => ({
    operation,
    name: `a crash in the ${what} is answered 500`,
    run: async () =>
      ask(suite, at, await askers.credentials(object, welcome), ({ status }) =>
        status === 500 ? [] : breach(suite, `A crash is answered ${status}, not 500.`)
      )
  })
  if (isOpen) return [crash('handler', faulty.handler)]
  const name = 'no credentials never reach the handler'
  const refused = { operation, name, run: () => ask(suite, faulty.handler, noCredentials, challenged(suite)) }
  if (welcome === undefined) return [refused]
  return [crash('security step', faulty.security), crash('handler', faulty.handler), refused]
}

/** That nobody is refused who may ask, and that of what is open to everybody nobody sees anything else. */
const whoeverAsksTests = (suite: OperationSuite): ContractTest[] => {
  const { contract, object, operation, askers, target } = suite
  if (alternativesOf(contract, object).length === 0) return openTests(suite)
  const all = askers.all(object)
  const { pairs } = pairingOf(contract, object, all)
  // Whom there is an example for is asked for by that.
  const others = all.filter(name => !pairs.some(pair => pair.name === name && pair.requests.length === 0))
  const mayAsk = (name: string, schemes: readonly string[] | undefined): ContractTest => ({
    operation,
    name: schemes ? `${name} may ask by ${schemes.join(' and ')}` : `${name} may ask`,
    run: async () => {
      const credentials = schemes
        ? together(Object.values(await askers.credentialsBy(schemes, name)))
        : await askers.credentials(object, name)
      return ask(suite, target, credentials, answer =>
        answer.status === 401 || (answer.status >= 500 && !isUnmocked(answer))
          ? breach(suite, `${name}, who may ask, is answered ${answer.status}.`)
          : []
      )
    }
  })
  const byOtherWays = all.flatMap(name =>
    askers
      .ways(object, name)
      .slice(1)
      .map(schemes => mayAsk(name, schemes))
  )
  return [...others.map(name => mayAsk(name, undefined)), ...byOtherWays]
}

const openTests = (suite: OperationSuite): ContractTest[] => {
  const { contract, object, operation, askers, faulty, target } = suite
  if ((object.operation.security ?? []).length > 0) return [] // security is optional: it may matter who asks
  const secured = operationsOf(contract).find(one => askers.all(one).length > 0)
  const names = secured ? askers.all(secured) : []
  const credentials = async (name: string | undefined): Promise<Credentials> =>
    secured ? askers.credentials(secured, name) : noCredentials
  const askWithout = (): Promise<Answer> => ask(suite, target, noCredentials, () => [])
  const same = (what: string, at: Target, shown: () => Promise<Credentials>): ContractTest => ({
    operation,
    name: `${what} makes no difference`,
    run: async () => {
      // The second answer counts, because it may matter what the first request has changed.
      const [first, without] = [await askWithout(), await askWithout()]
      const isFixed = isDeepStrictEqual(first.json, without.json) // or each answer is another, such as a new token
      await ask(suite, at, await shown(), ({ status, json }) =>
        status === without.status && (!isFixed || isDeepStrictEqual(json, without.json))
          ? []
          : breach(
              suite,
              `It is open to all, but answers ${status} to these credentials and ${without.status} without.`
            )
      )
    }
  })
  return [
    ...Object.entries(refusedTokens).map(([what, make]) =>
      same(what, target, async () => make(tokenIn(await credentials(names[0])) ?? unknownToken))
    ),
    ...names.map(name => same(`what ${name} shows`, target, () => credentials(name))),
    ...(faulty ? [same('a crash in the security step of others', faulty.security, () => credentials(names[0]))] : [])
  ]
}

const ask = (
  suite: OperationSuite,
  at: Target,
  credentials: Credentials,
  judge: (answer: Answer) => readonly Breach[]
): Promise<Answer> => suite.exchange.ask(at, suite.object, signed(goodRequest(suite), credentials), judge)

const breach = ({ object }: OperationSuite, what: string): Breach[] => [
  { pointer: object.pointer + pointer('security'), what }
]

const challenged =
  (suite: OperationSuite) =>
  (answer: Answer): Breach[] => {
    const { status, headers } = answer
    const { contract, object } = suite
    const refusal = refusalOf(object)
    if (status !== refusal && !(status === 401 && isMocked(answer)))
      return breach(suite, `These credentials are answered ${status}, not ${refusal}.`)
    if (status !== 401 || !isBearer(contract, object) || /^Bearer\b/i.test(headers['www-authenticate'] ?? '')) return []
    return breach(suite, "The 401 doesn't ask for a bearer token in `WWW-Authenticate` (RFC 6750 §3).")
  }

import { pointer, type RequiredScheme, securityOf, tokenOperation } from '../../src/contract/index.js'
import type { Answer } from './client.js'
import { signed, together } from './credentials.js'
import { isMocked, whyNotMocked } from './mocked.js'
import { goodRequest } from './named-requests.js'
import type { ContractTest, OperationSuite } from './operation-suite.js'
import type { Breach } from './violation.js'

/** A scope that is left out: that of a scheme of an alternative. */
interface Lacking {
  readonly alternative: readonly RequiredScheme[]
  readonly required: RequiredScheme
  readonly scope: string
}

/**
 * For each scope that an operation asks for, that a token without it is answered 403. The token is that of somebody who
 * may ask, and who logs in by an example that asks for scopes: with one less, or with another in its place.
 */
export const scopeTests = (suite: OperationSuite): ContractTest[] => {
  const { alternatives, isOpen } = securityOf(suite.contract, suite.object)
  if (isOpen) return []
  const lacking = alternatives
    .flatMap(alternative => alternative.map(required => ({ alternative, required })))
    .flatMap(one => one.required.scopes.map(scope => ({ ...one, scope })))
    .filter(one => !alternatives.some(other => isSatisfied(other, one)))
  const tests = lacking.flatMap(one => testOf(suite, one) ?? [])
  return [...new Map(tests.map(test => [test.name, test])).values()]
}

// What isn't enough for one alternative may be enough for another.
const isSatisfied = (other: readonly RequiredScheme[], { alternative, required, scope }: Lacking): boolean =>
  other.every(
    ({ scheme, scopes }) =>
      alternative.some(one => one.scheme === scheme) && !(scheme === required.scheme && scopes.includes(scope))
  )

const testOf = (suite: OperationSuite, lacking: Lacking): ContractTest | undefined => {
  const { contract, object, operation, askers, exchange, target, coverage } = suite
  const { alternative, required, scope } = lacking
  const { scheme, scopes } = required
  const schemes = alternative.map(one => one.scheme)
  const asker = askers.welcome(object).find(name => askers.canShow(schemes, name))
  if (asker === undefined || !tokenOperation(contract, scheme)) return undefined
  const name = `a token for ${scheme} without the scope ${scope} is answered 403`
  const leave = (why: string): void => {
    coverage.note(`${operation} ${name}`, why)
  }
  const judge = (answer: Answer): Breach[] => {
    if (answer.status === 403) return []
    if (!isMocked(answer)) {
      const at = required.pointer + pointer(scopes.indexOf(scope))
      return [{ pointer: at, what: `Without the scope it is answered ${answer.status}, not 403.` }]
    }
    leave(whyNotMocked.credentials)
    return []
  }
  const run = async (): Promise<void> => {
    const lesser = await askers.credentialsWithout(scheme, asker, scope, scopes)
    if (!lesser) {
      leave(`\`${asker}\` can't log in for less than its scopes`)
      return
    }
    const others = schemes.filter(one => one !== scheme)
    const all = together([...Object.values(await askers.credentialsBy(others, asker)), lesser])
    await exchange.askForbidden(target, object, signed(goodRequest(suite), all), judge)
  }
  return { operation, name, run }
}

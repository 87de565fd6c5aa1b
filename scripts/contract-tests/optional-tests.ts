import { type OperationObject, securityOf } from '../../src/contract/index.js'
import type { Answer } from './client.js'
import { type Credentials, noCredentials, signed, together } from './credentials.js'
import { isUnmocked } from './mocked.js'
import { goodRequest } from './named-requests.js'
import type { ContractTest, OperationSuite } from './operation-suite.js'
import { refusedCredentials } from './refused-credentials.js'
import type { Target } from './target.js'
import type { Breach } from './violation.js'

/**
 * For an operation whose security is optional (`{}` is one of its alternatives): that whoever sends nothing is let in, and
 * by each other alternative whoever has what it asks for; and that what lets nobody in makes no difference. Where the
 * contract declares a 401 all the same, that is what it may be for.
 */
export const optionalTests = (suite: OperationSuite): ContractTest[] => {
  const { contract, object, operation, askers, faulty, target } = suite
  const { isOpen, alternatives } = securityOf(contract, object)
  if (!isOpen || alternatives.flat().length === 0) return []
  const closed = withoutEmpty(suite)
  const goodFor = (schemes: readonly string[]): string | undefined =>
    askers.welcome(closed).find(name => askers.canShow(schemes, name))
  const refused = refusedCredentials(contract, closed, schemes => goodFor(schemes) !== undefined)
  const has401 = Object.hasOwn(object.operation.responses ?? {}, '401')
  const letIn = (what: string, make: () => Promise<Credentials>): ContractTest => ({
    operation,
    name: `${what}, as its security is optional`,
    run: async () => ask(suite, target, await make(), answer => breachOf(suite, answer, isLetIn(answer)))
  })
  const asNobody = refused
    .filter(({ what }) => what !== 'no credentials')
    .map(({ what, schemes, make }): ContractTest => ({
      operation,
      name: `${what} makes no difference where security is optional`,
      run: async () => {
        const shown = make(await askers.credentialsBy(schemes, goodFor(schemes)))
        // The second answer counts, because it may matter what the first request has changed.
        const [, without] = [await ask(suite, target, noCredentials), await ask(suite, target, noCredentials)]
        await ask(suite, target, shown, answer =>
          breachOf(suite, answer, answer.status === without.status || (has401 && answer.status === 401))
        )
      }
    }))
  const byEach = askers.all(closed).flatMap(name =>
    askers.ways(closed, name).map(schemes => {
      const shown = async (): Promise<Credentials> => together(Object.values(await askers.credentialsBy(schemes, name)))
      return letIn(`${name} may ask by ${schemes.join(' and ')}`, shown)
    })
  )
  const crash: ContractTest[] = faulty
    ? [
        {
          operation,
          name: 'a crash in the security step is answered 500, though security is optional',
          run: () =>
            ask(suite, faulty.security, noCredentials, answer => breachOf(suite, answer, answer.status === 500))
        }
      ]
    : []
  return [
    letIn('whoever sends no credentials may ask', () => Promise.resolve(noCredentials)),
    ...asNobody,
    ...byEach,
    ...crash
  ]
}

/** The operation as if its security weren't optional: so it is known who may ask, and who not. */
const withoutEmpty = ({ contract, object }: OperationSuite): OperationObject => {
  const security = object.operation.security ?? contract.document.security ?? []
  return {
    ...object,
    operation: { ...object.operation, security: security.filter(one => Object.keys(one).length > 0) }
  }
}

const isLetIn = (answer: Answer): boolean => answer.status !== 401 && (answer.status < 500 || isUnmocked(answer))

const ask = (
  suite: OperationSuite,
  at: Target,
  credentials: Credentials,
  judge: (answer: Answer) => readonly Breach[] = () => []
): Promise<Answer> => suite.exchange.ask(at, suite.object, signed(goodRequest(suite), credentials), judge)

const breachOf = ({ contract, object }: OperationSuite, { status }: Answer, isRight: boolean): Breach[] => {
  const what = `Its security is optional, but these credentials are answered ${status}.`
  return isRight ? [] : [{ pointer: securityOf(contract, object).pointer, what }]
}

import type { OperationObject } from '../../src/contract/index.js'
import { signed } from './credentials.js'
import { alternativesOf } from './examples/example-pairs.js'
import { goodRequest } from './named-requests.js'
import type { ContractTest, OperationSuite } from './operation-suite.js'

/** What an operation does to what is there. */
export type Phase = 'read' | 'create' | 'change' | 'delete'

const phases: Readonly<Record<string, Phase>> = { post: 'create', put: 'change', patch: 'change', delete: 'delete' }

/** What an operation does by its method (RFC 9110 §9.2.1). */
export const phaseOf = ({ method }: OperationObject): Phase => phases[method] ?? 'read'

/** The tests of all operations, first of those that change nothing, last of those that delete. */
export const inOrder = (
  suites: readonly OperationSuite[],
  testsOf: (suite: OperationSuite) => readonly ContractTest[]
): ContractTest[] => {
  const of = (phase: Phase) =>
    suites.filter(({ object, issuesTokens }) => (issuesTokens ? 'read' : phaseOf(object)) === phase)
  const again = of('create').length === 0 ? [] : of('read').filter(({ object }) => object.method === 'get')
  return [
    ...[...of('read'), ...of('create')].flatMap(testsOf),
    ...again.map(readAgain),
    ...[...of('change'), ...of('delete')].flatMap(testsOf)
  ]
}

/** A test that an operation is still answered as declared after something has been created. */
const readAgain = (suite: OperationSuite): ContractTest => {
  const { contract, operation, object, askers, exchange, target } = suite
  const run = async (): Promise<void> => {
    const [welcome] = askers.welcome(object)
    if (alternativesOf(contract, object).length > 0 && welcome === undefined) return
    const request = signed(goodRequest(suite), await askers.credentials(object, welcome))
    await exchange.ask(target, object, request, ({ status }) =>
      status < 500 ? [] : [{ pointer: object.pointer, what: `It is answered ${status} after something was created.` }]
    )
  }
  return { operation, name: 'is answered as declared after something was created', run }
}

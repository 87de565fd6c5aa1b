import { formsOf } from './forms.js'
import type { Tried } from './report.js'
import { type Outcome, refusedOutcome, tryTest, worstOf } from './rounds.js'
import { type NextReply, withServed } from './served-groups.js'
import type { SuiteGroup, SuiteTest } from './suite.js'

/**
 * Tries all tests of groups, each in every form of its schema.
 *
 * @param onProgress called with how many groups have been tried
 */
export const trySuite = async (groups: readonly SuiteGroup[], onProgress: (done: number) => void): Promise<Tried[]> => {
  const outcomes = new Map<SuiteTest, Outcome>()
  const tried = new Set<SuiteGroup>()
  const add = (test: SuiteTest, outcome: Outcome): void => {
    const known = outcomes.get(test)
    outcomes.set(test, known ? worstOf(known, outcome) : outcome)
  }
  const next: NextReply = {}
  const forms = groups.flatMap((group, index) => formsOf(group, `group${index}`))
  const refused = await withServed(forms, next, async served => {
    for (const one of served) {
      const { group } = one.formed
      for (const test of group.tests) add(test, await tryTest(one, test, next))
      onProgress(tried.add(group).size)
    }
  })
  for (const { group } of refused) {
    for (const test of group.tests) add(test, refusedOutcome)
  }
  return groups.flatMap(group =>
    group.tests.map(test => ({ group, test, outcome: outcomes.get(test) ?? refusedOutcome }))
  )
}

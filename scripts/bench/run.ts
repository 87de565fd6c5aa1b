import type { Cores } from './cores.js'
import { startLoadGenerator } from './load.js'
import { measure, type Measured } from './measure.js'
import type { Options } from './options.js'
import { reportOf } from './report.js'
import type { Scenario } from './scenario.js'
import { scenarios } from './scenarios.js'

/** A scenario, and what came of it. */
export interface Result {
  readonly scenario: Scenario
  readonly measured: readonly Measured[]
}

/** Measures the scenarios that are asked for, or all, one after another, and tells each when it is done. */
export const measureScenarios = async (
  { scenarios: asked, only, peers, rounds }: Pick<Options, 'scenarios' | 'only' | 'peers' | 'rounds'>,
  cores: Cores | undefined,
  tell: (report: string) => void
): Promise<Result[]> => {
  const load = startLoadGenerator()
  const results: Result[] = []
  for (const [name, make] of Object.entries(scenarios)) {
    if (asked.length > 0 && !asked.includes(name)) continue
    const made = await make()
    const own = made.servers.filter(({ name }) => only.length === 0 || only.includes(name))
    const scenario = { ...made, name, servers: [...own, ...peers] }
    const measured = await measure(scenario, { rounds, load, cores: cores && [cores.server] })
    tell(reportOf(scenario, measured))
    results.push({ scenario, measured })
  }
  await load.stop()
  return results
}

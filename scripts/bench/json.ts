import type { Sample } from './measure.js'
import type { Result } from './run.js'

const fields = ['cpu', 'rate', 'p50', 'p99', 'rss', 'answered', 'failed'] as const satisfies readonly (keyof Sample)[]

/**
 * All that was measured, for programs, as a text of JSON: for each scenario, request and server what each round gave, in the
 * units of `Sample`, and `bootTime` in milliseconds; or the `problem` that kept a server from being timed.
 */
export const benchJson = (machine: string, results: readonly Result[]): string => {
  const scenarios = results.map(({ scenario, measured }) => ({
    name: scenario.name,
    requests: scenario.exchanges.map(({ name }) => ({
      name,
      servers: measured.map(({ peer, problem, bootTime, series }) => ({
        name: peer.name,
        title: peer.title,
        ...(problem === undefined
          ? { bootTime, ...Object.fromEntries(fields.map(field => [field, series(name, field)])) }
          : { problem })
      }))
    }))
  }))
  return `${JSON.stringify({ machine, scenarios }, undefined, 2)}\n`
}

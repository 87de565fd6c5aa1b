import { parseArgs } from 'node:util'
import type { Side } from './left-out-tests.js'

export interface Options {
  /** What is edited. */
  readonly sides: readonly Side[]
  /** How many edits are tried at the same time. */
  readonly jobs: number
  /** How many edits are tried, evenly picked; all if there is no number. */
  readonly sample: number | undefined
  /** What the place or the description of an edit must contain. */
  readonly only: string
  /** Whether edits are tried that have results. */
  readonly again: boolean
}

/** What is wrong with the command line. */
export class OptionError extends Error {
  override readonly name = 'OptionError'
}

export const help = `npm run mutate -- [options]

Makes single edits of openapi.yaml and of src/, each in a copy of the project, and runs the checks and the tests on
each: what none of them notices is a gap in them. Results are kept in coverage/mutate/: it can be stopped, and goes on
where it was. Exit code 0 if at least 95 % of the edits are noticed, 1 if fewer are, 2 if it can't run.

  (none)          tries all edits, but those that have a result
  --contract      only the edits of openapi.yaml
  --source        only the edits of src/
  --jobs 2        how many edits are tried at the same time
  --sample 20     only so many edits, evenly picked
  --only TEXT     only edits with TEXT in their place or in what they do: --only openapi.yaml:257
  --again         tries edits that have a result, too
`

const count = (name: string, text: string): number => {
  if (!/^[1-9]\d*$/.test(text)) throw new OptionError(`--${name} is ${JSON.stringify(text)}; it takes a number from 1.`)
  return Number(text)
}

const parse = (args: string[]) => {
  try {
    return parseArgs({
      args,
      options: {
        contract: { type: 'boolean', default: false },
        source: { type: 'boolean', default: false },
        jobs: { type: 'string', default: '2' },
        sample: { type: 'string' },
        only: { type: 'string', default: '' },
        again: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false }
      }
    }).values
  } catch (error) {
    throw new OptionError(error instanceof Error ? error.message : String(error))
  }
}

/**
 * Reads the command line; `undefined` if help is asked for.
 *
 * @throws {OptionError}
 */
export const readOptions = (args: string[]): Options | undefined => {
  const { help: wanted, contract, source, jobs, sample, only, again } = parse(args)
  if (wanted) return undefined
  const both = contract === source
  return {
    sides: [...(contract || both ? (['contract'] as const) : []), ...(source || both ? (['source'] as const) : [])],
    jobs: count('jobs', jobs),
    sample: sample === undefined ? undefined : count('sample', sample),
    only,
    again
  }
}

import { readArguments, wholeNumber } from '../lib/options.js'
import type { Side } from './edit.js'

export interface Options {
  /** What is edited. */
  readonly sides: readonly Side[]
  /** How many edits are tried at the same time. */
  readonly jobs: number
  /** How many edits are tried, evenly picked. */
  readonly sample: number
  /** What the place or the description of an edit must contain. */
  readonly only: string
  /** Whether edits are tried that have results. */
  readonly again: boolean
}

export const help = `npm run mutate -- [options]

Makes single edits of openapi.yaml and of src/, each in a copy of the project, and runs the checks and the tests on
each: what none of them notices is a gap in them. Results are kept in coverage/mutate/: it can be stopped, and goes on
where it was. Exit code 0 if at least 95 % of the edits are noticed, 1 if fewer are, 2 if it can't run.

  (none)          tries all edits, but those that have a result
  --contract      only the edits of openapi.yaml
  --source        only the edits of src/: about 130 of all that can be made
  --jobs 2        how many edits are tried at the same time
  --sample 20     only so many edits, evenly picked
  --only TEXT     only edits with TEXT in their place or in what they do, of all that can be made: --only src/app.ts
  --again         tries edits that have a result, too
`

/**
 * Reads the command line; `undefined` if help is asked for.
 *
 * @throws {OptionError}
 */
export const readOptions = (args: readonly string[]): Options | undefined => {
  const values = readArguments(args, {
    contract: { type: 'boolean', default: false },
    source: { type: 'boolean', default: false },
    jobs: { type: 'string', default: '2' },
    sample: { type: 'string' },
    only: { type: 'string', default: '' },
    again: { type: 'boolean', default: false }
  })
  if (!values) return undefined
  const { contract, source, jobs, sample, only, again } = values
  return {
    sides: contract === source ? ['contract', 'source'] : [contract ? 'contract' : 'source'],
    jobs: wholeNumber('jobs', jobs, 1),
    sample: sample === undefined ? Infinity : wholeNumber('sample', sample, 1),
    only,
    again
  }
}

import { readArguments, wholeNumber } from '../lib/options.js'

export const help = `npm run mutate -- [options]

Makes single edits of openapi.yaml and of src/, each in a copy of the project, and runs the checks and the tests on
each: what none of them notices is a gap in them. Exit code 0 if at least 95 % of the edits are noticed, 1 if fewer are,
2 if it can't run.

  (none)          tries all edits
  --contract      only the edits of openapi.yaml
  --source        only the edits of src/: about 130 of all that can be made
  --jobs 2        how many edits are tried at the same time
  --sample 20     only so many edits, evenly picked
  --only TEXT     only edits with TEXT in their place or in what they do, of all that can be made: --only src/app.ts
`

/**
 * Reads the command line; `undefined` if help is asked for.
 *
 * @throws {OptionError}
 */
export const readOptions = (args: readonly string[]) => {
  const values = readArguments(args, {
    contract: { type: 'boolean', default: false },
    source: { type: 'boolean', default: false },
    jobs: { type: 'string', default: '2' },
    sample: { type: 'string' },
    only: { type: 'string', default: '' }
  })
  if (!values) return undefined
  const { contract, source, jobs, sample, only } = values
  return {
    contract: contract || !source,
    source: source || !contract,
    jobs: wholeNumber('jobs', jobs, 1),
    sample: sample === undefined ? Infinity : wholeNumber('sample', sample, 1),
    only
  }
}

export type Options = NonNullable<ReturnType<typeof readOptions>>

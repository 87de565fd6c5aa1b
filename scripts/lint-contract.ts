/**
 * Prints what a contract could say better, and the rules of this project that it breaks: one line for each kind, with its
 * count. Exit code 1 if there is any, or if the contract can't be served in the first place.
 *
 *   node scripts/run.js scripts/lint-contract.ts [--all] [FILE]
 *
 * The file is the project's openapi.yaml, unless told otherwise; with --all there is a line for each place.
 */
import { OptionError, readName } from './lib/options.js'
import { lintContract } from './lint-contract/lint-contract.js'

try {
  const { name, has } = readName(process.argv.slice(2), 'all')
  const { code, lines } = await lintContract(name, has('all'))
  for (const line of lines) console.error(line)
  process.exitCode = code
} catch (error) {
  if (!(error instanceof OptionError)) throw error
  console.error(error.message)
  process.exitCode = 1
}

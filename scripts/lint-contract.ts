/**
 * Prints what a contract could say better, and the rules of this project that it breaks: one line for each kind, with its
 * count. Exit code 1 if there is any, or if the contract can't be served in the first place.
 *
 *   node scripts/run.js scripts/lint-contract.ts [--all] [FILE]
 *
 * The file is the project's openapi.yaml, unless told otherwise; with --all there is a line for each place.
 */
import { lintContract } from './lint-contract/lint-contract.js'

const args = process.argv.slice(2)
const { code, lines } = await lintContract(
  args.find(one => !one.startsWith('--')),
  args.includes('--all')
)
for (const line of lines) console.error(line)
process.exitCode = code

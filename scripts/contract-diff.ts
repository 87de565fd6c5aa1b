/**
 * Prints what changed in openapi.yaml since a commit, a line each. Exit code 0 if no client can break, 1 if one can, 2
 * if the contracts can't be compared.
 *
 *   node scripts/run.js scripts/contract-diff.ts [GIT-REF]    HEAD, unless told otherwise
 */
import { compareWithCommit } from './contract-diff/comparison.js'
import { wantsColours } from './lib/colours.js'
import { OptionError, readName } from './lib/options.js'
import { root } from './lib/root.js'

try {
  const { name = 'HEAD' } = readName(process.argv.slice(2))
  const { code, text } = await compareWithCommit(root, name, wantsColours(process.stdout))
  if (code === 2) console.error(text)
  else console.log(text)
  process.exitCode = code
} catch (error) {
  if (!(error instanceof OptionError)) throw error
  console.error(error.message)
  process.exitCode = 2
}

/**
 * Prints what changed in openapi.yaml since a commit, a line each. Exit code 0 if no client can break, 1 if one can, 2
 * if the contracts can't be compared.
 *
 *   node scripts/run.js scripts/contract-diff.ts [GIT-REF]    HEAD, unless told otherwise
 */
import { compareWithCommit } from './contract-diff/comparison.js'
import { wantsColours } from './lib/colours.js'
import { root } from './lib/root.js'

const { code, text } = await compareWithCommit(root, process.argv[2] ?? 'HEAD', wantsColours(process.stdout))
if (code === 2) console.error(text)
else console.log(text)
process.exitCode = code

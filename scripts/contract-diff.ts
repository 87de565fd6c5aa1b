/**
 * Prints what changed in openapi.yaml since a commit, a line each. Exit code 0 if no client can break, 1 if one can, 2
 * if the contracts can't be compared.
 *
 *   tsx scripts/contract-diff.ts [GIT-REF]    HEAD, unless told otherwise
 */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { ContractError, parseContract, readContract } from '../src/contract/index.js'
import { changesBetween, formatChanges } from './contract-diff/changes.js'
import { wantsColours } from './lib/colours.js'
import { root as folder } from './lib/root.js'

/** The contracts can't be compared, for a reason that isn't in the contracts. The message says it in one sentence. */
class CompareError extends Error {
  override readonly name = 'CompareError'
}

const git = async (...args: readonly string[]): Promise<string> => {
  const options = { cwd: folder, env: { ...process.env, LC_ALL: 'C' }, maxBuffer: 64 * 1024 * 1024 }
  return (await promisify(execFile)('git', args, options)).stdout
}

const textOf = async (ref: string): Promise<string> => {
  await git('--version').catch(() => {
    throw new CompareError('There is no git to read the earlier contract with.')
  })
  await git('rev-parse', '--git-dir').catch(() => {
    throw new CompareError('This folder is not in a git repository.')
  })
  const noCommit = (): never => {
    throw new CompareError(`There is no commit \`${ref}\`.`)
  }
  if (ref.startsWith('-')) noCommit() // git would take it for an option
  await git('rev-parse', '--verify', '--quiet', `${ref}^{commit}`).catch(noCommit)
  return git('show', `${ref}:./openapi.yaml`).catch(() => {
    throw new CompareError(`There is no openapi.yaml in the commit \`${ref}\`.`)
  })
}

try {
  const ref = process.argv[2] ?? 'HEAD'
  const before = parseContract(await textOf(ref), `${ref}:openapi.yaml`)
  const changes = changesBetween(before, await readContract(`${folder}openapi.yaml`))
  const colours = wantsColours(process.stdout)
  console.log(formatChanges(changes, colours))
  process.exitCode = changes.some(({ breaking }) => breaking) ? 1 : 0
} catch (error) {
  if (!(error instanceof CompareError || error instanceof ContractError)) throw error
  console.error(error.message)
  process.exitCode = 2
}

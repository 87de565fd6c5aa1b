import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { ContractError, parseContract, readContract } from '../../src/contract/index.js'
import { changesBetween, formatChanges } from './changes.js'

/** What there is to print, and the exit code: 0 if no client can break, 1 if one can, 2 if contracts can't be compared. */
export interface Comparison {
  readonly code: 0 | 1 | 2
  readonly text: string
}

/**
 * Compares `openapi.yaml` in a folder with what it was in a commit.
 *
 * @param ref whatever names the commit to git
 * @param colours whether to colour what is printed
 */
export const compareWithCommit = async (folder: string, ref: string, colours: boolean): Promise<Comparison> => {
  try {
    const before = parseContract(await committedText(folder, ref), `${ref}:openapi.yaml`)
    const changes = changesBetween(before, await readContract(join(folder, 'openapi.yaml')))
    return { code: changes.some(({ breaking }) => breaking) ? 1 : 0, text: formatChanges(changes, colours) }
  } catch (error) {
    if (!(error instanceof GitError || error instanceof ContractError)) throw error
    return { code: 2, text: error.message }
  }
}

/** There is no earlier contract. The message says why in one sentence. */
class GitError extends Error {}

const committedText = async (folder: string, ref: string): Promise<string> => {
  const git = (otherwise: string, ...args: readonly string[]): Promise<string> =>
    promisify(execFile)('git', args, { cwd: folder, maxBuffer: 64 * 1024 * 1024 }).then(
      ({ stdout }) => stdout,
      () => Promise.reject(new GitError(otherwise))
    )
  await git('There is no git to read the earlier contract with.', '--version')
  await git('This folder is not in a git repository.', 'rev-parse', '--git-dir')
  const commit = ref.startsWith('-') ? '' : `${ref}^{commit}` // git would take it for an option
  await git(`There is no commit \`${ref}\`.`, 'rev-parse', '--verify', '--quiet', commit)
  return git(`There is no openapi.yaml in the commit \`${ref}\`.`, 'show', `${ref}:./openapi.yaml`)
}

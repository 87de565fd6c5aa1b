import { fileURLToPath } from 'node:url'
import { advice, type Code, compileFindings, ContractError, readContract } from '../../src/contract/index.js'
import { handlers } from '../../src/operations/index.js'
import { problems as ownProblems } from '../../src/services.js'
import { grouped } from './grouped.js'
import { lintFindings } from './rules.js'
import { slowPatternNotes } from './slow-pattern-notes.js'
import { unreachableLengthNotes } from './unreachable-length-notes.js'

const own: Code = handlers
const nobodys: Code = { operations: {}, security: {} }

/** What there is to print of a contract, a line for each finding, and the exit code: 1 if there is any. */
export interface Lint {
  readonly code: 0 | 1
  readonly lines: readonly string[]
}

/**
 * What a contract could say better, and the rules of this project that it breaks; of one that can't be served, why not.
 *
 * @param named its file; the project's `openapi.yaml`, which is held against the project's code, if it isn't told
 * @param all whether to tell every place, and not one for each kind
 * @param code what it is held against, and the words of the server's own replies
 */
export const lintContract = async (
  named: string | undefined,
  all: boolean,
  { code, problems } = { code: named === undefined ? own : nobodys, problems: ownProblems }
): Promise<Lint> => {
  try {
    const file = named ?? fileURLToPath(new URL('../../openapi.yaml', import.meta.url))
    const contract = await readContract(file, compileFindings)
    const notes = [
      ...advice(contract, code, problems),
      ...unreachableLengthNotes(contract),
      ...(await slowPatternNotes(contract))
    ].map(({ pointer, what, todo, rule }) => ({ place: contract.place(pointer, 'key'), what: `${what} ${todo}`, rule }))
    const lines = grouped([...notes, ...(await lintFindings(contract))], all)
    return { code: lines.length > 0 ? 1 : 0, lines }
  } catch (error) {
    if (!(error instanceof ContractError)) throw error
    return { code: 1, lines: [error.message] }
  }
}

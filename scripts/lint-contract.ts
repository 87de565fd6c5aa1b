/**
 * Prints what a contract could say better, and the rules of this project that it breaks: one line for each kind, with its
 * count. Exit code 1 if there is any, or if the contract can't be served in the first place.
 *
 *   tsx scripts/lint-contract.ts [--all] [FILE]    the project's openapi.yaml, unless told otherwise; a line for each
 *                                                  place with --all
 */
import { fileURLToPath } from 'node:url'
import { advice, type Code, compileFindings, ContractError, readContract } from '../src/contract/index.js'
import { handlers } from '../src/operations/index.js'
import { problems } from '../src/services.js'
import { grouped } from './lint-contract/grouped.js'
import { lintFindings } from './lint-contract/rules.js'
import { slowPatternNotes } from './lint-contract/slow-pattern-notes.js'

const [named] = process.argv.slice(2).filter(argument => !argument.startsWith('--'))
const own: Code = handlers
const nobodys: Code = { operations: {}, security: {} }

try {
  const contract = await readContract(
    named ?? fileURLToPath(new URL('../openapi.yaml', import.meta.url)),
    compileFindings
  )
  const notes = [
    ...advice(contract, named === undefined ? own : nobodys, problems),
    ...(await slowPatternNotes(contract))
  ].map(({ pointer, what, todo, rule }) => ({ place: contract.place(pointer, 'key'), what: `${what} ${todo}`, rule }))
  const findings = [...notes, ...(await lintFindings(contract))]
  for (const line of grouped(findings, process.argv.includes('--all'))) console.error(line)
  if (findings.length > 0) process.exitCode = 1
} catch (error) {
  if (!(error instanceof ContractError)) throw error
  console.error(error.message)
  process.exitCode = 1
}

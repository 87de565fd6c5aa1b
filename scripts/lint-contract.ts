/**
 * Prints the rules of this project that the contract breaks, a line each. Exit code 1 if there is any, or if the
 * contract isn't valid in the first place.
 *
 *   tsx scripts/lint-contract.ts [FILE]    the project's openapi.yaml, unless told otherwise
 */
import { fileURLToPath } from 'node:url'
import { ContractError, readContract } from '../src/contract/index.js'
import { lintFindings } from './lint-contract/rules.js'

const file = process.argv[2] ?? fileURLToPath(new URL('../openapi.yaml', import.meta.url))

try {
  const findings = await lintFindings(await readContract(file))
  for (const { place, what, rule } of findings) console.error(`${place}  ${what}  (${rule})`)
  if (findings.length > 0) process.exitCode = 1
} catch (error) {
  if (!(error instanceof ContractError)) throw error
  console.error(error.message)
  process.exitCode = 1
}

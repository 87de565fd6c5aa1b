/**
 * Writes `generated/openapi.d.ts` from the contract: the types of openapi-typescript, and beside them those of the
 * security schemes, which it leaves out. With `--check` writes nothing, and fails if the file isn't up to date.
 */
import { fileURLToPath } from 'node:url'
import { ContractError, readContract } from '../src/contract/index.js'
import { compareTypes, updateTypes } from './generate/types-file.js'

try {
  const contract = await readContract(fileURLToPath(new URL('../openapi.yaml', import.meta.url)))
  if (process.argv.includes('--check')) {
    if (!(await compareTypes(contract)).same) {
      console.error('generated/openapi.d.ts is not what openapi.yaml says. Run `npm run generate`.')
      process.exitCode = 1
    }
  } else if (await updateTypes(contract)) {
    console.log('generated/openapi.d.ts written')
  }
} catch (error) {
  if (!(error instanceof ContractError)) throw error
  console.error(error.message)
  process.exitCode = 1
}

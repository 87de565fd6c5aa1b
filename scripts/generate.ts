/**
 * Writes `generated/openapi.d.ts` from the contract: the types of openapi-typescript, and beside them those of the
 * security schemes, which it leaves out. With `--check` writes nothing, and fails if the file isn't up to date.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { ContractError, readContract } from '../src/contract/index.js'
import { typesOf } from './generate/types.js'

const contractFile = fileURLToPath(new URL('../openapi.yaml', import.meta.url))
const typesFile = fileURLToPath(new URL('../generated/openapi.d.ts', import.meta.url))

try {
  const types = await typesOf(await readContract(contractFile))
  const current = await readFile(typesFile, 'utf8').catch(() => '')
  if (process.argv.includes('--check')) {
    if (current !== types) {
      console.error('generated/openapi.d.ts is not what openapi.yaml says. Run `npm run generate`.')
      process.exitCode = 1
    }
  } else if (current !== types) {
    await mkdir(new URL('../generated/', import.meta.url), { recursive: true })
    await writeFile(typesFile, types)
    console.log('generated/openapi.d.ts written')
  }
} catch (error) {
  if (!(error instanceof ContractError)) throw error
  console.error(error.message)
  process.exitCode = 1
}

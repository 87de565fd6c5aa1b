/**
 * Writes `generated/openapi.d.ts` from the contract: the types of openapi-typescript, and beside them those of the
 * security schemes, which it leaves out. Of another contract that is named, `generated/` is beside it. With `--check`
 * writes nothing, and fails if the file isn't up to date.
 */
import { dirname, join, relative } from 'node:path'
import { ContractError, readContract } from '../src/contract/index.js'
import { compareTypes, updateTypes } from './generate/types-file.js'
import { OptionError, readName } from './lib/options.js'
import { root } from './lib/root.js'

try {
  const { name, has } = readName(process.argv.slice(2), 'check')
  const named = name ?? join(root, 'openapi.yaml')
  const file = join(dirname(named), 'generated', 'openapi.d.ts')
  const shown = relative(process.cwd(), file)
  const contract = await readContract(named)
  if (has('check')) {
    if (!(await compareTypes(contract, file)).same) {
      const command = name === undefined ? 'npm run generate' : `npm run generate -- ${name}`
      console.error(`${shown} is not what ${relative(process.cwd(), named)} says. Run \`${command}\`.`)
      process.exitCode = 1
    }
  } else if (await updateTypes(contract, file)) {
    console.log(`${shown} written`)
  }
} catch (error) {
  if (!(error instanceof ContractError || error instanceof OptionError)) throw error
  console.error(error.message)
  process.exitCode = 1
}

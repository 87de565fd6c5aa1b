/**
 * Makes `dist/`: types from the contract, then JavaScript from TypeScript, so that code which doesn't fit the contract
 * is never built, then the compiled contract. With `--if-needed` does nothing if `dist/` is newer than all that it is made of.
 */
import { spawnSync } from 'node:child_process'
import { readdirSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fits, production } from '../src/app.js'
import { handlers } from '../src/operations/index.js'
import { problems } from '../src/services.js'
import { compileContract, ContractError, readContract } from '../src/contract/index.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const stamp = join(root, 'dist/.built')

const changedAt = (path: string): number => statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0
const filesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map(name => join(folder, name))

const sources = [
  'openapi.yaml',
  'package-lock.json',
  'tsconfig.json',
  ...filesIn('src'),
  ...filesIn('scripts').filter(path => !path.startsWith('scripts/bench'))
]
const built = statSync(stamp, { throwIfNoEntry: false })?.mtimeMs ?? 0

if (!process.argv.includes('--if-needed') || sources.some(path => changedAt(path) > built)) {
  const run = (...args: string[]): boolean =>
    spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status === 0
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')
  if (run('--import', 'tsx', 'scripts/generate.ts') && run(tsc, '-p', 'scripts/tsconfig.build.json')) {
    try {
      const contract = await readContract(join(root, 'openapi.yaml'), fits({ handlers, problems, mode: production }))
      writeFileSync(join(root, 'dist/contract.json'), compileContract(contract))
      writeFileSync(stamp, '')
    } catch (error) {
      if (!(error instanceof ContractError)) throw error
      console.error(error.message)
      process.exitCode = 1
    }
  } else {
    process.exitCode = 1 // what is wrong has been printed by the one that found it
  }
}

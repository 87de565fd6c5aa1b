/**
 * `npm run dev`: a server that follows the contract as it is edited. Beside it runs the compiler, which says what no
 * longer fits, with types made anew on each save; a save under `src/` restarts the server.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { ContractError, readContract } from '../src/contract/index.js'
import { onSave } from './dev/on-save.js'
import { typesOf } from './generate/types.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const path = (name: string): string => `${root}${name}`

const start = (...args: string[]): ChildProcess =>
  spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })

const startServer = (): ChildProcess => start('--import', 'tsx', 'scripts/dev/serve.ts')

const makeTypes = async (): Promise<void> => {
  try {
    const types = await typesOf(await readContract(path('openapi.yaml')))
    const file = path('generated/openapi.d.ts')
    if (types !== (await readFile(file, 'utf8').catch(() => ''))) await writeFile(file, types)
  } catch (error) {
    if (!(error instanceof ContractError)) throw error // the server has said what is wrong with the contract
  }
}

await makeTypes().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
})
let server = startServer()
const compiler = start(
  createRequire(import.meta.url).resolve('typescript/bin/tsc'),
  ...'--watch --preserveWatchOutput --noEmit --incremental false --project scripts/tsconfig.build.json'.split(' ')
)

// Later than the server swaps the contract, so that the swap has the processor for itself.
onSave(path('openapi.yaml'), makeTypes, 250)
onSave(path('src'), async () => {
  if (server.exitCode === null && server.signalCode === null) {
    server.kill()
    await once(server, 'exit')
  }
  console.log('src has changed: the server starts again')
  server = startServer()
})

const stop = (): void => {
  server.kill()
  compiler.kill()
  process.exit(0)
}
process.on('SIGINT', stop)
process.on('SIGTERM', stop)

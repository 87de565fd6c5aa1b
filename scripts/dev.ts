/**
 * `npm run dev`: a server that follows the contract as it is edited. Beside it runs the compiler, which says what no
 * longer fits, with types made anew on each save; a save under `src/` restarts the server.
 */
import { join } from 'node:path'
import { compilerArgs } from './build/compiler.js'
import { follow } from './dev/follow.js'
import { type Running, scriptArgs, startProcess } from './lib/process.js'
import { killAll } from './lib/process-group.js'
import { root } from './lib/root.js'

const contractFile = join(root, 'openapi.yaml')

const start = (...args: string[]): Running =>
  startProcess(process.execPath, args, { stdout: 'inherit', stderr: 'inherit' })

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(0))
process.on('exit', killAll)

let server: Running | undefined
const restartServer = async (): Promise<void> => {
  console.log(server ? 'src has changed: the server starts again' : 'Starting the server …')
  await server?.stop()
  server = start(...scriptArgs('scripts/dev/serve.ts'))
}

let otherFiles: readonly string[] = [] // that the contract is written in, or should be

// Loaded when the server is on its way: it needs no types, and whoever waits for it shouldn't wait for these.
const makeTypes = async (): Promise<void> => {
  const { ContractError, readContract } = await import('../src/contract/index.js')
  const { updateTypes } = await import('./generate/types-file.js')
  try {
    const contract = await readContract(contractFile)
    await updateTypes(contract)
    otherFiles = contract.files.slice(1).map(name => join(root, name))
  } catch (error) {
    if (!(error instanceof ContractError)) throw error // the server has said what is wrong with the contract
    otherFiles = error.files.slice(1).map(name => join(root, name))
  }
}

await follow(join(root, 'src'), restartServer).first
console.log('Making the types of openapi.yaml …')
await follow(contractFile, makeTypes, 250, () => otherFiles).first // later than the server swaps: the swap has the processor for itself
console.log('Starting the compiler …')
start(...compilerArgs(root), '--watch', '--preserveWatchOutput')

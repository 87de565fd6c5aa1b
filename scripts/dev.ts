/**
 * `npm run dev`: a server that follows the contract as it is edited. Beside it runs the compiler, which says what no
 * longer fits, with types made anew on each save; a save under `src/` restarts the server.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { follow } from './dev/follow.js'
import { root } from './lib/root.js'

const contractFile = join(root, 'openapi.yaml')

const children = new Set<ChildProcess>()
const start = (...args: string[]): ChildProcess => {
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
  children.add(child)
  child.on('exit', () => children.delete(child))
  return child
}
const stop = (): void => {
  for (const child of children) child.kill()
  process.exit(0)
}
process.on('SIGINT', stop)
process.on('SIGTERM', stop)

let server: ChildProcess | undefined
const restartServer = async (): Promise<void> => {
  console.log(server ? 'src has changed: the server starts again' : 'Starting the server …')
  if (server?.exitCode === null && server.signalCode === null) {
    server.kill()
    await once(server, 'exit')
  }
  server = start('--import', 'tsx', 'scripts/dev/serve.ts')
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
start(
  createRequire(import.meta.url).resolve('typescript/bin/tsc'),
  ...'--watch --preserveWatchOutput --noEmit --project scripts/tsconfig.build.json'.split(' ')
)

/**
 * `npm run test:contract`: runs the tests that the contract writes against the server at `BASE_URL`, or, if there is
 * none, against this one, built and started as its own process on a free port. What follows `--` goes to Jest.
 *
 *   CONTRACT          the contract that the server is held against, where it isn't openapi.yaml
 *   CONTRACT_USERS    a file that says who asks, where that isn't as in the examples and in test/seed.ts
 *   CONTRACT_RESET    what puts back what is there before each test: a command, or a URL that a POST is sent to.
 *                     Without it, what changes something is asked once, last, in the order create, change, delete.
 *   CONTRACT_RUNS     how many random requests are sent to each operation
 *   CONTRACT_SEED     what they are made from
 *   CONTRACT_SECONDS  how long random logins may take
 */
import { createRequire } from 'node:module'
import { basename, resolve } from 'node:path'
import { ContractError } from '../src/contract/index.js'
import { checkTarget } from './contract-tests/check-target.js'
import { targetAt } from './contract-tests/target.js'
import { type Running, startProcess } from './lib/process.js'
import { root } from './lib/root.js'

/** Starts this server on a free port of this machine, and says where it listens. */
const startOwn = async (): Promise<{ readonly server: Running; readonly url: string }> => {
  const environment = { HOST: '127.0.0.1', PORT: '0' }
  const server = startProcess(process.execPath, ['dist/main.js'], { environment, stderr: 'inherit' })
  const [, url = ''] = await server.until(/Listening on (http:\/\/[^\s"]+:\d+)\D/)
  server.child.stdout?.pipe(process.stderr) // what happens to it from now on
  return { server, url }
}

const runJest = async (url: string, contract: string): Promise<number> => {
  const jest = createRequire(import.meta.url).resolve('jest/bin/jest')
  const flags = ['--disable-warning=ExperimentalWarning', '--experimental-vm-modules']
  const args = [...flags, jest, '--testMatch=**/test/elsewhere.ts', ...process.argv.slice(2)]
  const environment = { BASE_URL: url, CONTRACT: contract }
  const shown = { stdout: 'inherit', stderr: 'inherit' } as const
  const { code } = await startProcess(process.execPath, args, { environment, ...shown }).ended
  return code ?? 1
}

let own: Running | undefined
try {
  const { CONTRACT: other = '' } = process.env
  const contract = other === '' ? `${root}openapi.yaml` : resolve(other)
  let { BASE_URL: url } = process.env
  if (url === undefined || url === '') {
    if (other !== '') throw new TypeError('CONTRACT is that of a server elsewhere: say where it is in BASE_URL.')
    const started = await startOwn()
    own = started.server
    url = started.url
  }
  await checkTarget(url, contract, process.env)
  console.log(`Holding ${targetAt(url).url} against ${basename(contract)}`)
  process.exitCode = await runJest(url, contract)
} catch (error) {
  console.error(error instanceof TypeError || error instanceof ContractError ? error.message : error)
  process.exitCode = 1
} finally {
  await own?.stop()
}

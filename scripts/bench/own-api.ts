import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { compileContract, parseContract } from '../../src/contract/index.js'
import { root } from '../lib/root.js'
import { inBench } from './project.js'
import { startCommand } from './servers.js'
import { temporaryFolder } from './temporary-folder.js'

/**
 * This server as it was built, with another contract and the handlers of `servers/records/this.js`: a copy of `dist/` in
 * which just the three files are others that one's own API replaces, too. So it is started by the code that `npm start`
 * runs, workers, log, metrics and all, and its settings are those of the environment.
 *
 * @param contract the file of the contract
 * @returns the command that starts it
 */
export const ownApi = (contract: string): string[] => {
  const folder = temporaryFolder()
  const inFolder = (path: string): string => join(folder, path)
  const text = readFileSync(contract, 'utf8')
  const own = JSON.stringify(pathToFileURL(inBench('servers/records/this.js')))
  cpSync(`${root}dist`, inFolder('dist'), { recursive: true })
  cpSync(`${root}package.json`, inFolder('package.json'))
  symlinkSync(`${root}node_modules`, inFolder('node_modules'))
  writeFileSync(inFolder('openapi.yaml'), text)
  writeFileSync(inFolder('dist/contract.json'), compileContract(parseContract(text)))
  writeFileSync(inFolder('dist/operations/index.js'), `export { handlers } from ${own}\n`)
  writeFileSync(inFolder('dist/services.js'), `export { compose, problems } from ${own}\n`)
  return startCommand(inFolder('dist/main.js'))
}

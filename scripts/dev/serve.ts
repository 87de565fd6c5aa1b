/**
 * The server of `npm run dev`: serves the contract, and swaps it on each save. `HOST` and `PORT` as for `npm start`.
 */
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ConfigError, readConfig } from '../../src/config.js'
import { type Contract, ContractError } from '../../src/contract/index.js'
import { changesBetween } from '../contract-diff/changes.js'
import { formatChanges } from '../contract-diff/change.js'
import { listen } from '../../src/http/listen.js'
import { handlers } from '../../src/operations/index.js'
import { createServices, notices, problems } from '../../src/services.js'
import { createLiveServer, type LiveServer } from './live-server.js'
import { wantsColours } from '../lib/colours.js'
import { follow } from './follow.js'

const contractFile = fileURLToPath(new URL('../../openapi.yaml', import.meta.url))
const folder = dirname(contractFile)
const colours = wantsColours(process.stdout)

let refused = false // the last save
let following: readonly string[] = [] // the other files that the contract is written in, or should be

/** Swaps the contract for the one in the file, and prints what has changed, or why it can't be served. */
const load = async (live: LiveServer): Promise<void> => {
  const before = live.contract()
  const text = await readFile(contractFile, 'utf8')
  if (before && text.trim() === '') return // some editors empty a file before they write it
  if (before?.text === text && !refused) return
  try {
    const after = await live.swap(text, folder)
    const isSame = before?.digest === after.digest
    if (isSame && refused) console.log('openapi.yaml is again what is being served.')
    else if (before && !isSame) {
      console.log(`openapi.yaml swapped\n${formatChanges(changesBetween(before, after), colours)}`)
    } else if (refused) console.log('openapi.yaml is served now.')
    refused = false
    following = others(after)
  } catch (error) {
    refused = true
    if (!(error instanceof ContractError)) throw error
    following = others(error)
    const state = before ? "can't be served; the last good one still is" : "can't be served yet"
    console.error(`openapi.yaml ${state}:\n${error.message}`)
  }
}

const others = ({ files }: Pick<Contract, 'files'>): string[] => files.slice(1).map(name => join(folder, name))

try {
  const config = readConfig(process.env)
  const services = await createServices(config)
  const live = createLiveServer({ handlers, services, problems, log: console.error })
  await follow(
    contractFile,
    () => load(live),
    undefined,
    () => following
  ).first
  const url = await listen(live.server, config)
  console.log([`Listening on ${url}`, `Documentation at ${url}/docs`, ...notices].join('\n'))
} catch (error) {
  if (!(error instanceof ConfigError)) throw error
  console.error(error.message)
  process.exit(1)
}

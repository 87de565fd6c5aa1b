/**
 * The server of `npm run dev`: serves the contract, and swaps it on each save. `HOST` and `PORT` as for `npm start`.
 */
import { readFile } from 'node:fs/promises'
import { ConfigError, readConfig } from '../../src/config.js'
import { ContractError } from '../../src/contract/index.js'
import { changesBetween } from '../contract-diff/changes.js'
import { formatChanges } from '../contract-diff/change.js'
import { listen } from '../../src/http/listen.js'
import { handlers } from '../../src/operations/index.js'
import { createServices, notices, problems } from '../../src/services.js'
import { createLiveServer, type LiveServer } from './live-server.js'
import { wantsColours } from '../lib/colours.js'
import { root } from '../lib/root.js'
import { follow } from './follow.js'

const contractFile = `${root}openapi.yaml`
const colours = wantsColours(process.stdout)

let refused = false // the last save

/** Swaps the contract for the one in the file, and prints what has changed, or why it can't be served. */
const load = async (live: LiveServer): Promise<void> => {
  const before = live.contract()
  try {
    const text = await readFile(contractFile, 'utf8')
    if (before && text.trim() === '') return // some editors empty a file before they write it
    if (before?.text === text && !refused) return
    const after = await live.swap(text)
    if (before?.text === text) console.log('openapi.yaml is again what is being served.')
    else if (before) console.log(`openapi.yaml swapped\n${formatChanges(changesBetween(before, after), colours)}`)
    else if (refused) console.log('openapi.yaml is served now.')
    refused = false
  } catch (error) {
    refused = true
    if (!(error instanceof ContractError)) throw error
    const state = before ? "can't be served; the last good one still is" : "can't be served yet"
    console.error(`openapi.yaml ${state}:\n${error.message}`)
  }
}

try {
  const config = readConfig(process.env)
  const services = await createServices(config)
  const live = createLiveServer({ handlers, services, problems, log: console.error })
  await follow(contractFile, () => load(live)).first
  const url = await listen(live.server, config)
  console.log([`Listening on ${url}`, `Documentation at ${url}/docs`, ...notices].join('\n'))
} catch (error) {
  if (!(error instanceof ConfigError)) throw error
  console.error(error.message)
  process.exit(1)
}

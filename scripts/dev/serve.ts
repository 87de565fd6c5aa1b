/**
 * The server of `npm run dev`: serves the contract, and swaps it on each save. `HOST` and `PORT` as for `npm start`.
 */
import { readFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { fakePasswordHasher, fakeTokenCodec, fakeUserStore } from '../../src/chapter/fake.js'
import { ConfigError, readConfig } from '../../src/config.js'
import { ContractError } from '../../src/contract/document/finding.js'
import { changesBetween } from '../contract-diff/changes.js'
import { formatChanges } from '../contract-diff/change.js'
import { wantsColours } from '../lib/colours.js'
import { createLiveServer } from './live-server.js'
import { follow } from './follow.js'

const contractFile = fileURLToPath(new URL('../../openapi.yaml', import.meta.url))
const colours = wantsColours(process.stdout)

const live = createLiveServer({
  users: fakeUserStore,
  passwords: fakePasswordHasher,
  tokens: fakeTokenCodec,
  log: console.error
})

let refused = false // the last save

/** Swaps the contract for the one in the file, and prints what has changed, or why it can't be served. */
const load = async (): Promise<void> => {
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
  const { host, port } = readConfig(process.env)
  await follow(contractFile, load).first
  live.server.on('error', error => {
    console.error(`Can't listen on HOST ${host}, PORT ${port}: ${error.message}.`)
    process.exit(1)
  })
  live.server.listen(port, host, () => {
    const { address, family, port: actual } = live.server.address() as AddressInfo
    const url = `http://${family === 'IPv6' ? `[${address}]` : address}:${actual}`
    console.log(`Listening on ${url}\nDocumentation at ${url}/docs\nThe security is fake, as in the chapter.`)
  })
} catch (error) {
  if (!(error instanceof ConfigError)) throw error
  console.error(error.message)
  process.exit(1)
}

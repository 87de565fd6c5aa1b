import { readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Contract, ContractError } from '../../src/contract/index.js'
import { formatChanges } from '../contract-diff/change.js'
import { changesBetween } from '../contract-diff/changes.js'
import { wantsColours } from '../lib/colours.js'
import { follow } from './follow.js'
import type { LiveServer } from './live-server.js'

/** In milliseconds. */
const settling = 20

/**
 * Swaps the contract of a live server for the one in a file, now and on each save of it and of the files that it refers
 * to, and prints what has changed, or why it can't be served. Resolves when it has been read once.
 */
export const swapOnSave = (live: LiveServer, file: string): Promise<void> => {
  const colours = wantsColours(process.stdout)
  const name = basename(file)
  const folder = dirname(file)
  const others = ({ files }: Pick<Contract, 'files'>): string[] => files.slice(1).map(one => join(folder, one))
  let refused = false // the last save
  let following: readonly string[] = [] // the other files that the contract is written in, or should be

  const load = async (): Promise<void> => {
    const before = live.contract()
    try {
      const text = await readFile(file, 'utf8')
      if (before && text.trim() === '') return // some editors empty a file before they write it
      if (before?.text === text && !refused) return
      const after = live.swap(text, folder)
      const isSame = before?.digest === after.digest
      if (isSame && refused) console.log(`${name} is again what is being served.`)
      else if (before && !isSame) {
        await sleep(settling) // who has waited for the swap is answered before it is told of
        console.log(`${name} swapped\n${formatChanges(changesBetween(before, after), colours)}`)
      } else if (refused) console.log(`${name} is served now.`)
      refused = false
      following = others(after)
    } catch (error) {
      refused = true
      if (!(error instanceof ContractError)) throw error
      following = others(error)
      const state = before ? "can't be served; the last good one still is" : "can't be served yet"
      console.error(`${name} ${state}:\n${error.message}`)
    }
  }
  return follow(file, load, undefined, () => following).first
}

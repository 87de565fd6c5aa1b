import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const cache = fileURLToPath(new URL('../../node_modules/.cache', import.meta.url))
const keptFor = 24 * 60 * 60 * 1000 // milliseconds: some may be in use

/** Makes a folder for what can be made again. What is in it, and hasn't been made anew for a day, is removed. */
export const cacheFolder = name => {
  const folder = join(cache, name)
  mkdirSync(folder, { recursive: true })
  for (const entry of readdirSync(folder)) {
    const made = statSync(join(folder, entry), { throwIfNoEntry: false })?.mtimeMs ?? Infinity
    if (made < Date.now() - keptFor) rmSync(join(folder, entry), { recursive: true, force: true })
  }
  return folder
}

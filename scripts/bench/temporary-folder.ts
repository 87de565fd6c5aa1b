import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const made: string[] = []

/** Removes all of them. Done when the process ends, but for tests, whose process is another one to them. */
export const removeTemporaryFolders = (): void => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true })
}
process.on('exit', removeTemporaryFolders)

/** Makes a folder that goes when this process does. */
export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'oauth2-bench-'))
  made.push(folder)
  return folder
}

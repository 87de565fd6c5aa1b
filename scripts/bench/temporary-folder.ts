import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const made: string[] = []
process.on('exit', () => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true })
})

/** Makes a folder that goes when this process does. */
export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'oauth2-bench-'))
  made.push(folder)
  return folder
}

/**
 * `node scripts/run.js FILE …`: runs a command that is written in TypeScript, with the arguments that follow.
 */
import { resolve } from 'node:path'
import { importTypeScript, isPrinted } from './lib/import-typescript.js'

const [, , file = ''] = process.argv
process.argv.splice(1, 1) // it sees the arguments that it would see alone
try {
  await importTypeScript(resolve(file))
} catch (error) {
  if (!isPrinted(error)) throw error
  process.exitCode = 1
}

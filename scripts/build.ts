/**
 * Makes `dist/`: types from the contract, then JavaScript from TypeScript, so that code which doesn't fit the contract
 * is never built. With `--if-needed` does nothing if `dist/` is newer than all that it is made of.
 */
import { execFileSync } from 'node:child_process'
import { readdirSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const stamp = join(root, 'dist/.built')

const changedAt = (path: string): number => statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0
const filesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map(name => join(folder, name))

const sources = ['openapi.yaml', 'package-lock.json', 'tsconfig.json', ...filesIn('src'), ...filesIn('scripts')]
const built = statSync(stamp, { throwIfNoEntry: false })?.mtimeMs ?? 0

if (!process.argv.includes('--if-needed') || sources.some(path => changedAt(path) > built)) {
  const bin = (name: string, path: string): string => createRequire(import.meta.url).resolve(`${name}/${path}`)
  const run = (...args: string[]): void => {
    execFileSync(process.execPath, args, { cwd: root, stdio: 'inherit' })
  }
  try {
    run('--import', 'tsx', 'scripts/generate.ts')
    run(bin('typescript', 'bin/tsc'), '-p', 'scripts/tsconfig.build.json')
    writeFileSync(stamp, '')
  } catch {
    process.exitCode = 1 // what is wrong has been printed by the program that found it
  }
}

import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { showProgress } from '../lib/progress.js'
import { root } from '../lib/root.js'

/** A path in this folder. */
export const inBench = (path: string): string => `${root}scripts/bench/${path}`

/** The version of a peer, which `package.json` has exactly. */
export const versionOf = (name: string): string => {
  const { dependencies } = JSON.parse(readFileSync(inBench('package.json'), 'utf8')) as {
    readonly dependencies: Readonly<Record<string, string>>
  }
  return dependencies[name] ?? ''
}

/** The peers can't be installed, or the project can't be built. The message has what npm said. */
export class PrepareError extends Error {
  override readonly name = 'PrepareError'
}

const changedAt = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0

const npm = (...args: string[]): void => {
  const { status, stdout, stderr } = spawnSync('npm', args, { cwd: root, encoding: 'utf8' })
  if (status !== 0) throw new PrepareError(`npm ${args.join(' ')} failed:\n${stdout}${stderr}`)
}

/** Installs the peers if they are missing or others than the lock file says, and builds the project if it has changed. */
export const prepare = (): void => {
  if (changedAt(inBench('node_modules/.package-lock.json')) < changedAt(inBench('package-lock.json'))) {
    showProgress('Installing the servers to compare with: npm ci --prefix scripts/bench')
    npm('ci', '--prefix', 'scripts/bench', '--no-audit', '--no-fund')
  }
  if (!existsSync(`${root}dist/main.js`)) showProgress('Building: npm run build')
  npm('run', 'build', '--', '--if-needed')
}

import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { showProgress } from '../lib/progress.js'

/** Why there is no such Node.js here, in a sentence. */
export class InstallError extends Error {
  override readonly name = 'InstallError'
}

/** Where versions of Node.js are kept: a folder of the user's, which survives `npm ci`. */
export const cacheFolder = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'on-node')

const { platform, arch } = process

/** The npm package of the program for this machine, as the package `node` names those that it installs. */
const program = `${platform === 'darwin' && arch === 'arm64' ? 'node-bin' : 'node'}-${platform}-${arch}`

/**
 * Installs a version such as `24`, the newest that begins so, by npm, if that hasn't been done before.
 *
 * @returns the folder of its program `node`
 * @throws {InstallError}
 */
export const installNode = async (version: string): Promise<string> => {
  const folder = join(cacheFolder, version)
  const programs = join('node_modules', program, 'bin')
  if (existsSync(join(folder, programs, 'node'))) return join(folder, programs)
  await mkdir(cacheFolder, { recursive: true })
  const made = await mkdtemp(join(cacheFolder, 'installing-'))
  try {
    await runNpm(made, version)
    // Another process may have been faster.
    await rename(made, folder).catch((error: unknown) => {
      if (!existsSync(join(folder, programs, 'node'))) throw error
    })
  } finally {
    await rm(made, { recursive: true, force: true })
  }
  return join(folder, programs)
}

const runNpm = async (folder: string, version: string): Promise<void> => {
  const flags =
    '--no-package-lock --no-save --no-audit --no-fund --ignore-scripts --loglevel=error ' +
    '--fetch-retries=1 --fetch-retry-mintimeout=1000'
  const args = ['install', '--prefix', folder, ...flags.split(' '), `${program}@${version}`]
  const npm = spawn('npm', args, { stdio: ['ignore', 'ignore', 'pipe'], cwd: folder })
  let errors = ''
  npm.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))
  const started = performance.now()
  const show = (): void =>
    showProgress(`Installing Node.js ${version}`, `${((performance.now() - started) / 1000).toFixed(0)} s`)
  show()
  const timer = setInterval(show, 1000)
  try {
    const code = await new Promise((resolve, reject) => npm.on('error', reject).on('close', resolve))
    if (code !== 0) throw new InstallError(reasonOf(version, errors))
  } catch (error) {
    if (error instanceof InstallError) throw error
    const { message } = Object(error) as Error
    throw new InstallError(`Node.js ${version} is installed by npm, which can't be started: ${message}.`)
  } finally {
    clearInterval(timer)
  }
}

const reasonOf = (version: string, errors: string): string => {
  const [, code = 'unknown'] = /code (E\w+)/.exec(errors) ?? []
  return code === 'ETARGET' || code === 'E404'
    ? `There is no Node.js ${version} for ${platform} ${arch} in the registry of npm.`
    : `Node.js ${version} can't be installed (${code}): npm fetches it once, for which it needs the network.`
}

/** `npm run on-node`: see `--help`. */
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { delimiter } from 'node:path'
import { endProgress } from './lib/progress.js'
import { OptionError } from './lib/options.js'
import { cacheFolder, InstallError, installNode } from './on-node/install-node.js'

const help = `Usage: npm run on-node -- VERSION -- COMMAND

Runs a command with another Node.js, such as 24, 22.13 or 20.19.0: npm installs the newest that begins so, once, into
${cacheFolder}, and it is the first on PATH. The exit code is that of the command.

  npm run on-node -- 24 -- npm test -- test/http`

const readArguments = ([given = '', ...rest]: readonly string[]) => {
  const version = given.replace(/^v/, '')
  if (!/^\d+(\.\d+){0,2}$/.test(version))
    throw new OptionError(`The version is ${JSON.stringify(given)}; it takes one such as 24, 22.13 or 20.19.0.`)
  const [command, ...args] = rest[0] === '--' ? rest.slice(1) : rest
  if (command === undefined) throw new OptionError('There is no command to run: see --help.')
  return { version, command, args }
}

/** Runs a command on this terminal. Resolves to its exit code, or to that of a shell if a signal has ended it. */
const runHere = (command: string, args: readonly string[], programs: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const path = `${programs}${delimiter}${process.env['PATH'] ?? ''}`
    const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, PATH: path } })
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => {
        // Ctrl-C goes to the command, too: twice would be at once.
        if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
      })
    child.on('error', ({ message }) => reject(new OptionError(`${command} can't be started: ${message}.`)))
    child.on('close', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])))
  })

const versionOf = (programs: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(`${programs}/node`, ['--version'], { stdio: ['ignore', 'pipe', 'inherit'] })
    let printed = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text))
    child.on('error', ({ message }) => reject(new InstallError(`What is installed can't be started: ${message}.`)))
    child.on('close', () => resolve(printed.trim()))
  })

try {
  const words = process.argv.slice(2)
  if (words[0] === '--help' || words[0] === '-h') {
    console.log(help)
  } else {
    const { version, command, args } = readArguments(words)
    const programs = await installNode(version)
    endProgress()
    console.error(`On Node.js ${await versionOf(programs)}: ${[command, ...args].join(' ')}`)
    process.exitCode = await runHere(command, args, programs)
  }
} catch (error) {
  endProgress()
  console.error(error instanceof OptionError || error instanceof InstallError ? error.message : error)
  process.exitCode = 2
}

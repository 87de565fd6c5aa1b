import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { run, scriptArgs } from '../support/process.js'
import { runScript } from './script.js'

const script = 'scripts/on-node.ts'
const folder = mkdtempSync(join(tmpdir(), 'on-node-'))
afterAll(() => rmSync(folder, { recursive: true }))

const { platform, arch } = process
const program = `${platform === 'darwin' && arch === 'arm64' ? 'node-bin' : 'node'}-${platform}-${arch}`

// This Node.js as one that has been installed.
const programs = join(folder, 'on-node/20.19/node_modules', program, 'bin')
mkdirSync(programs, { recursive: true })
symlinkSync(process.execPath, join(programs, 'node'))

/** A cache of the user's, and no network. */
const environment = {
  XDG_CACHE_HOME: folder,
  npm_config_cache: join(folder, 'npm'),
  npm_config_registry: 'http://127.0.0.1:1/'
}

describe('on-node', () => {
  test('explains itself, and says where it keeps what it installs', async () => {
    const { code, output } = await runScript(script, ['--help'], environment)
    expect([code, output]).toEqual([0, expect.stringContaining(join(folder, 'on-node'))])
  })

  test('runs a command with the version that is asked for first on PATH, and says which one it is', async () => {
    const command = ['sh', '-c', 'command -v node; echo "$1"; exit 7', 'sh', '--']
    expect(await runScript(script, ['v20.19', '--', ...command], environment)).toEqual({
      code: 7,
      output: `${join(programs, 'node')}\n--\n`,
      errors: `On Node.js ${process.version}: ${command.join(' ')}\n`
    })
  })

  test('passes a signal on, and ends as the command does', async () => {
    const command = "process.once('SIGTERM', () => process.exit(9)); console.log('ready'); setInterval(() => {}, 999)"
    const running = run(process.execPath, scriptArgs(script, '20.19', 'node', '-e', command), environment)
    await running.until(/^ready$/m)
    running.child.kill('SIGTERM')
    expect(await running.ended).toEqual({ code: 9, signal: null })
    const killed = await runScript(script, ['20.19', 'sh', '-c', 'kill -KILL $$'], environment)
    expect(killed.code).toBe(137)
  })

  test('says in one sentence that it needs the network for a version that is not installed', async () => {
    const { code, output, errors } = await runScript(script, ['22', '--', 'node'], environment)
    expect([code, output]).toEqual([2, ''])
    expect(errors).toBe(
      "Installing Node.js 22\nNode.js 22 can't be installed (ECONNREFUSED): npm fetches it once, for which it needs the network.\n"
    )
    expect(readdirSync(dirname(join(folder, 'on-node/20.19')))).toEqual(['20.19'])
  })

  test.each([
    [[], 'The version is ""; it takes one such as 24, 22.13 or 20.19.0.\n'],
    [['../24', 'node'], 'The version is "../24"; it takes one such as 24, 22.13 or 20.19.0.\n'],
    [['24', '--'], 'There is no command to run: see --help.\n'],
    [['20.19', 'no-such-command'], /\nno-such-command can't be started: .*ENOENT.*\.\n$/]
  ])('%j is refused with exit code 2', async (args, errors) => {
    const ended = await runScript(script, args, environment)
    expect([ended.code, ended.output]).toEqual([2, ''])
    expect(ended.errors).toEqual(typeof errors === 'string' ? errors : expect.stringMatching(errors))
  })
})

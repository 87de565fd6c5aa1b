import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { isInstalled } from '../support/installed.js'
import { root } from '../support/process.js'
import { edited, placeIn } from './edits.js'
import { runScript, type ScriptResult } from './script.js'
import { loginText } from '../support/login.js'

let folder = ''
const git = (...args: readonly string[]): void => {
  const author = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false']
  execFileSync('git', [...author, ...args], { cwd: folder, stdio: 'pipe' })
}
const write = (text: string): void => {
  writeFileSync(join(folder, 'openapi.yaml'), text)
}
const diff = (...args: readonly string[]): Promise<ScriptResult> =>
  runScript(join(folder, 'scripts/contract-diff.ts'), args)

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'contract-diff-')))
  for (const name of ['package.json', 'scripts/contract-diff', 'scripts/contract-diff.ts', 'scripts/lib', 'src']) {
    cpSync(join(root, name), join(folder, name), { recursive: true })
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  write(loginText)
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

const hasGit = isInstalled('git', 'npm run contract:diff')

;(hasGit ? describe : describe.skip)('in a repository', () => {
  const required = edited(loginText, 'required: [username, password]', 'required: [username, password, grant_type]')
  const optional = edited(loginText, 'required: [username, password]', 'required: [username]')

  beforeEach(() => {
    git('init', '--quiet')
    git('add', 'openapi.yaml')
    git('commit', '--quiet', '--message', 'contract')
    git('tag', 'first')
  })

  test('a contract that is as it was committed has no changes, and exits with 0', async () => {
    expect(await diff()).toEqual({ code: 0, output: 'No changes.\n', errors: '' })
  })

  test('an edit that breaks a client is printed without colours, and exits with 1', async () => {
    write(required)
    const place = placeIn(required, 'password, ¦grant_type]')
    expect(await diff()).toEqual({
      code: 1,
      output: `breaks  ${place}  POST /token: the form field \`grant_type\` is now required.\n\n1 change, which can break a client.\n`,
      errors: ''
    })
  })

  test('an edit that breaks no client is printed with its place in the commit, and exits with 0', async () => {
    write(optional)
    const { code, output } = await diff()
    expect(code).toBe(0)
    expect(output.split('\n')[0]).toBe(
      `ok      HEAD:${placeIn(loginText, '[username, ¦password]')}  POST /token: the form field \`password\` is no longer required.`
    )
  })

  test('another commit than the last can be asked for', async () => {
    write(required)
    git('commit', '--quiet', '--all', '--message', 'required')
    expect((await diff()).output).toBe('No changes.\n')
    const { code, output } = await diff('first')
    expect(code).toBe(1)
    expect(output).toContain('the form field `grant_type` is now required.')
  })

  test.each(['no-such-branch', '--help'])('what is no commit, like %s, exits with 2', async ref => {
    expect(await diff(ref)).toEqual({ code: 2, output: '', errors: `There is no commit \`${ref}\`.\n` })
  })

  test('a commit without a contract exits with 2', async () => {
    git('rm', '--quiet', '--cached', 'openapi.yaml')
    git('commit', '--quiet', '--allow-empty', '--message', 'no contract')
    expect(await diff()).toEqual({ code: 2, output: '', errors: 'There is no openapi.yaml in the commit `HEAD`.\n' })
  })

  test('a contract that is not valid exits with 2, and says where', async () => {
    const invalid = edited(loginText, 'title: Simple', 'titel: Simple')
    write(invalid)
    const { code, output, errors } = await diff()
    expect([code, output]).toEqual([2, ''])
    expect(errors).toContain(`${placeIn(invalid, '¦titel')}  `.replace(/:\d+ {2}$/, ':'))
  })
})

;(hasGit ? test : test.skip)('outside of a repository it exits with 2', async () => {
  expect(await diff()).toEqual({ code: 2, output: '', errors: 'This folder is not in a git repository.\n' })
})

test('without git it exits with 2', async () => {
  const { code, errors } = await runScript(join(folder, 'scripts/contract-diff.ts'), [], { PATH: folder })
  expect([code, errors]).toEqual([2, 'There is no git to read the earlier contract with.\n'])
})

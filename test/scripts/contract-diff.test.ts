import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { compareWithCommit, type Comparison } from '../../scripts/contract-diff/comparison.js'
import { isInstalled } from '../support/installed.js'
import { root } from '../support/process.js'
import { edited, placeIn } from './edits.js'
import { runScript } from './script.js'
import { loginText } from '../support/login.js'

let folder = ''
const git = (...args: readonly string[]): void => {
  const author = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false']
  execFileSync('git', [...author, ...args], { cwd: folder, stdio: 'pipe' })
}
const write = (text: string): void => {
  writeFileSync(join(folder, 'openapi.yaml'), text)
}
const compare = (ref = 'HEAD'): Promise<Comparison> => compareWithCommit(folder, ref, false)
/** Puts the command into the folder, whose contract it compares. */
const install = (): string => {
  for (const name of ['package.json', 'scripts/contract-diff', 'scripts/contract-diff.ts', 'scripts/lib', 'src']) {
    cpSync(join(root, name), join(folder, name), { recursive: true })
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  return join(folder, 'scripts/contract-diff.ts')
}

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'contract-diff-')))
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

  test('a contract that is as it was committed has no changes', async () => {
    expect(await compare()).toEqual({ code: 0, text: 'No changes.' })
  })

  test('an edit that breaks a client is printed without colours by the command, which exits with 1', async () => {
    write(required)
    const place = placeIn(required, 'password, ¦grant_type]')
    expect(await runScript(install())).toEqual({
      code: 1,
      output: `breaks  ${place}  POST /token: the form field \`grant_type\` is now required.\n\n1 change, which can break a client.\n`,
      errors: ''
    })
  })

  test('an edit that breaks no client is told with its place in the commit', async () => {
    write(optional)
    const { code, text } = await compare()
    expect(code).toBe(0)
    expect(text.split('\n')[0]).toBe(
      `ok      HEAD:${placeIn(loginText, '[username, ¦password]')}  POST /token: the form field \`password\` is no longer required.`
    )
  })

  test('another commit than the last can be asked for', async () => {
    write(required)
    git('commit', '--quiet', '--all', '--message', 'required')
    expect((await compare()).text).toBe('No changes.')
    const { code, text } = await compare('first')
    expect(code).toBe(1)
    expect(text).toContain('the form field `grant_type` is now required.')
  })

  test.each(['no-such-branch', '--help', ''])(
    'with what is no commit, like `%s`, there is nothing to compare',
    async ref => {
      expect(await compare(ref)).toEqual({ code: 2, text: `There is no commit \`${ref}\`.` })
    }
  )

  test('with a commit without a contract there is nothing to compare', async () => {
    git('rm', '--quiet', '--cached', 'openapi.yaml')
    git('commit', '--quiet', '--allow-empty', '--message', 'no contract')
    expect(await compare()).toEqual({ code: 2, text: 'There is no openapi.yaml in the commit `HEAD`.' })
  })

  test('a contract that is not valid is not compared, and it is told where', async () => {
    const invalid = edited(loginText, 'title: Simple', 'titel: Simple')
    write(invalid)
    const { code, text } = await compare()
    expect(code).toBe(2)
    expect(text).toContain(`${placeIn(invalid, '¦titel')}  `.replace(/:\d+ {2}$/, ':'))
  })
})

;(hasGit ? test : test.skip)('outside of a repository there is nothing to compare', async () => {
  expect(await compare()).toEqual({ code: 2, text: 'This folder is not in a git repository.' })
})

test('without git the command says so in its errors, and exits with 2', async () => {
  expect(await runScript(install(), [], { PATH: folder })).toEqual({
    code: 2,
    output: '',
    errors: 'There is no git to read the earlier contract with.\n'
  })
})

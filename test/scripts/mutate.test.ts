import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parse } from 'yaml'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { contractEdits, unedited } from '../../scripts/mutate/contract-edits.js'
import { type Edit, evenly, nameOfEdit } from '../../scripts/mutate/edit.js'
import { reportOf, scoreOf } from '../../scripts/mutate/report.js'
import { securityFaults } from '../../scripts/mutate/security-faults.js'
import { mostFaults, sourceEdits } from '../../scripts/mutate/source-edits.js'
import { faultsOf, parseSource } from '../../scripts/mutate/source-faults.js'
import { type TestRun, testsFor } from '../../scripts/mutate/tests.js'
import { tested } from '../../scripts/mutate/try-edits.js'
import { createWorkspace, type Workspace } from '../../scripts/mutate/workspace.js'
import { loginText } from '../support/login.js'
import { root } from '../support/process.js'
import { runScript } from './script.js'

const edits = contractEdits(loginText)
const made = sourceEdits(root)
const unchanged = JSON.stringify(parse(loginText))

describe('edits of the contract', () => {
  test('are several hundred, of all kinds of objects, no two of which say the same', () => {
    expect(edits.length).toBeGreaterThan(400)
    expect(new Set(edits.map(({ text }) => text)).size).toBe(edits.length)
    expect(edits.map(({ what }) => what)).toEqual(
      expect.arrayContaining([
        'remove `401`',
        'change `security`: []',
        'change `required`: ["username"]',
        'rename `access_token` to `access_tokens`',
        'add `additionalProperties`: false'
      ])
    )
  })

  test('leave YAML that can be read, and says something else', () => {
    for (const edit of evenly(edits, 200)) {
      expect([nameOfEdit(edit), JSON.stringify(parse(edit.text))]).not.toEqual([nameOfEdit(edit), unchanged])
    }
    expect(JSON.stringify(parse(unedited(loginText)))).toBe(unchanged)
  })

  test('are told by the place of what they change', () => {
    const lines = loginText.split('\n')
    for (const { place, what } of edits) {
      const [, key] = /^(?:remove|rename|change) `([^`]+)`/.exec(what) ?? []
      const [, line = 0, column = 0] = place.split(':').map(Number)
      if (key !== undefined) expect(lines[line - 1]?.slice(column - 1).replace(/^['"]/, '')).toMatch(startOf(key))
    }
  })

  test('leave alone what is written for people', () => {
    const forPeople = /^(remove|rename|change) `(info|title|summary|description|tags|license|externalDocs)`/
    expect(edits.map(({ what }) => what).filter(what => forPeople.test(what))).toEqual([])
  })
})

const startOf = (text: string): RegExp => new RegExp(`^${text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}`)

const sample = `
const limit = 5
export const admit = (name: string, list: string[]): boolean => {
  if (name.length > limit) return false
  list.push(name)
  return list.length === 1 && name.startsWith('a')
}
`

describe('faults of the code', () => {
  test('are made from the syntax tree, each told by its place', () => {
    expect(faultsOf(parseSource('src/a.ts', sample)).map(nameOfEdit)).toEqual(
      expect.arrayContaining([
        'src/a.ts:4:19  `>` becomes `>=`',
        'src/a.ts:4:3  drop `if (name.length > limit) return false`',
        'src/a.ts:5:3  drop `list.push(name)`',
        'src/a.ts:6:28  `&&` becomes `||`',
        'src/a.ts:2:15  `5` becomes `6`',
        'src/a.ts:4:35  `false` becomes `true`'
      ])
    )
  })

  test('leave code that can be parsed', () => {
    for (const fault of faultsOf(parseSource('src/a.ts', sample))) {
      const { parseDiagnostics = [] } = parseSource('src/a.ts', fault.text) as {
        parseDiagnostics?: readonly unknown[]
      }
      expect([nameOfEdit(fault), parseDiagnostics]).toEqual([nameOfEdit(fault), []])
    }
  })

  test('are as many as a run has time for, in all rooms of src, with all that are chosen for its security', () => {
    const security = made.filter(({ kind }) => kind === 'security')
    expect(security.length).toBeGreaterThanOrEqual(25)
    expect(made.length).toBe(security.length + mostFaults)
    const rooms = new Set(sourceEdits(root, Infinity).map(({ file }) => dirname(file)))
    for (const room of ['http', 'auth', 'contract/document', 'contract/openapi', 'contract/checks', 'contract/serve']) {
      expect(rooms).toContain(`src/${room}`)
    }
  })

  test('for the security can not be lost without a word', () => {
    expect(() => securityFaults([parseSource('src/a.ts', sample)])).toThrow(/there is no `afterScheme`/)
  })
})

test('a sample is picked evenly', () => {
  const positions = evenly(edits, 10).map(edit => Math.floor((edits.indexOf(edit) * 10) / edits.length))
  expect(positions).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
})

test('tests that prove nothing are left out, and those of what is edited are not', () => {
  const [derived, quick, slow] = testsFor(root, 'src/http/shutdown.ts')
  expect(derived).toContain('test/contract.test.ts')
  const hasChapter = existsSync(join(root, 'test/chapter')) // an API of one's own hasn't
  expect(slow).toEqual(hasChapter ? ['test/chapter/main.test.ts'] : [])
  expect(quick?.filter(file => /scripts|browser|own-api|compiler/.test(file))).toEqual([])
  expect(testsFor(root, 'openapi.yaml').flat()).not.toContain('test/engine/requests.test.ts')
})

test('tests of what is edited come first', () => {
  const [, [first] = []] = testsFor(root, 'src/http/cors-rules.ts')
  expect(first).toBe('test/http/cors.test.ts')
})

const faultCalled = (wanted: string): Edit => {
  const fault = faultsOf(parseSource('src/a.ts', sample)).find(({ what }) => what === wanted)
  if (!fault) throw new Error(`there is no fault ${wanted}`)
  return fault
}

const writeFiles = (folder: string, files: Readonly<Record<string, string>>): void => {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
}

describe('a workspace', () => {
  const folder = mkdtempSync(join(tmpdir(), 'workspace-'))
  let workspace: Workspace
  beforeAll(() => {
    writeFiles(folder, { 'src/a.ts': sample, 'dist/a.js': 'built', 'node_modules/x': '' })
    workspace = createWorkspace(folder)
  })
  afterAll(() => {
    workspace.remove()
    expect(existsSync(workspace.folder)).toBe(false)
    rmSync(folder, { recursive: true })
  })

  test('makes an edit in the source and in what is built of it, and takes both back', () => {
    const read = (file: string): string => readFileSync(join(workspace.folder, file), 'utf8')
    const { file, text } = faultCalled('`>` becomes `>=`')
    const takeBack = workspace.edit(file, text)
    for (const one of ['src/a.ts', 'dist/a.js']) expect(read(one)).toContain('name.length >= limit')
    takeBack()
    expect([read('src/a.ts'), read('dist/a.js')]).toEqual([sample, 'built'])
  })

  test('tells a fault that is noticed from one that is not, and from one that makes a test hang', async () => {
    const script = `const text = require("node:fs").readFileSync("src/a.ts", "utf8")
      if (text.includes("drop")) setInterval(() => {}, 9)
      else if (!text.includes("> limit")) throw new Error("the limit has gone")`
    const run: TestRun = { killer: 'other tests', args: ['-e', script] }
    const killerOf = async (edit: Edit) => (await tested(workspace, edit, [run], 3))?.killer
    expect(await killerOf(faultCalled('`>` becomes `>=`'))).toBe('other tests')
    expect(await killerOf(faultCalled('`&&` becomes `||`'))).toBeUndefined()
    expect(await killerOf({ ...faultCalled('`>` becomes `>=`'), text: 'drop' })).toBe('time limit')
  })

  test('tells what fails from what passes and from what takes too long', async () => {
    expect(await workspace.runNode(['-e', 'console.log(1)'], 60)).toEqual({ code: 0, late: false, output: '1\n' })
    expect((await workspace.runNode(['-e', 'process.exit(3)'], 60)).code).toBe(3)
    expect((await workspace.runNode(['-e', 'setInterval(() => {}, 9)'], 1)).late).toBe(true)
  })
})

test('the report counts what has noticed the edits, and lists those that nothing has', () => {
  const [first, second] = edits
  const [code] = made
  if (!first || !second || !code) throw new Error('there are too few edits')
  const all = [
    { edit: first, noticed: { killer: 'contract', how: '' } },
    { edit: second, noticed: undefined },
    { edit: code, noticed: { killer: 'compiler', how: '' } }
  ] as const
  expect(reportOf(all)).toContain(`Nobody has noticed:\n  ${second.place}  ${second.what}\n`)
  expect(reportOf(all)).toMatch(/^contract +2 +1 +0 +0 +0 +0 +1 +50\.0 %\nsecurity +1 +0 +1 +0 +0 +0 +0 +100\.0 %$/m)
  expect(reportOf(all)).toContain('Noticed: 66.6 %; the goal is 95 %.')
  expect(scoreOf(all)).toBeCloseTo(2 / 3)
})

describe('the command', () => {
  test('explains itself', async () => {
    const { code, output } = await runScript(join(root, 'scripts/mutate.ts'), ['--help'])
    expect(code).toBe(0)
    for (const option of ['contract', 'source', 'jobs', 'sample', 'only']) expect(output).toContain(`--${option}`)
  })

  test.each([
    [['--jobs', '0'], /^--jobs is "0"; .*\.\n$/],
    [['--contract', '--only', 'no such edit'], /^There are no such edits\.\n$/]
  ])('%j is refused with exit code 2', async (args, errors) => {
    const ended = await runScript(join(root, 'scripts/mutate.ts'), args)
    expect([ended.code, ended.output]).toEqual([2, ''])
    expect(ended.errors).toMatch(errors)
  })
})

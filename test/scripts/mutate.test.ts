import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parse } from 'yaml'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { OptionError } from '../../scripts/lib/options.js'
import { CheckProcess } from '../../scripts/mutate/check-process.js'
import { contractEdits } from '../../scripts/mutate/contract-edits.js'
import { type Edit, evenly, idOf, spliced } from '../../scripts/mutate/edit.js'
import { readOptions } from '../../scripts/mutate/options.js'
import { reportOf, scoreOf } from '../../scripts/mutate/report.js'
import { digestOf, type Result, Results } from '../../scripts/mutate/results.js'
import { passThrough } from '../../scripts/mutate/run.js'
import { securityFaults } from '../../scripts/mutate/security-faults.js'
import { sourceEdits } from '../../scripts/mutate/source-edits.js'
import { faultsOf, parseSource } from '../../scripts/mutate/source-faults.js'
import { type Killer, type Stage, testsFor } from '../../scripts/mutate/stages.js'
import { createWorkspace, removeWorkspaces, type Workspace } from '../../scripts/mutate/workspace.js'
import { loginText } from '../support/login.js'
import { root } from '../support/process.js'
import { runScript } from './script.js'

const edits = contractEdits(loginText)
const made = sourceEdits(root)

describe('edits of the contract', () => {
  test('are several hundred, no two called the same', () => {
    expect(edits.length).toBeGreaterThan(400)
    expect(new Set(edits.map(idOf)).size).toBe(edits.length)
  })

  test('leave YAML that can be read, says something else, and has every other line where it was', () => {
    const [unedited, lines] = [JSON.stringify(parse(loginText)), loginText.split('\n').length]
    for (const edit of evenly(edits, 100)) {
      const text = spliced(loginText, edit.splice)
      expect([idOf(edit), JSON.stringify(parse(text))]).not.toEqual([idOf(edit), unedited])
      expect([idOf(edit), text.split('\n').length]).toEqual([idOf(edit), lines])
    }
  })

  test('leave alone what is written for people', () => {
    const forPeople = /^(remove|rename|change) `(info|title|summary|description|tags|license|externalDocs)`/
    expect(edits.map(({ what }) => what).filter(what => forPeople.test(what))).toEqual([])
  })
})

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
    expect(faultsOf(parseSource('src/a.ts', sample)).map(idOf)).toEqual(
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
      const { parseDiagnostics = [] } = parseSource('src/a.ts', spliced(sample, fault.splice)) as {
        parseDiagnostics?: readonly unknown[]
      }
      expect([idOf(fault), parseDiagnostics]).toEqual([idOf(fault), []])
    }
  })

  test('are made in all rooms of src, with all that are chosen for its security among them', () => {
    expect(made.length).toBeLessThan(160)
    expect(made.filter(({ kind }) => kind === 'security').length).toBeGreaterThanOrEqual(25)
    for (const room of ['http', 'auth', 'contract/document', 'contract/openapi', 'contract/checks', 'contract/serve']) {
      expect(made.map(({ kind }) => kind)).toContain(`src/${room}`)
    }
  })

  test('for the security can not be lost without a word', () => {
    expect(() => securityFaults([parseSource('src/a.ts', sample)])).toThrow(/there is no `bearerToken`/)
  })
})

test('a sample is picked evenly', () => {
  const positions = evenly(edits, 10).map(edit => Math.floor((edits.indexOf(edit) * 10) / edits.length))
  expect(positions).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
})

test('tests that prove nothing are left out, and those of what is edited are not', () => {
  const { derived, quick, slow } = testsFor(root, 'src/http/shutdown.ts')
  expect(derived).toContain('test/contract.test.ts')
  const hasChapter = existsSync(join(root, 'test/chapter')) // an API of one's own hasn't
  expect(slow).toEqual(hasChapter ? ['test/chapter/main.test.ts'] : [])
  expect(quick.filter(file => /scripts|browser|own-api|compiler/.test(file))).toEqual([])
  expect(testsFor(root, 'openapi.yaml').quick.filter(file => file.startsWith('test/engine/'))).toEqual([])
})

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
    removeWorkspaces()
    rmSync(folder, { recursive: true })
  })

  test('makes an edit in the source and in what is built of it, and takes both back', () => {
    const read = (file: string): string => readFileSync(join(workspace.folder, file), 'utf8')
    const [fault] = faultsOf(parseSource('src/a.ts', sample)).filter(({ what }) => what === '`>` becomes `>=`')
    if (!fault) throw new Error('there is no such fault')
    workspace.apply(fault)
    for (const file of ['src/a.ts', 'dist/a.js']) expect(read(file)).toContain('name.length >= limit')
    workspace.restore()
    expect([read('src/a.ts'), read('dist/a.js')]).toEqual([sample, 'built'])
  })

  test('tells a fault that is noticed from one that is not', async () => {
    const stage: Stage = {
      killer: 'other tests',
      run: async ({ runNode }) => {
        const text = 'require("node:fs").readFileSync("src/a.ts", "utf8")'
        const { code } = await runNode(['-e', `if (!${text}.includes("> limit")) process.exit(1)`], 60)
        return code === 0 ? null : 'the limit has gone'
      }
    }
    const outcome = async (what: string) => {
      const fault = faultsOf(parseSource('src/a.ts', sample)).find(one => one.what === what)
      if (!fault) throw new Error(`there is no fault ${what}`)
      workspace.apply(fault)
      const noticed = await passThrough({ workspace, checker: new CheckProcess(workspace) }, [stage], fault.file)
      workspace.restore()
      return noticed
    }
    expect(await outcome('`>` becomes `>=`')).toEqual({ killer: 'other tests', how: 'the limit has gone' })
    expect(await outcome('`&&` becomes `||`')).toEqual({ killer: null, how: '' })
  })

  test('tells what fails from what passes and from what takes too long', async () => {
    expect(await workspace.runNode(['-e', 'console.log(1)'], 60)).toEqual({ code: 0, late: false, output: '1\n' })
    expect((await workspace.runNode(['-e', 'process.exit(3)'], 60)).code).toBe(3)
    expect((await workspace.runNode(['-e', 'setInterval(() => {}, 9)'], 1)).late).toBe(true)
  })
})

describe('results', () => {
  const folder = mkdtempSync(join(tmpdir(), 'results-'))
  const file = join(folder, 'some/results.jsonl')
  afterAll(() => rmSync(folder, { recursive: true }))
  const result: Result = { id: 'b', killer: 'compiler', how: 'no', seconds: 1.5 }

  test('are found again by the next run, the latest of each edit, even if one was stopped in the middle of a line', () => {
    const results = new Results(file, 'a')
    results.add(result)
    results.add({ ...result, killer: null })
    writeFileSync(file, `${readFileSync(file, 'utf8')}{"id":"c","kil`)
    new Results(file, 'a').add({ ...result, id: 'd' })
    const later = new Results(file, 'a')
    expect([later.get('b')?.killer, later.get('c'), later.get('d')?.id]).toEqual([null, undefined, 'd'])
  })

  test('of other sources are thrown away', () => {
    expect(new Results(file, 'b').outdated).toBe(true)
    expect(new Results(file, 'b').outdated).toBe(false)
  })

  test('depend on the contract and the code, and not on what is made of them', () => {
    writeFiles(folder, { 'src/a.ts': 'a', 'openapi.yaml': 'b', 'dist/a.js': 'c' })
    const before = digestOf(folder)
    writeFileSync(join(folder, 'dist/a.js'), 'changed')
    expect(digestOf(folder)).toBe(before)
    writeFileSync(join(folder, 'src/a.ts'), 'changed')
    expect(digestOf(folder)).not.toBe(before)
  })
})

test('the report counts what has noticed the edits, and lists those that nothing has', () => {
  const tried = (edit: Edit, killer: Killer | null) => ({
    edit,
    result: { id: idOf(edit), killer, how: '', seconds: 1 }
  })
  const [first, second] = edits.filter(({ kind }) => kind === 'PathItem')
  const [code] = made
  if (!first || !second || !code) throw new Error('there are too few edits')
  const all = [tried(first, 'contract'), tried(second, null), tried(code, 'compiler')]
  expect(reportOf(all)).toContain(`Nobody has noticed:\n  ${second.place}  ${second.what}\n`)
  expect(reportOf(all)).toContain('Noticed: contract 50.0 %, source 100.0 %, in total 66.6 %; the goal is 95 %.')
  expect(scoreOf(all)).toBeCloseTo(2 / 3)
})

describe('the command', () => {
  test('explains itself', async () => {
    const { code, output } = await runScript(join(root, 'scripts/mutate.ts'), ['--help'])
    expect(code).toBe(0)
    for (const option of ['contract', 'source', 'jobs', 'sample', 'only', 'again'])
      expect(output).toContain(`--${option}`)
  })

  test('refuses what it cannot do in a sentence, with exit code 2', async () => {
    expect(() => readOptions(['--jobs', '0'])).toThrow(
      new OptionError('--jobs is "0"; it takes a whole number from 1.')
    )
    const refused = { code: 2, output: '', errors: 'There are no such edits.\n' }
    expect(await runScript(join(root, 'scripts/mutate.ts'), ['--only', 'no such edit'])).toEqual(refused)
  })
})

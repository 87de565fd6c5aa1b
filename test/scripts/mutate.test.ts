import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parse } from 'yaml'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { runNode } from '../../scripts/mutate/command.js'
import { contractEdits } from '../../scripts/mutate/contract-edits.js'
import { type Edit, idOf, spliced } from '../../scripts/mutate/edit.js'
import { equivalents } from '../../scripts/mutate/equivalents.js'
import { type Side, testFiles, testNames } from '../../scripts/mutate/left-out-tests.js'
import { reportOf, scoreOf, type Tried } from '../../scripts/mutate/report.js'
import { digestOf, type Result, Results } from '../../scripts/mutate/results.js'
import { chosen } from '../../scripts/mutate/sample.js'
import { sourceEdits, sourceFaults } from '../../scripts/mutate/source-edits.js'
import type { Killer } from '../../scripts/mutate/verdict.js'
import { root } from '../support/process.js'
import { placeIn } from './edits.js'
import { runScript } from './script.js'
import { loginText } from '../support/login.js'

jest.setTimeout(60_000) // processes of their own take their time on a busy machine

const edits = contractEdits(loginText)

/** The one edit that does this at a place, given as a needle with a `¦`. */
const editAt = (needle: string, what: string, text = loginText, all: readonly Edit[] = edits): Edit => {
  const place = placeIn(text, needle)
  const [found, ...more] = all.filter(edit => edit.place === place && edit.what === what)
  if (!found || more.length > 0) throw new Error(`there is not exactly one edit "${what}" at ${place}`)
  return found
}

type Json = Record<string, Record<string, Record<string, unknown>>>
const after = (edit: Edit, text = loginText): Json => parse(spliced(text, edit.splice)) as Json

describe('edits of the contract', () => {
  test('are several hundred, of every kind, no two called the same', () => {
    expect(edits.length).toBeGreaterThan(400)
    expect(new Set(edits.map(idOf)).size).toBe(edits.length)
    const kinds = 'path,method,operationId,security,parameter,status,header,media type,encoding,request body,reference'
    const ofSchemas = 'type,required,property,example,component,security scheme,server'
    const found = new Set(edits.map(({ kind }) => kind))
    expect([...kinds.split(','), ...ofSchemas.split(',')].filter(kind => !found.has(kind))).toEqual([])
  })

  test('leave YAML that can be read, and says something else', () => {
    const unedited = JSON.stringify(parse(loginText))
    for (const edit of edits) expect([idOf(edit), JSON.stringify(after(edit))]).not.toEqual([idOf(edit), unedited])
  })

  test('leave every other line where it is', () => {
    const lines = loginText.split('\n')
    for (const edit of edits) {
      const edited = spliced(loginText, edit.splice).split('\n')
      expect([idOf(edit), edited.length]).toEqual([idOf(edit), lines.length])
    }
  })

  test('leave alone what is written for people', () => {
    const forPeople = /^(remove|rename|change) `(info|title|summary|description|tags|license|externalDocs)`/
    expect(edits.map(({ what }) => what).filter(what => forPeople.test(what))).toEqual([])
  })

  test('are made where they say', () => {
    const required = (edit: Edit): unknown => after(edit)['components']?.['schemas']?.['PasswordGrantForm']
    expect(required(editAt('      ¦required: [username, password]', 'require `grant_type`'))).toMatchObject({
      required: ['username', 'password', 'grant_type']
    })
    expect(required(editAt('required: [¦username, password]', 'no longer require `username`'))).toMatchObject({
      required: ['password']
    })
    expect(required(editAt('¦pattern: ^password$\n', 'remove `pattern`'))).toMatchObject({
      properties: { grant_type: { type: 'string', description: expect.any(String) as unknown } }
    })
  })

  test('remove entries of mappings and lists in both styles, the last one too', () => {
    const text = `openapi: 3.1.0
paths:
  /a:
    get:
      operationId: a
      responses:
        '200':
          description: A
components:
  schemas:
    A:
      anyOf:
        - type: string
        - { type: integer, minimum: 1 }
`
    const found = contractEdits(text)
    const schema = (needle: string, what: string): unknown =>
      after(editAt(needle, what, text, found), text)['components']?.['schemas']?.['A']
    expect(schema('- ¦type: string', 'remove item 0 of `anyOf`')).toEqual({ anyOf: [{ type: 'integer', minimum: 1 }] })
    expect(schema('- ¦type: string', 'remove `type`')).toEqual({ anyOf: [{}, { type: 'integer', minimum: 1 }] })
    expect(schema('¦type: integer', 'remove `type`')).toEqual({ anyOf: [{ type: 'string' }, { minimum: 1 }] })
    expect(schema('¦minimum: 1', 'remove `minimum`')).toEqual({ anyOf: [{ type: 'string' }, { type: 'integer' }] })
    expect(schema('      ¦anyOf:', 'remove `anyOf`')).toEqual({})
    expect(after(editAt("¦'200':", 'remove `200`', text, found), text)['paths']?.['/a']?.['get']).toMatchObject({
      responses: {}
    })
  })

  test('those that count for nothing exist, and have a reason', () => {
    for (const { object, what, why } of equivalents) {
      expect(edits.filter(edit => edit.object === object && edit.what === what)).toHaveLength(1)
      expect(why).toMatch(/^[A-Z].*\.$/)
    }
    expect(equivalents.length).toBeLessThan(5)
  })
})

describe('edits of the code', () => {
  test('can all be made, each in one place', () => {
    const made = sourceEdits(root)
    expect(made.length).toBeGreaterThanOrEqual(40)
    expect(new Set(made.map(idOf)).size).toBe(made.length)
    for (const { file, place } of made) expect(place).toMatch(new RegExp(`^${file}:\\d+:\\d+$`))
  })

  test('are made in all rooms', () => {
    const rooms = new Set(sourceFaults.map(({ file }) => file.split('/').slice(0, 2).join('/')))
    const folders = readdirSync(join(root, 'src'), { withFileTypes: true }).filter(one => one.isDirectory())
    for (const { name } of folders) expect(rooms).toContain(`src/${name}`)
  })

  test('are refused where the code has changed', () => {
    const fault = { file: 'src/config.ts', from: 'no such code', to: '', what: 'x' }
    expect(() => sourceEdits(root, [fault])).toThrow('src/config.ts has no "no such code"')
    expect(() => sourceEdits(root, [{ ...fault, from: 'HOST' }])).toThrow('src/config.ts has "HOST" more than once')
  })
})

describe('tests that say nothing of an edit are left out', () => {
  test.each<Side>(['contract', 'source'])('and no others: %s', side => {
    const files = testFiles(root, side)
    for (const file of files) expect(existsSync(join(root, file))).toBe(true)
    expect(files).toContain('test/chapter/parity.test.ts')
    expect(files.filter(file => file.startsWith('test/browser/'))).toEqual([])
    expect(files).not.toContain('test/scripts/mutate.test.ts')
    expect(new RegExp(testNames(side)).test('each operation gives each answer login answers 200')).toBe(true)
  })

  test('by names that there are', () => {
    const all = testFiles(root, 'source').map(file => readFileSync(join(root, file), 'utf8'))
    for (const side of ['contract', 'source'] as const) {
      for (const name of (/^\^\(\?!\.\*\((.*)\)\)$/.exec(testNames(side))?.[1] ?? '').split('|')) {
        expect([name, all.some(text => new RegExp(name).test(text))]).toEqual([name, true])
        expect(new RegExp(testNames(side)).test(`a group, ${name}, and more`)).toBe(false)
      }
    }
  })
})

test('a sample is picked evenly from what is asked for', () => {
  expect(chosen(edits, { only: '', sample: undefined })).toEqual(edits)
  const picked = chosen(edits, { only: '', sample: 10 })
  const positions = picked.map(edit => Math.floor((edits.indexOf(edit) * 10) / edits.length))
  expect(positions).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  const only = chosen(edits, { only: 'rename `/token`', sample: 99 })
  expect(only.map(({ what }) => what)).toEqual(
    ['s', '/'].map(end => `rename \`/token\` to \`/token${end}\``).concat('rename `/token` to `/TOKEN`')
  )
})

const writeFiles = (folder: string, files: Readonly<Record<string, string>>): void => {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
}

describe('results', () => {
  const folder = mkdtempSync(join(tmpdir(), 'results-'))
  const file = join(folder, 'some/results.jsonl')
  afterAll(() => rmSync(folder, { recursive: true }))
  const result: Result = { id: 'openapi.yaml:1:1  remove `x`', killer: 'compiler', how: 'no', seconds: 1.5 }
  beforeAll(() => {
    const results = new Results(file, 'a')
    expect([results.known, results.outdated]).toEqual([0, false])
    results.addGreen('contract')
    results.add(result)
    results.add({ ...result, id: 'b' })
    results.add({ ...result, id: 'b', killer: null })
  })

  test('are found again by the next run, the latest of each edit', () => {
    const results = new Results(file, 'a')
    expect([results.known, results.outdated, [...results.green]]).toEqual([2, false, ['contract']])
    expect([results.get(result.id), results.get('b')?.killer]).toEqual([result, null])
  })

  test('outlive a run that was stopped in the middle of a line', () => {
    writeFileSync(file, `${readFileSync(file, 'utf8')}{"id":"c","kil`)
    new Results(file, 'a').add({ ...result, id: 'd' })
    const results = new Results(file, 'a')
    expect([results.known, results.get('c'), results.get('d')?.id]).toEqual([3, undefined, 'd'])
  })

  test('of other sources are thrown away', () => {
    const results = new Results(file, 'b')
    expect([results.known, results.outdated, [...results.green]]).toEqual([0, true, []])
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

describe('the report', () => {
  const tried = (edit: Edit, killer: Killer | null): Tried => {
    return { edit, result: { id: idOf(edit), killer, how: '', seconds: 1 } }
  }
  const of = (kind: string): readonly Edit[] => edits.filter(edit => edit.kind === kind)
  const [equivalent] = equivalents
  const uncounted = edits.filter(edit => edit.object === equivalent?.object && edit.what === equivalent.what)

  test('counts what has noticed the edits of each kind, and lists those that nothing has', () => {
    const [first, second, third] = of('path')
    const [code] = sourceEdits(root)
    if (!first || !second || !third || !code) throw new Error('there are too few edits')
    const all = [tried(first, 'contract'), tried(second, 'other tests'), tried(third, null), tried(code, 'compiler')]
    const report = reportOf(all)
    expect(report).toMatch(/^path +3 +1 +0 +0 +0 +1 +1 +66\.6 %$/m)
    expect(report).toMatch(/^src\/auth +1 +0 +1 +0 +0 +0 +0 +100\.0 %$/m)
    expect(report).toContain(`Nobody has noticed:\n  ${third.place}  ${third.what}\n`)
    expect(report).toContain('Noticed: contract 66.6 %, source 100.0 %, in total 75.0 %; the goal is 95 %.')
    expect(scoreOf(all)).toBe(0.75)
  })

  test('leaves out of the score what nothing could notice, and says why', () => {
    const all = [...uncounted.map(edit => tried(edit, null)), ...of('server').map(edit => tried(edit, 'linter'))]
    expect(scoreOf(all)).toBe(1)
    expect(reportOf(all)).toContain(`remove \`explode\`: ${equivalent?.why ?? ''}`)
    expect(reportOf(all)).not.toContain('Nobody has noticed')
  })
})

describe('the command', () => {
  test('explains itself', async () => {
    const { code, output } = await runScript(join(root, 'scripts/mutate.ts'), ['--help'])
    expect(code).toBe(0)
    for (const option of ['contract', 'source', 'jobs', 'sample', 'only', 'again'])
      expect(output).toContain(`--${option}`)
  })

  test.each([
    [['--jobs', '0'], '--jobs is "0"; it takes a number from 1.\n'],
    [['--only', 'no such edit'], 'There are no such edits.\n']
  ])('%j is refused with exit code 2', async (args, errors) => {
    expect(await runScript(join(root, 'scripts/mutate.ts'), args)).toEqual({ code: 2, output: '', errors })
  })

  test('a stage that takes too long is killed, with the processes that it has started', async () => {
    const child = 'setInterval(() => undefined, 1000)'
    const parent = `const { spawn } = require('node:child_process')
      console.log(spawn(process.execPath, ['-e', ${JSON.stringify(child)}]).pid)
      ${child}`
    const { code, late, output } = await runNode(['-e', parent], { cwd: root, environment: {}, limit: 1 })
    expect([code, late]).toEqual([null, true])
    const gone = (): boolean => {
      try {
        process.kill(Number(output), 0)
        return readFileSync(`/proc/${output.trim()}/stat`, 'utf8').includes(') Z') // dead, and waiting for its parent
      } catch {
        return true
      }
    }
    while (!gone()) await new Promise(resolve => setTimeout(resolve, 10))
  })
})

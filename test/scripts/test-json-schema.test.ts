import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { runScript, type ScriptResult } from './script.js'

const right = [
  {
    description: 'minimum of integers',
    schema: { $schema: 'https://json-schema.org/draft/2020-12/schema', type: 'integer', minimum: 3 },
    tests: [
      { description: 'the limit', data: 3, valid: true },
      { description: 'below it', data: 2, valid: false }
    ]
  },
  {
    description: 'a list of itself',
    schema: { $ref: '#/$defs/list', $defs: { list: { type: 'array', items: { $ref: '#/$defs/list' } } } },
    tests: [
      { description: 'lists', data: [[], [[]]], valid: true },
      { description: 'a number in a list', data: [[1]], valid: false }
    ]
  },
  {
    description: 'elsewhere',
    schema: { $ref: 'http://localhost:1234/integer.json' },
    tests: [{ description: 'an integer', data: 1, valid: true }]
  }
]

const wrong = [
  {
    description: 'maxLength of strings',
    schema: { type: 'string', maxLength: 3 },
    tests: [
      { description: 'short', data: 'abc', valid: true },
      { description: 'long, which the file calls valid', data: 'abcd', valid: true }
    ]
  }
]

describe('the JSON Schema Test Suite as requests and replies', () => {
  let folder = ''
  let result: ScriptResult
  const runOn = (files: Readonly<Record<string, unknown>>): Promise<ScriptResult> => {
    folder = mkdtempSync(join(tmpdir(), 'suite-'))
    for (const [name, groups] of Object.entries(files)) writeFileSync(join(folder, name), JSON.stringify(groups))
    return runScript('scripts/test-json-schema.ts', [folder])
  }
  const rowOf = (name: string): string[] =>
    (result.output.split('\n').find(line => line.startsWith(`${name} `)) ?? '').slice(name.length).trim().split(/\s+/)

  beforeAll(async () => {
    result = await runOn({ 'minimum.json': right, 'maxLength.json': wrong })
  })
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true })
  })

  test('are counted by keyword: agree, disagree, 5xx, refused', () => {
    expect(rowOf('minimum').slice(0, 4)).toEqual(['4', '0', '0', '0'])
    expect(rowOf('maxLength').slice(0, 4)).toEqual(['1', '1', '0', '0'])
    expect(rowOf('total').slice(0, 4)).toEqual(['5', '1', '0', '0'])
  })

  test('are counted as replies: what leaves a strict server as it is, what is lost, what is invalid and leaves', () => {
    expect(rowOf('total').slice(4, 7)).toEqual(['3', '1', '0'])
    expect(rowOf('total').slice(7)).toEqual(['4', '0', '0', '0'])
  })

  test('are counted apart where they need other documents, which a contract cannot have', () => {
    expect(rowOf('needs other documents').slice(0, 4)).toEqual(['0', '0', '0', '1'])
  })

  test('fail where they disagree, with the test that does', () => {
    expect(result.output).toContain(
      'maxLength: maxLength of strings: long, which the file calls valid (valid): a request is refused; a strict server refuses or changes the reply'
    )
    expect(result.code).toBe(1)
  })

  test('pass where all agree', async () => {
    rmSync(folder, { recursive: true })
    const { code, output } = await runOn({ 'minimum.json': right })
    expect([code, output]).toEqual([0, expect.not.stringContaining('a request')])
  })

  test.each([
    ['no folder', [], /npm run test:json-schema -- DIR/],
    ['a folder that is not there', ['/nowhere'], /^There is no folder \/nowhere\.\n$/]
  ])('need a folder: %s', async (_name, args, said) => {
    const { code, errors } = await runScript('scripts/test-json-schema.ts', args)
    expect([code, errors]).toEqual([1, expect.stringMatching(said)])
  })
})

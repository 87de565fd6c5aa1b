import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { root } from '../support/process.js'
import { runScript } from './script.js'

const folder = mkdtempSync(join(tmpdir(), 'run-'))
afterAll(() => rmSync(folder, { recursive: true }))

const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

describe('a command in TypeScript', () => {
  test('has its arguments, knows where each of its files is, and loads late what it imports late', async () => {
    file('late.ts', 'console.log(import.meta.url)\nexport const late: number = 1\n')
    const early = 'console.log(process.argv.slice(2), import.meta.url)\nconst { late } = await import("./late.js")\n'
    const { code, output, errors } = await runScript(file('early.ts', `${early}console.log(late)\n`), ['--a', 'b'])
    expect([code, errors]).toEqual([0, ''])
    expect(output).toMatch(/^\[ '--a', 'b' \] file:\S+\/early\.ts\nfile:\S+\/late\.ts\n1\n$/)
  })

  test('that fails is told by its own file and line', async () => {
    const { code, errors } = await runScript(file('fails.ts', 'type A = string\nthrow new Error("no luck")\n'))
    expect([code, errors]).toEqual([1, expect.stringMatching(/no luck[^]*fails\.ts:2/)])
  })

  test("that can't be read is told by its place, without a stack", async () => {
    const { code, errors } = await runScript(file('broken.ts', 'const a = 1\nconst b = = 2\n'))
    expect([code, errors]).toEqual([1, expect.stringMatching(/Unexpected "="[^]*broken\.ts:2:10:/)])
    expect(errors).not.toContain(' at ')
  })
})

test.each([
  ['generate', 1, '--check'],
  ['lint-contract', 1, '--all'],
  ['contract-diff', 2, 'none']
])('%s does nothing where it is told a flag that it has not', async (name, code, flags) => {
  expect(await runScript(join(root, `scripts/${name}.ts`), ['--chekc'])).toEqual({
    code,
    output: '',
    errors: `There is no --chekc here; there is ${flags}.\n`
  })
})

test('stale types of a contract that is named are told with the command that makes them', async () => {
  const contract = file('openapi.yaml', readFileSync(join(root, 'openapi.yaml'), 'utf8'))
  const { code, errors } = await runScript(join(root, 'scripts/generate.ts'), ['--check', contract])
  expect([code, errors]).toEqual([1, expect.stringContaining(`Run \`npm run generate -- ${contract}\`.`)])
})

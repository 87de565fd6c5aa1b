/** The README's "Start your own API", step by step, in a copy of the project. */
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { root, run } from '../support/process.js'

const parts = '.prettierignore .gitignore README.md generated openapi.yaml package.json scripts src test tsconfig.json'

const readme = readFileSync(join(root, 'README.md'), 'utf8')
const section = readme.slice(readme.indexOf('## Start your own API'), readme.indexOf('## Commands'))
const blocks = [section, readFileSync(join(root, 'test/own-api/README.md'), 'utf8')].flatMap(text =>
  [...text.matchAll(/^```(sh|ts)\n([^]*?)^```$/gm)].map(([, kind, content = '']) => ({ kind, content }))
)

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'own-api-'))
  const isPart = (path: string): boolean => !path.includes('node_modules')
  for (const name of parts.split(' ')) cpSync(join(root, name), join(folder, name), { recursive: true, filter: isPart })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

const sh = async (command: string): Promise<string> => {
  const running = run('sh', ['-c', command], { CI: 'true', CONTRACT_RUNS: '100' }, folder)
  const { code } = await running.ended
  return code === 0 ? 'fine' : running.printed()
}

test('its steps are taken as they are written', async () => {
  for (const { kind, content } of blocks) {
    if (kind === 'sh') expect(await sh(content)).toBe('fine')
    else writeFileSync(join(folder, /^\/\/ (\S+)\n/.exec(content)?.[1] ?? ''), content.replace(/^.*\n/, ''))
  }
  expect(blocks.map(({ kind }) => kind)).toEqual(['sh', 'ts', 'ts', 'ts', 'ts', 'ts'])
})

test('then `npm run check` is green', async () => {
  expect(await sh('npm run check')).toBe('fine')
})

test('and so is `npm test`, the tests that the new contract writes among them', async () => {
  expect(await sh('npm test')).toBe('fine')
})

test('and so is `npm run test:scripts`', async () => {
  expect(await sh('npm run test:scripts')).toBe('fine')
})

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { compileContract, parseContract, readContract } from '../../src/contract/index.js'
import { loginText } from '../support/login.js'

const folder = mkdtempSync(join(tmpdir(), 'compiled-'))
const file = join(folder, 'openapi.yaml')
const compiled = join(folder, 'contract.json')
beforeAll(() => {
  writeFileSync(compiled, compileContract(parseContract(loginText)))
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

test('a compiled contract is the contract that it was made of, places and all', async () => {
  writeFileSync(file, loginText)
  const contract = await readContract(file, undefined, compiled)
  const parsed = parseContract(loginText)
  expect(contract.document).toEqual(parsed.document)
  expect(contract.place('/paths/~1token/post')).toBe(parsed.place('/paths/~1token/post'))
})

test('a contract that has been edited since is read anew', async () => {
  writeFileSync(file, loginText.replace('version: 1.0.0', 'version: 1.0.1'))
  expect((await readContract(file, undefined, compiled)).document.info.version).toBe('1.0.1')
  writeFileSync(file, 'openapi: 3.1.0')
  await expect(readContract(file, undefined, compiled)).rejects.toThrow(/`info` is missing/)
})

test('without a compiled contract, the file is read', async () => {
  writeFileSync(file, loginText)
  expect((await readContract(file, undefined, join(folder, 'none.json'))).document.openapi).toBe('3.1.0')
})

test('a compiled contract that is only half written counts as none', async () => {
  writeFileSync(file, loginText)
  const half = join(folder, 'half.json')
  for (const text of ['', '{"digest":"', '[]', '{"digest":1,"document":2}']) {
    writeFileSync(half, text)
    expect((await readContract(file, undefined, half)).document.openapi).toBe('3.1.0')
  }
})

test('a file that is missing or empty is told in one sentence', async () => {
  await expect(readContract(join(folder, 'none.yaml'))).rejects.toThrow(/^none\.yaml {2}can't be read: .*\.$/)
  writeFileSync(file, '')
  await expect(readContract(file)).rejects.toThrow(/^openapi\.yaml:1:1 {2}is empty\. {2}Write an OpenAPI document\.$/)
})

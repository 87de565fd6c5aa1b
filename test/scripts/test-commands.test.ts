import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { root } from '../support/process.js'

interface Package {
  readonly scripts: Readonly<Record<string, string>>
  readonly jest: { readonly testPathIgnorePatterns: readonly string[] }
}

const { scripts, jest } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Package
const files = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
  .map(name => `/test/${name}`)
  .filter(path => path.endsWith('.test.ts'))

/** The patterns that a command gives to Jest: what follows its file and isn't a flag. */
const patternsOf = (command: string): string[] =>
  (command.split('jest.js ')[1] ?? '').split(' ').filter(word => word !== '' && !word.startsWith('--'))

test('each test is run by exactly one command', () => {
  const commands = Object.entries(scripts).filter(
    ([name, command]) => name.startsWith('test') && command.includes('jest.js')
  )
  const runs = (command: string, path: string): boolean => {
    const patterns = patternsOf(command)
    if (patterns.length > 0) return patterns.some(pattern => path.includes(pattern))
    return !jest.testPathIgnorePatterns.some(pattern => path.includes(pattern))
  }
  for (const path of files) {
    const found = commands.filter(([, command]) => runs(command, path)).map(([name]) => name)
    expect([path, found]).toEqual([path, [expect.any(String)]])
  }
})

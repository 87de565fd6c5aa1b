import { settings } from '../../src/config.js'
import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { isInstalled } from '../support/installed.js'
import { root, type Running, startMain } from '../support/process.js'

const readme = readFileSync(join(root, 'README.md'), 'utf8')

/** The commands of the README's tour, each with the output that follows it. */
const tour = [...readme.matchAll(/^```console\n([^]*?)^```$/gm)].flatMap(([, block = '']) =>
  block
    .split(/^\$ /m)
    .filter(part => part !== '')
    .map(part => {
      const [command = '', ...output] = part.split('\n')
      return { command, output: output.join('\n') }
    })
)

let main: Running & { readonly port: number }
beforeAll(async () => {
  main = await startMain()
})
afterAll(() => {
  main.child.kill()
})

test('the README has a tour', () => {
  expect(tour.length).toBeGreaterThanOrEqual(8)
})

const withCurl = isInstalled('curl', 'the tour of the README') ? test : test.skip

withCurl.each(tour)('$command', async ({ command, output }) => {
  const here = command.replaceAll('127.0.0.1:8000', `127.0.0.1:${main.port}`)
  const { stdout } = await promisify(execFile)('sh', ['-c', here])
  expect(stdout).toBe(output)
})

test('the README has at most 370 lines: 220 about the chapter and the house, 60 about real users, 60 about production', () => {
  const lines = readme.trimEnd().split('\n')
  const titles = lines.filter(line => line.startsWith('## '))
  const linesOf = (title: string): number => {
    expect(titles).toContain(title)
    const next = titles[titles.indexOf(title) + 1]
    return (next === undefined ? lines.length : lines.indexOf(next)) - lines.indexOf(title)
  }
  const users = linesOf('## Real users')
  const production = linesOf('## In production')
  const tables = linesOf('## What an API carries') + linesOf('## Settings')
  expect(users).toBeLessThanOrEqual(60)
  expect(production).toBeLessThanOrEqual(60)
  expect(lines.length - users - production - tables).toBeLessThanOrEqual(220)
  expect(lines.length).toBeLessThanOrEqual(370)
})

test('the README names each setting, its default, and what it is for', () => {
  const from = readme.indexOf('| setting')
  const rows = readme.slice(from, readme.indexOf('\n\n', from)).split('\n').slice(2)
  const cells = rows.map(row =>
    row
      .split('|')
      .slice(1, -1)
      .map(cell => cell.trim())
  )
  const code = (text: string | undefined): string => (text === '' ? '' : `\`${text ?? ''}\``)
  expect(cells).toEqual(Object.values(settings).map(({ name, fallback, says }) => [code(name), code(fallback), says]))
})

test('"I want to…" names files that there are', () => {
  const rows = readme.slice(readme.indexOf('| I want to…'), readme.indexOf('Words:')).match(/^\|.*\|$/gm) ?? []
  const files = rows.slice(2).map(row => /`([^`]+)`/.exec(row.split('|')[2] ?? '')?.[1] ?? '')
  expect(files).toHaveLength(20)
  for (const file of files) expect([file, existsSync(join(root, file))]).toEqual([file, true])
})

test('every file that the README links to exists', () => {
  const links = [...readme.matchAll(/\]\(([^)#:]+)\)/g)].map(([, link = '']) => link)
  expect(links.length).toBeGreaterThan(4)
  for (const link of links) expect(() => readFileSync(join(root, link))).not.toThrow()
})

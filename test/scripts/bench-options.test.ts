import { afterAll, expect, test } from '@jest/globals'
import { help, readOptions } from '../../scripts/bench/options.js'
import { scenarios } from '../../scripts/bench/scenarios.js'
import { serverNames } from '../../scripts/bench/servers.js'
import { removeTemporaryFolders } from '../../scripts/bench/temporary-folder.js'

afterAll(removeTemporaryFolders)

test('without options, all scenarios are measured in five rounds', () => {
  const none = { report: undefined, json: undefined }
  const all = { scenarios: [], real: false, samples: 2000, rounds: 5, only: [], peers: [], ...none }
  expect(readOptions([])).toEqual(all)
})

test('help is no measurement', () => {
  expect(readOptions(['--real', '--help'])).toBeUndefined()
})

test('help and --only know each scenario and each of its servers, and no others', async () => {
  const made = await Promise.all(Object.values(scenarios).map(async make => make()))
  const names = new Set(made.flatMap(({ servers }) => servers.map(({ name }) => name)))
  expect([...names].sort()).toEqual([...serverNames].sort())
  const listed = [...help.matchAll(/^ {26}(\S+) {2}/gm)].map(([, name]) => name)
  expect(listed).toEqual(Object.keys(scenarios))
  expect(/only these servers: ((?:[\w:-]+,\s+)*[\w:-]+)/.exec(help)?.[1]?.split(/,\s+/)).toEqual(serverNames)
})

test('scenarios and servers are named with commas between them', () => {
  const options = readOptions(['--scenario', 'list,create', '--only', 'this, fastify'])
  expect(options).toMatchObject({ scenarios: ['list', 'create'], only: ['this', 'fastify'] })
})

test('with real users, the parts and the number of samples can be chosen', () => {
  const options = readOptions(['--real', '--only', 'logins,guesses', '--samples', '50', '--rounds', '2'])
  expect(options).toMatchObject({ real: true, only: ['logins', 'guesses'], samples: 50, rounds: 2 })
})

test.each([
  ['--scenario', 'list'],
  ['--peer', 'other=other --port {port}'],
  ['--report', 'page.html'],
  ['--json', 'bench.json']
])('real users go without %s', (...args) => {
  expect(() => readOptions(['--real', ...args])).toThrow(
    '--real takes no --scenario, no --peer, no --report, no --json.'
  )
})

test('samples are of real users, and at least two, or else they have no variance', () => {
  expect(() => readOptions(['--samples', '50'])).toThrow('--samples goes with --real.')
  expect(() => readOptions(['--real', '--samples', '1'])).toThrow('--samples is "1"; it takes a whole number from 2.')
})

test('what is asked for by a name that nothing has is told with the names that there are', () => {
  expect(() => readOptions(['--scenario', 'list,nothing'])).toThrow('--scenario: no nothing here; there are chapter, ')
  expect(() => readOptions(['--only', 'nobody'])).toThrow('--only: no nobody here; there are node:http, ')
  expect(() => readOptions(['--real', '--only', 'this'])).toThrow('--only: no this here; there are reads, ')
})

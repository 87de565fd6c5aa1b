import { expect, test } from '@jest/globals'
import { readOptions } from '../../scripts/bench/options.js'

test('without options, all scenarios are measured in five rounds', () => {
  const none = { report: undefined, json: undefined }
  const all = { scenarios: [], real: false, samples: 2000, rounds: 5, only: [], peers: [], ...none }
  expect(readOptions([])).toEqual(all)
})

test('help is no measurement', () => {
  expect(readOptions(['--real', '--help'])).toBeUndefined()
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

import { expect, test } from '@jest/globals'
import { readOptions } from '../../scripts/bench/options.js'

test('without options, the servers are compared in five rounds', () => {
  expect(readOptions([])).toEqual({ real: false, samples: 2000, rounds: 5, only: [], peers: [], operations: undefined })
})

test('help is no measurement', () => {
  expect(readOptions(['--real', '--help'])).toBeUndefined()
})

test('with real users, the parts and the number of samples can be chosen', () => {
  const options = readOptions(['--real', '--only', 'logins,guesses', '--samples', '50', '--rounds', '2'])
  expect(options).toMatchObject({ real: true, only: ['logins', 'guesses'], samples: 50, rounds: 2 })
})

test.each([
  ['--operations', '2'],
  ['--peer', 'other=other --port {port}']
])('real users go without %s', (...args) => {
  expect(() => readOptions(['--real', ...args])).toThrow('--real takes no --operations, no --peer.')
})

test('samples are of real users, and at least two, or else they have no variance', () => {
  expect(() => readOptions(['--samples', '50'])).toThrow('--samples goes with --real.')
  expect(() => readOptions(['--real', '--samples', '1'])).toThrow('--samples is "1"; it takes a whole number from 2.')
})

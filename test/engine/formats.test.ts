import { expect, test } from '@jest/globals'
import { formats } from '../../src/contract/schema/formats.js'

/** Of each format a value that is of it, and one that isn't. */
const samples: Readonly<Record<string, readonly [good: unknown, bad: unknown]>> = {
  date: ['2024-02-29', '2023-02-29'],
  time: ['12:00:00Z', '12:00:00'],
  'date-time': ['2024-02-29T12:00:00Z', '2024-02-29 12:00:00Z'],
  'iso-time': ['12:00:00', '25:00:00'],
  'iso-date-time': ['2024-02-29T12:00:00', '2024-02-30T12:00:00'],
  duration: ['P1DT2H', 'P'],
  uri: ['https://example.com/a?b#c', '/a'],
  'uri-reference': ['/a', '\\a'],
  'uri-template': ['/a/{b}', '/a/{b'],
  url: ['https://example.com', 'https://'],
  email: ['john@example.com', 'john'],
  hostname: ['example.com', '-example.com'],
  ipv4: ['127.0.0.1', '127.0.0.256'],
  ipv6: ['::1', ':::1'],
  regex: ['^a+$', '('],
  uuid: ['6f1c2a4e-8d57-4b0a-9f6e-2d3c4b5a6978', '6f1c2a4e'],
  'json-pointer': ['/a/~0', '/a/~2'],
  'json-pointer-uri-fragment': ['#/a', '/a'],
  'relative-json-pointer': ['1/a', '/a'],
  byte: ['aGVsbG8=', 'aGVsbG8'],
  int32: [2 ** 31 - 1, 2 ** 31],
  int64: [2 ** 53 - 1, 2 ** 53]
}

test.each(Object.entries(samples))('the format %s tells what is of it from what is not', (name, [good, bad]) => {
  const isOf = formats.get(name)
  expect([isOf?.(good), isOf?.(bad)]).toEqual([true, false])
})

test('each format that asserts something is tried', () => {
  expect(Object.keys(samples).sort()).toEqual([...formats.keys()].sort())
})

test.each([...formats.keys()])('the format %s says nothing of values of other types', name => {
  expect([null, true, [], {}].map(value => formats.get(name)?.(value))).toEqual([true, true, true, true])
})

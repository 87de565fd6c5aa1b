import { expect, test } from '@jest/globals'
import { createTable, widthOf } from '../../src/users/table.js'

test.each([
  ['John', 4],
  ['', 0],
  ['José', 4],
  ['Jose\u0301', 4],
  ['山田', 4],
  ['ﾔﾏ', 2],
  ['Ｊ', 2],
  ['홍', 2],
  ['👩‍👩‍👧', 2],
  ['❤️', 2],
  ['Зоя', 3]
])('%s is as wide as a terminal shows it', (text, width) => {
  expect(widthOf(text)).toBe(width)
})

test('columns are aligned, remember what was wide, and let what is too wide stick out', () => {
  const align = createTable()
  expect(
    align([
      ['a', 'b'],
      ['山田', '']
    ])
  ).toEqual(['a     b', '山田'])
  expect(align([['abc', 'b']])).toEqual(['abc   b'])
  expect(
    align([
      ['x'.repeat(50), 'b'],
      ['y', 'b']
    ])
  ).toEqual([`${'x'.repeat(50)}  b`, `y${' '.repeat(41)}b`])
})

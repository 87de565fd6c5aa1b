import { describe, expect, test } from '@jest/globals'
import { decodedField, decodedText, rawCookies, rawFields } from '../../src/contract/serve/raw-fields.js'

describe('the fields of a query or of a form', () => {
  test.each([
    ['', []],
    [
      'a=1&b=2&a=3',
      [
        ['a', ['1', '3']],
        ['b', ['2']]
      ]
    ],
    ['a', [['a', ['']]]],
    ['a=', [['a', ['']]]],
    ['a=b=c', [['a', ['b=c']]]],
    ['&&a=1&', [['a', ['1']]]],
    ['=1', [['', ['1']]]],
    ['a+b=c+d', [['a b', ['c+d']]]],
    ['%61%5B0%5d=%2C,', [['a[0]', ['%2C,']]]],
    ['%ZZ=%', [['%ZZ', ['%']]]],
    ['a;b=1', [['a;b', ['1']]]],
    [
      '__proto__=1&constructor=2&toString',
      [
        ['__proto__', ['1']],
        ['constructor', ['2']],
        ['toString', ['']]
      ]
    ]
  ])('%j has decoded names, and values as they were sent', (text, fields) => {
    expect([...rawFields(text)]).toEqual(fields)
  })

  test.each(['&', '=', '%', '+', 'a=&', '%25', '[]', '%zz&'])('a megabyte of %s takes linear time', part => {
    const started = performance.now()
    rawFields(part.repeat(1_000_000 / part.length))
    expect(performance.now() - started).toBeLessThan(2000) // milliseconds; quadratic time takes an hour
  })
})

test.each([
  [undefined, []],
  [
    'a=1; b="2"; a=3',
    [
      ['a', ['1', '3']],
      ['b', ['2']]
    ]
  ],
  ['a', []],
  [
    'a=; __proto__=x=y;',
    [
      ['a', ['']],
      ['__proto__', ['x=y']]
    ]
  ],
  ['a=b%2Cc+d', [['a', ['b%2Cc+d']]]]
])('the cookies of %j', (header, fields) => {
  expect([...rawCookies(header)]).toEqual(fields)
})

describe('decoding', () => {
  test.each([
    ['a%20b+c', 'a b+c', 'a b c'],
    ['%2B', '+', '+'],
    ['%', '%', '%'],
    ['%ZZ%20', '%ZZ ', '%ZZ '],
    ['%C3%A4', 'ä', 'ä'],
    ['%C3', '%C3', '%C3'],
    ['%20x%FFx%21', ' x%FFx!', ' x%FFx!']
  ])('%s is %j in a path, and %j in a query', (text, inPath, inQuery) => {
    expect([decodedText(text), decodedField(text)]).toEqual([inPath, inQuery])
  })

  test('a great many malformed encodings take linear time', () => {
    const started = performance.now()
    for (const part of ['%', '%FF', '%FFx', '%2', '%C3%A4%']) decodedText(part.repeat(50_000))
    expect(performance.now() - started).toBeLessThan(2000) // milliseconds; quadratic time takes minutes
  })
})

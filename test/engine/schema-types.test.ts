import { expect, test } from '@jest/globals'
import { commonTypes, type JsonType } from '../../src/contract/serve/schema-types.js'

const all: readonly JsonType[] = ['null', 'boolean', 'integer', 'number', 'string', 'array', 'object']

test('a type and itself have that type in common, and with any type all of it', () => {
  for (const type of all) {
    expect(commonTypes([type], [type])).toEqual([type])
    expect(commonTypes([type], undefined)).toEqual([type])
    expect(commonTypes(undefined, [type])).toEqual([type])
  }
  expect(commonTypes(undefined, undefined)).toBeUndefined()
})

test('two types have nothing in common, but for numbers and those of them that are whole', () => {
  for (const one of all) {
    for (const other of all.filter(other => other !== one)) {
      const areNumbers = [one, other].every(type => type === 'integer' || type === 'number')
      expect([one, other, commonTypes([one], [other])]).toEqual([one, other, areNumbers ? ['integer'] : []])
    }
  }
})

test('the types that are in common are in the order of the first', () => {
  expect(commonTypes(['string', 'number', 'null'], ['null', 'integer', 'string'])).toEqual([
    'string',
    'integer',
    'null'
  ])
})

import { describe, expect, test } from '@jest/globals'
import { ContractError } from '../../src/contract/index.js'
import { pointer, pointerOfFragment, tokensOf } from '../../src/contract/document/pointer.js'
import { resolve } from '../../src/contract/document/reference.js'
import { parseYaml, placesIn } from '../../src/contract/document/yaml.js'

describe('pointers', () => {
  test.each([
    [['paths', '/a~b', 0], '/paths/~1a~0b/0'],
    [[], ''],
    [[''], '/']
  ])('%j is written as %j', (tokens, path) => {
    expect(pointer(...tokens)).toBe(path)
    expect(tokensOf(path)).toEqual(tokens.map(String))
  })

  test('a fragment is decoded, and a stray percent sign is left alone', () => {
    expect(pointerOfFragment('#/a%20b')).toBe('/a b')
    expect(pointerOfFragment('#/100%')).toBe('/100%')
  })
})

describe('places', () => {
  const place = placesIn('a: 1\nb:\n  - c: { d: x }\n', 'file.yaml')

  test.each([
    ['/a', 'value', '1:4'],
    ['/a', 'key', '1:1'],
    ['/b', 'value', '2:1'],
    ['/b/0/c/d', 'value', '3:13'],
    ['/b/0/c/none', 'value', '3:5']
  ] as const)('%s (%s) stands at %s', (path, part, where) => {
    expect(place(path, part)).toBe(`file.yaml:${where}`)
  })
})

describe('references', () => {
  const document = {
    a: { $ref: '#/b' },
    b: { c: { $ref: '#/d~1e' } },
    'd/e': [7],
    loop: { $ref: '#/loop' }
  }

  test.each([
    ['/a', '/b', document.b],
    ['/a/c', '/d~1e', [7]],
    ['/a/c/0', '/d~1e/0', 7],
    ['/none', '/none', undefined]
  ])('%s leads to %s', (path, at, value) => {
    expect(resolve(document, path)).toEqual({ pointer: at, value })
  })

  test('one that leads back to itself leads to nothing', () => {
    expect(resolve(document, '/loop').value).toBeUndefined()
  })
})

test.each([
  ['', /^f\.yaml:1:1 {2}is empty\./],
  ['  \n', /^f\.yaml:1:1 {2}is empty\./],
  ['a: [', /^f\.yaml:1:\d+ {2}isn't well-formed YAML/]
])('the text %j is refused in a sentence with its place', (text, message) => {
  expect(() => parseYaml(text, 'f.yaml')).toThrow(ContractError)
  expect(() => parseYaml(text, 'f.yaml')).toThrow(message)
})

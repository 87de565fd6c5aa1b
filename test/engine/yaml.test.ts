import { expect, test } from '@jest/globals'
import { parseText, placesInText } from '../../src/contract/document/source-text.js'
import { ContractError, parseContract } from '../../src/contract/index.js'

const text = `a: &a
  x: 1
  y: { deep: 2 }
b: &b
  y: 3
  z: 4
c:
  <<: [*a, *b]
  z: 5
d: *a
e: &e { <<: *b, own: &s text }
f: { <<: *e, s: *s }
`

test('aliases and merge keys mean what they stand for', () => {
  expect(parseText(text, 'f.yaml')).toMatchObject({
    c: { x: 1, y: { deep: 2 }, z: 5 },
    d: { x: 1, y: { deep: 2 } },
    f: { y: 3, z: 4, own: 'text', s: 'text' }
  })
  expect(Object.keys((parseText(text, 'f.yaml') as { c: object }).c).sort()).toEqual(['x', 'y', 'z'])
})

test.each([
  ['/c', '7:1'],
  ['/c/x', '2:6'],
  ['/c/y', '3:3'],
  ['/c/y/deep', '3:14'],
  ['/c/z', '9:6'],
  ['/d', '10:1'],
  ['/d/y/deep', '3:14'],
  ['/f/y', '5:6'],
  ['/f/own', '11:25'],
  ['/f/s', '12:17'],
  ['/f/none', '12:1']
])('%s stands at %s, where it is written', (path, where) => {
  expect(placesInText(text, 'f.yaml')(path)).toBe(`f.yaml:${where}`)
})

test('a merged schema is served, and what is wrong in it is told with the place where it is written', () => {
  const contract = `openapi: 3.1.0
info: { title: x, version: '1' }
x-common: &common
  type: object
  properties: { a: { pattern: '(' } }
components:
  schemas:
    A: { <<: *common, required: [a] }
`
  expect(() => parseContract(contract)).toThrow(/^openapi\.yaml:5:31 {2}isn't a regular expression/)
  expect(parseContract(contract.replace("'('", 'a')).document.components?.schemas).toEqual({
    A: { type: 'object', properties: { a: { pattern: 'a' } }, required: ['a'] }
  })
})

test('a key that a map has twice is refused with its place; one that is merged, too, may be written again', () => {
  expect(() => parseText('a:\n  b: 1\n  c: 2\n  b: 3\n', 'f.yaml')).toThrow(
    /^f\.yaml:4:3 {2}isn't well-formed YAML: Map keys must be unique/
  )
})

test('syntax errors are told up to the third, for what follows is noise, and keys that are there twice are all told', () => {
  const findings = (text: string): readonly string[] => {
    try {
      parseText(text, 'f.yaml')
      return []
    } catch (error) {
      return String(error).split('\n')
    }
  }
  const lines = Array.from({ length: 50 }, (_, index) => `  key${index}: { a: [1, 2], b: 'x' }\n`).join('')
  expect(findings(`root: [\n${lines}`)).toHaveLength(3)
  expect(findings(Array.from({ length: 9 }, () => 'a: 1\n').join(''))).toHaveLength(8)
})

test('an anchor may be used a thousand times, but not to make a small file a large value', () => {
  const often = `a: &a { x: [1] }\nb: [${'*a, '.repeat(1000)}]`
  expect(parseText(often, 'f.yaml')).toMatchObject({ b: { length: 1000 } })
  const laughs = Array.from({ length: 9 }, (_, index) => `l${index + 1}: &l${index + 1} [${`*l${index},`.repeat(9)}]`)
  expect(() => parseText(`l0: &l0 [1]\n${laughs.join('\n')}`, 'f.yaml')).toThrow(/Excessive alias count/)
})

test('aliases that lead to nothing or into themselves are told, each with its place', () => {
  const broken = 'a: &a\n  <<: *a\nb: *none\nc: &c [{ d: *c }]\n'
  let findings: readonly unknown[] = []
  try {
    parseText(broken, 'f.yaml')
  } catch (error) {
    if (error instanceof ContractError) findings = error.findings.map(({ place, what }) => `${place} ${what}`)
  }
  expect(findings).toEqual([
    "f.yaml:2:7 isn't well-formed YAML: the alias `*a` leads into itself.",
    "f.yaml:3:4 isn't well-formed YAML: the alias `*none` has no anchor.",
    "f.yaml:4:13 isn't well-formed YAML: the alias `*c` leads into itself."
  ])
})

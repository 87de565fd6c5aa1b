import { expect, test } from '@jest/globals'
import { PathTree } from '../../src/contract/serve/path-tree.js'

const tree = (...templates: readonly string[]): PathTree<string> => {
  const made = new PathTree<string>()
  for (const template of templates) made.add(template, template)
  return made
}

test.each([
  [['/a', '/{x}'], '/a', '/a', []],
  [['/a', '/{x}'], '/b', '/{x}', ['b']],
  [['/{x}/b', '/a/{y}'], '/a/b', '/a/{y}', ['b']],
  [['/{x}/b', '/a/{y}'], '/c/b', '/{x}/b', ['c']],
  [['/a/{x}/b', '/a/{y}'], '/a/1/b', '/a/{x}/b', ['1']],
  [['/a/{x}/b', '/a/{y}'], '/a/1', '/a/{y}', ['1']],
  [['/{x}/{y}/c', '/a/{z}'], '/a/b/c', '/{x}/{y}/c', ['a', 'b']],
  [['/{name}', '/{name}.json'], '/nail.json', '/{name}.json', ['nail']],
  [['/{name}.json', '/{name}.min.json'], '/a.min.json', '/{name}.min.json', ['a']],
  [['/{from}-{to}'], '/a-b', '/{from}-{to}', ['a', 'b']],
  [['/{from}-{to}'], '/a--b', '/{from}-{to}', ['a', '-b']],
  [['/{from}-{to}'], '/--b', '/{from}-{to}', ['-', 'b']],
  [['/{a}{b}'], '/abc', '/{a}{b}', ['a', 'bc']],
  [['/{a}-{b}-{c}.json'], '/1-2-3-4.json', '/{a}-{b}-{c}.json', ['1', '2', '3-4']],
  [['/x.{a}+(b)'], '/x.1+(b)', '/x.{a}+(b)', ['1']],
  [['/a/{x}'], '/a/constructor', '/a/{x}', ['constructor']],
  [['/a/{x}'], '/a/__proto__', '/a/{x}', ['__proto__']]
])('of %j, %s is found at %s', (templates, path, value, values) => {
  expect(tree(...templates).find(path)).toEqual({ value, values })
})

test.each([
  [['/a'], '/a/'],
  [['/a'], '/A'],
  [['/{x}'], '/'],
  [['/{x}'], '/a/b'],
  [['/{x}/b'], '/a'],
  [['/a/{x}'], '/a/x/'],
  [['/{a}-{b}'], '/-b'],
  [['/{a}-{b}'], '/a-'],
  [['/{a}aa'], '/aa'],
  [['/{a}-{b}-{c}'], '/a-b/c-d'],
  [['/{x}/constructor'], '/a/toString'],
  [['/a{}b'], '/axb']
])('of %j, nothing is found at %s', (templates, path) => {
  expect(tree(...templates).find(path)).toBeUndefined()
})

test('what is captured is handed on as it was sent', () => {
  expect(tree('/{x}').find('/a%2fb')?.values).toEqual(['a%2fb'])
  expect(tree('/{x}').find('/%ZZ')?.values).toEqual(['%ZZ'])
})

test.each([
  ['/käse/{id}', '/k%C3%A4se/1'],
  ['/käse/{id}', '/k%c3%a4se/1'],
  ['/{id}-ä', '/1-%c3%A4'],
  ['/a b', '/a%20b'],
  ['/a%2fb', '/a%2Fb'],
  ['/😀', '/%F0%9F%98%80']
])('%s matches what a client sends: %s', (template, path) => {
  expect(tree(template).find(path)?.value).toBe(template)
})

test('else a path is compared as sent', () => {
  expect(tree('/user').find('/%75ser')).toBeUndefined()
  expect(tree('/a%2Fb').find('/a/b')).toBeUndefined()
})

test('templates that differ in nothing but names are the same one', () => {
  expect(tree('/a/{x}', '/a/{y}').find('/a/1')).toEqual({ value: '/a/{y}', values: ['1'] })
})

test.each([
  ['/g/{a}-{b}-{c}.json', `/g/${'-'.repeat(100_000)}`],
  ['/g/{a}-{b}-{c}-{d}-{e}x', `/g/${'-'.repeat(100_000)}`],
  ['/{a}/{b}/{c}x', '/a'.repeat(50_000)]
])('%s takes time in proportion to the length of the path', (template, path) => {
  const found = tree(template)
  const started = performance.now()
  expect(found.find(path)).toBeUndefined()
  expect(performance.now() - started).toBeLessThan(1000) // milliseconds; cubic time takes hours
})

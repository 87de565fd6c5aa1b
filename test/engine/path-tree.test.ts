import { expect, test } from '@jest/globals'
import { PathTree } from '../../src/contract/serve/path-tree.js'

const tree = (...templates: readonly string[]): PathTree<string> => {
  const made = new PathTree<string>()
  for (const template of templates) made.add(template, template)
  return made
}

test.each([
  [['/a', '/{x}'], '/a', '/a', {}],
  [['/a', '/{x}'], '/b', '/{x}', { x: 'b' }],
  [['/{x}/b', '/a/{y}'], '/a/b', '/a/{y}', { y: 'b' }],
  [['/{x}/b', '/a/{y}'], '/c/b', '/{x}/b', { x: 'c' }],
  [['/{name}', '/{name}.json'], '/nail.json', '/{name}.json', { name: 'nail' }],
  [['/{from}-{to}'], '/a-b', '/{from}-{to}', { from: 'a', to: 'b' }],
  [['/{x}'], '/a%2Fb', '/{x}', { x: 'a/b' }],
  [['/{x}'], '/%ZZ', '/{x}', { x: '%ZZ' }]
])('of %j, %s is found at %s', (templates, path, value, params) => {
  expect(tree(...templates).find(path)).toEqual({ value, params })
})

test.each([
  [['/a'], '/a/'],
  [['/a'], '/A'],
  [['/{x}'], '/'],
  [['/{x}'], '/a/b'],
  [['/{x}/b'], '/a']
])('of %j, nothing is found at %s', (templates, path) => {
  expect(tree(...templates).find(path)).toBeUndefined()
})

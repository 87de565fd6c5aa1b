import { expect, test } from '@jest/globals'
import { parseText, placesInText } from '../../src/contract/document/source-text.js'
import { placesIn } from '../../src/contract/document/yaml.js'
import { parseContract } from '../../src/contract/index.js'

const text = `{
  "openapi": "3.1.0",
  "info": { "title": "A \\"quoted\\" [name]", "version": "1" },
  "paths": {
    "/a~b": { "x-list": [1, [2, { "c\\u0064": true }], {}], "x-\\\\": -1.5e3 }
  },
  "x-empty": [ ]
}
`

test.each([
  ['', 'value', '1:1'],
  ['/openapi', 'value', '2:14'],
  ['/openapi', 'key', '2:3'],
  ['/info', 'value', '3:3'],
  ['/info/version', 'value', '3:56'],
  ['/paths/~1a~0b', 'value', '5:5'],
  ['/paths/~1a~0b/x-list/0', 'value', '5:26'],
  ['/paths/~1a~0b/x-list/1/1', 'value', '5:33'],
  ['/paths/~1a~0b/x-list/1/1/cd', 'value', '5:46'],
  ['/paths/~1a~0b/x-list/1/1/cd', 'key', '5:35'],
  ['/paths/~1a~0b/x-list/2', 'value', '5:55'],
  ['/paths/~1a~0b/x-\\', 'value', '5:68'],
  ['/paths/~1none/get', 'value', '4:3'],
  ['/x-empty/0', 'value', '7:3']
] as const)('in JSON, %s (%s) stands at %s, as it would in YAML', (path, part, where) => {
  expect(placesInText(text, 'f.json')(path, part)).toBe(`f.json:${where}`)
  expect(placesIn(text, 'f.json')(path, part)).toBe(`f.json:${where}`)
})

test('a text in JSON has the value that it has in JSON', () => {
  const odd = '\n\t{ "a":\n\t"\\/\\ud83d\\ude00", "<<": { "b": 1 }, "__proto__": 1e400 }'
  expect(parseText(`\uFEFF${odd}`, 'f.yaml')).toEqual(JSON.parse(odd))
})

test('what begins like JSON may be YAML, with the places of YAML', () => {
  const flow = "{ openapi: '3.1.0', # a comment\n  info: { title: x, version: 1 } }"
  expect(parseText(flow, 'f.yaml')).toEqual({ openapi: '3.1.0', info: { title: 'x', version: 1 } })
  expect(placesInText(flow, 'f.yaml')('/info/version')).toBe('f.yaml:2:30')
})

test('broken JSON is told with its place', () => {
  expect(() => parseText('{\n  "a": [1, 2,\n  "b": }', 'f.json')).toThrow(/^f\.json:3:\d+ {2}isn't well-formed YAML: /)
})

test('a key that an object of JSON has twice is refused, with the place of the second one', () => {
  const twice = text.replace('"x-empty": [ ]', '"x-empty": [ { "a": { "b": ":" } },\n  { "a": 1, "\\u0061": 2 } ]')
  expect(() => parseContract(twice)).toThrow(
    /^openapi\.yaml:8:13 {2}isn't well-formed: there has been a key "a" in this object before\. {2}Remove one of them\.$/
  )
})

test('a large document in JSON is parsed as JSON, and a place in it costs no more than a few times that', () => {
  const schema = { type: 'object', properties: { name: { type: 'string', description: 'A "name", [of] {sorts}' } } }
  const schemas = Object.fromEntries(Array.from({ length: 40_000 }, (_, index) => [`S${index}`, schema]))
  const large = JSON.stringify({ openapi: '3.1.0', components: { schemas } })
  const time = (act: () => unknown): number => {
    const start = performance.now()
    act()
    return performance.now() - start
  }
  const parsing = Math.min(...[1, 2, 3].map(() => time(() => JSON.parse(large) as unknown)))
  expect(time(() => parseText(large, 'f.json'))).toBeLessThan(15 * parsing) // to YAML's parser, it is a hundred times
  const place = placesInText(large, 'f.json')
  expect(time(() => place('/components/schemas/S39999/properties/name/type'))).toBeLessThan(15 * parsing)
  expect(time(() => place('/components/schemas/S39999/properties/name'))).toBeLessThan(parsing)
})

test('a document that is nested too deep is refused with one sentence', () => {
  const deep = `{"openapi":"3.1.0","x-a":${'['.repeat(20_000)}${']'.repeat(20_000)}}`
  expect(() => parseContract(deep, 'openapi.json')).toThrow(
    /^openapi\.json:1:1 {2}is nested deeper than 512 levels\..*$/
  )
})

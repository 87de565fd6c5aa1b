/** How the tests that a contract writes put values into requests: OpenAPI 3.1 §4.8.12.3, and what it has nothing for. */
import { describe, expect, test } from '@jest/globals'
import { type Contract, operationsOf } from '../../src/contract/index.js'
import { requestOf } from '../../scripts/contract-tests/request.js'
import { isTellable, styleOf } from '../../scripts/contract-tests/style.js'
import { sampleContract } from '../support/sample.js'

const blue = 'blue'
const colors = ['blue', 'black', 'brown']
const rgb = { R: 100, G: 200, B: 150 }

const sentWith = (contract: Contract, location: string, value: unknown) => {
  const [object] = operationsOf(contract)
  if (!object) throw new Error('there is one')
  return requestOf(contract, object, { parameters: { [location]: { color: value } } })
}

const sent = (parameter: { readonly in: string; readonly content?: object }, value: unknown): string | undefined => {
  const path = parameter.in === 'path' ? '/a/{color}' : '/a'
  const more = { name: 'color', required: true, ...(parameter.content === undefined && { schema: {} }) }
  const contract = sampleContract(
    `  '${path}': { get: { parameters: ${JSON.stringify([{ ...more, ...parameter }])} } }`
  )
  const { path: target, headers = {} } = sentWith(contract, parameter.in, value)
  if (parameter.in === 'header') return headers['color']
  return parameter.in === 'cookie' ? headers['Cookie'] : target.replace(/^\/a[/?]/, '')
}

describe.each([
  ['path', 'matrix', false, [';color=blue', ';color=blue,black,brown', ';color=R,100,G,200,B,150']],
  ['path', 'matrix', true, [';color=blue', ';color=blue;color=black;color=brown', ';R=100;G=200;B=150']],
  ['path', 'label', false, ['.blue', '.blue,black,brown', '.R,100,G,200,B,150']],
  ['path', 'label', true, ['.blue', '.blue.black.brown', '.R=100.G=200.B=150']],
  ['path', undefined, undefined, ['blue', 'blue,black,brown', 'R,100,G,200,B,150']],
  ['path', 'simple', true, ['blue', 'blue,black,brown', 'R=100,G=200,B=150']],
  ['header', undefined, undefined, ['blue', 'blue,black,brown', 'R,100,G,200,B,150']],
  ['header', 'simple', true, ['blue', 'blue,black,brown', 'R=100,G=200,B=150']],
  ['query', undefined, undefined, ['color=blue', 'color=blue&color=black&color=brown', 'R=100&G=200&B=150']],
  ['query', 'form', false, ['color=blue', 'color=blue,black,brown', 'color=R,100,G,200,B,150']],
  [
    'query',
    'spaceDelimited',
    undefined,
    [undefined, 'color=blue%20black%20brown', 'color=R%20100%20G%20200%20B%20150']
  ],
  ['query', 'pipeDelimited', false, [undefined, 'color=blue%7Cblack%7Cbrown', 'color=R%7C100%7CG%7C200%7CB%7C150']],
  ['query', 'deepObject', true, [undefined, undefined, 'color[R]=100&color[G]=200&color[B]=150']],
  ['cookie', undefined, undefined, ['color=blue', 'color=blue&color=black&color=brown', 'R=100&G=200&B=150']],
  ['cookie', 'form', false, ['color=blue', 'color=blue,black,brown', 'color=R,100,G,200,B,150']]
] as const)('in %s, style %s, explode %s:', (place, style, explode, texts) => {
  const values = [blue, colors, rgb]
  const cases = texts.flatMap((text, index) => (text === undefined ? [] : [[text, values[index]] as const]))
  test.each(cases)('%s', (text, value) => {
    expect(sent({ in: place, ...(style && { style }), ...(explode !== undefined && { explode }) }, value)).toBe(text)
  })
})

test.each([
  ['what separates is told from what is in an item', { in: 'query', explode: false }, ['a,b', 'c'], 'color=a%2Cb,c'],
  ['items in a path are encoded one by one', { in: 'path' }, ['a,b', 'c/d'], 'a%2Cb,c%2Fd'],
  ['an object in an object has brackets', { in: 'query', style: 'deepObject' }, { a: { b: 1 } }, 'color[a][b]=1'],
  [
    'JSON stays JSON',
    { in: 'query', content: { 'application/json': { schema: {} } } },
    { a: [1] },
    'color=%7B%22a%22%3A%5B1%5D%7D'
  ]
])('%s', (_what, parameter, value, text) => {
  expect(sent(parameter, value)).toBe(text)
})

test('what cannot stand in a path is encoded in a template', () => {
  expect(sentWith(sampleContract(`  '/a#b/ü': { get: {} }`), 'query', blue).path).toBe('/a%23b/%C3%BC?color=blue')
})

test.each([
  ['query', { style: 'spaceDelimited' }, ['a b', 'c'], false],
  ['query', { style: 'pipeDelimited' }, ['a|b'], false],
  ['query', { style: 'pipeDelimited', explode: true }, ['a|b'], true],
  ['query', {}, [], false],
  ['query', {}, ['a', ['b']], false],
  ['query', {}, {}, false],
  ['query', { style: 'deepObject' }, 'a', false],
  ['query', { style: 'deepObject' }, { a: { b: 1 } }, true],
  ['query', { style: 'deepObject' }, { a: [1] }, false],
  ['header', {}, ['a,b'], false],
  ['path', { style: 'label' }, [1.5], false],
  ['path', { style: 'label' }, 1.5, true]
] as const)('in %s, %j, whether %j can be told from all else is %s', (location, said, value, isTold) => {
  expect(isTellable(value, styleOf(said, location))).toBe(isTold)
})

import { describe, expect, test } from '@jest/globals'
import { compileFindings, type Contract, parseContract } from '../../src/contract/index.js'

const reference = (name: string): object => ({ $ref: `#/components/schemas/${name}` })

/** A contract with an operation whose body has the schema `A0`. */
const contractOf = (schemas: object): Contract =>
  parseContract(
    JSON.stringify({
      openapi: '3.1.0',
      info: { title: 'Chain', version: '1' },
      paths: { '/a': { post: { requestBody: { content: { 'application/json': { schema: reference('A0') } } } } } },
      components: { schemas }
    })
  )

const chainOf = (length: number, link: (next: object) => object): object =>
  Object.fromEntries(Array.from({ length }, (_, i) => [`A${i}`, i < length - 1 ? link(reference(`A${i + 1}`)) : {}]))

describe('a schema that no check can be made of is refused before the server listens', () => {
  test.each<[string, object]>([
    ['one that is all of itself', { A0: { allOf: [reference('A0')] } }],
    ['one that is one that is it', { A0: { anyOf: [reference('A1')] }, A1: { oneOf: [reference('A0')] } }],
    ['one that is not itself', { A0: { not: { anyOf: [{}, reference('A0')] } } }],
    ['one of thousands in a row', chainOf(5_000, next => ({ allOf: [next] }))]
  ])('%s', (_name, schemas) => {
    expect(() => contractOf(schemas)).toThrow(/^openapi\.yaml:1:\d+ {2}A schema that is made of itself/)
  })

  test('one that goes so deep that it can not be compiled', () => {
    const contract = contractOf(chainOf(50_000, next => ({ properties: { a: next } })))
    expect(compileFindings(contract).map(({ what }) => what)).toEqual([
      "A schema can't be compiled: Maximum call stack size exceeded."
    ])
  })
})

test.each<[string, object]>([
  ['one that has itself as a property', { A0: { properties: { a: reference('A0') } } }],
  ['one of hundreds in a row', chainOf(200, next => ({ allOf: [next] }))]
])('%s is compiled', (_name, schemas) => {
  expect(compileFindings(contractOf(schemas))).toEqual([])
})

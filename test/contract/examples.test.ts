import { Ajv2020 } from 'ajv/dist/2020.js'
import ajvFormats from 'ajv-formats'
import { expect, test } from '@jest/globals'
import { parseContract } from '../../src/contract/contract.js'
import { isRecord } from '../../src/contract/record.js'
import { pointer } from '../../src/contract/pointer.js'
import { contractText } from '../support/server.js'

const contract = parseContract(contractText)
const ajv = new Ajv2020({ strict: false, validateSchema: false })
ajvFormats.default(ajv)
ajv.addSchema(contract.document, 'contract')

/** Every example in the contract: where it stands, and the pointer of its schema. */
const examples = ((): [name: string, value: unknown, schema: string][] => {
  const found: [string, unknown, string][] = []
  const visit = (value: unknown, at: string): void => {
    if (typeof value !== 'object' || value === null) return
    if (isRecord(value) && isRecord(value['examples']) && 'schema' in value) {
      for (const [name, example] of Object.entries(value['examples'])) {
        if (isRecord(example)) found.push([`${at} ${name}`, example['value'], at + pointer('schema')])
      }
    }
    for (const [key, child] of Object.entries(value)) visit(child, at + pointer(key))
  }
  visit(contract.document, '')
  return found
})()

test('there are examples of requests and of answers', () => {
  expect(examples.filter(([name]) => name.includes('/requestBodies/')).length).toBeGreaterThanOrEqual(5)
  expect(examples.filter(([name]) => name.includes('/responses/')).length).toBeGreaterThanOrEqual(12)
})

test.each(examples)('the example %s is valid against its schema', (_name, value, schema) => {
  const validate = ajv.compile({ $ref: `contract#${encodeURI(schema)}` })
  validate(value)
  expect(validate.errors ?? []).toEqual([])
})

test('every answer and every form has a named example', () => {
  const without: string[] = []
  const visit = (value: unknown, at: string): void => {
    if (!isRecord(value)) return
    if (isRecord(value['content'])) {
      for (const [type, media] of Object.entries(value['content'])) {
        const named = isRecord(media) && isRecord(media['examples']) ? Object.keys(media['examples']) : []
        if (named.length === 0) without.push(`${at} ${type}`)
      }
    }
    for (const [key, child] of Object.entries(value)) visit(child, at + pointer(key))
  }
  visit(contract.document, '')
  expect(without).toEqual([])
})

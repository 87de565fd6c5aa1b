/** What judges a server: another validator than the server's, without false alarms. */
import { describe, expect, test } from '@jest/globals'
import { find, type Node, rootOf } from '../../src/contract/index.js'
import { exampleFindings } from '../../scripts/contract-tests/examples/example-findings.js'
import { Judge } from '../../scripts/contract-tests/judge.js'
import type { Direction } from '../../scripts/contract-tests/judged-schemas.js'
import { readValue, withDefaults } from '../../scripts/contract-tests/read-values.js'
import { sampleContract, serverAnswers } from '../support/sample.js'

const contract = sampleContract(
  `  '/a#b':
    get:
      operationId: readText
      security: []
      parameters: [{ in: query, name: text, schema: { type: string } }]
      responses: { ${serverAnswers} }`,
  `
    User:
      type: object
      required: [id, name, password]
      properties:
        id: { type: integer, readOnly: true }
        name: { type: string }
        password: { type: string, writeOnly: true }
    Admin:
      allOf: [{ $ref: '#/components/schemas/User' }, { required: [id, rights] }]
      properties: { rights: { type: integer, minimum: 1 } }
    Email: { type: string, format: email }
    Dotted: { type: string, format: ipv4 }
    Bytes: { type: string, format: byte }
    Moment: { type: string, format: date-time }
    Address: { type: string, format: url }
    Lists: { prefixItems: [true], unevaluatedItems: false, contains: { type: string } }
    Tagged: { type: object, required: [tag], properties: { tag: { type: string, default: x } } }
    Either: { type: [integer, string], maxLength: 3 }
    Form: { type: object, properties: { n: { type: integer }, all: { type: array, items: { type: boolean } } } }
    Example: { default: { $id: 'not an identifier', $schema: 'nor a dialect' } }
`
)
const at = (name: string): string => `/components/schemas/${name}`
const judge = async (direction: Direction = 'answer'): Promise<Judge> => {
  const made = new Judge(contract, direction)
  await made.ready()
  return made
}
const nodeOf = (name: string): Node => {
  const node = find(rootOf(contract), 'components', 'schemas', name)
  if (!node) throw new Error(`There is no schema ${name}.`)
  return node
}

describe('what is required', () => {
  test('of a client is nothing that only the server says, and of the server nothing that only a client says', async () => {
    const [request, answer] = [await judge('request'), await judge('answer')]
    const missing = (of: Judge, name: string, value: unknown) => of.broken(at(name), value).flatMap(one => one.missing)
    expect(missing(request, 'User', {})).toEqual(['name', 'password'])
    expect(missing(answer, 'User', {})).toEqual(['id', 'name'])
    expect(missing(request, 'Admin', { name: 'x', password: 'x' })).toEqual(['rights'])
    expect(missing(answer, 'Admin', { name: 'x' })).toEqual(['id', 'id', 'rights'])
  })
})

describe('a broken rule', () => {
  test('is named by where it stands, behind a reference and in a name that no URI can have', async () => {
    const answer = await judge()
    const [broken] = answer.broken(at('Admin'), { id: '1', name: 'x', rights: 1 })
    expect([broken?.pointer, broken?.path, broken?.words]).toEqual([
      '/components/schemas/User/properties/id/type',
      '/id',
      'breaks `type integer`'
    ])
    const inPath = '/paths/~1a#b/get/parameters/0/schema'
    expect(answer.broken(inPath, 1).map(({ pointer }) => pointer)).toEqual([`${inPath}/type`])
  })

  test('is one of JSON Schema, where validators of servers are known to go wrong', async () => {
    const answer = await judge()
    expect(answer.accepts(at('Lists'), [1, 'x'], 'wide')).toBe(true)
    expect(answer.accepts(at('Lists'), ['x', 2], 'wide')).toBe(false)
  })
})

describe('what raises no false alarm', () => {
  test('is a text that only one table of formats lets through: neither valid nor broken', async () => {
    const answer = await judge()
    const isClear = (name: string, text: string) =>
      [answer.accepts(at(name), text, 'narrow'), answer.accepts(at(name), text, 'wide')] as const
    expect(isClear('Email', 'me@localhost')).toEqual([false, true])
    expect(isClear('Email', 'me@example.com')).toEqual([true, true])
    expect(isClear('Email', 'nobody')).toEqual([false, false])
    expect(isClear('Dotted', '1.2.3')).toEqual([false, false])
    expect(isClear('Bytes', 'YQ==\n')).toEqual([false, true])
    expect(isClear('Bytes', 'YQ==')).toEqual([true, true])
    expect(isClear('Bytes', '!')).toEqual([false, false])
    expect(isClear('Bytes', 'not one')).toEqual([false, false])
    expect(isClear('Moment', '2026-01-31T10:00:00Z')).toEqual([true, true])
    expect(isClear('Moment', '2026-01-31 10:00:00Z')).toEqual([false, true])
    expect(isClear('Moment', 'just now')).toEqual([false, false])
    expect(isClear('Address', 'https://example.com/a')).toEqual([true, true])
    expect(isClear('Address', 'http://localhost')).toEqual([false, true])
    expect(isClear('Address', 'nowhere')).toEqual([false, false])
  })

  test('is what a server reads in a text', async () => {
    const request = await judge('request')
    const read = (name: string, value: unknown): unknown =>
      readValue(value, [nodeOf(name)], (node, one) => request.accepts(node.pointer, one, 'narrow'))
    expect(read('Form', { n: '12', all: ['true', 'x'], other: '1' })).toEqual({ n: 12, all: [true, 'x'], other: '1' })
    expect(read('Form', { n: '0x10', all: 'false' })).toEqual({ n: '0x10', all: [false] })
    expect([read('Either', '12'), read('Either', 'abc'), read('Either', 7)]).toEqual([12, 'abc', 7])
  })

  test('is a default, for a server that fills it in before it looks', () => {
    expect(withDefaults({}, [nodeOf('Tagged')])).toEqual({ tag: 'x' })
    expect(withDefaults({ tag: 1 }, [nodeOf('Tagged')])).toEqual({ tag: 1 })
  })
})

test('an example is held to what is required in its direction', async () => {
  const json = (example: string): string =>
    `{ application/json: { schema: { $ref: '#/components/schemas/User' }, examples: { one: { value: ${example} } } } }`
  const of = sampleContract(
    `  /users:
    post:
      operationId: addUser
      security: []
      requestBody: { required: true, content: ${json('{ name: x, password: y }')} }
      responses: { '201': { description: Added, content: ${json('{ name: x }')} } }`,
    `    User:
      type: object
      required: [id, name, password]
      properties: { id: { type: integer, readOnly: true }, name: { type: string }, password: { type: string, writeOnly: true } }`
  )
  const findings = await exampleFindings(of)
  expect(findings.map(({ what }) => what)).toEqual([
    "The example `one` doesn't fit its schema: it breaks `required id`."
  ])
})

import { describe, expect, test } from '@jest/globals'
import { type Answer, send } from '../../scripts/contract-tests/client.js'
import { production } from '../../src/app.js'
import type { Reply } from '../../src/contract/index.js'
import { sampleContract, startSample } from '../support/sample.js'

const components = `    Pet: { type: object, required: [name], properties: { name: { type: string }, secret: { type: string, writeOnly: true } } }
    Tree: { type: object, properties: { value: { type: integer }, below: { type: array, items: { $ref: '#/components/schemas/Tree' } } } }`

/** What a client gets of a reply, whose 200 is declared so. */
const answerTo = async (declared: string, reply: Partial<Reply>, strictReplies: boolean): Promise<Answer> => {
  const paths = `  /thing: { get: { operationId: readThing, responses: { '200': { description: A thing, ${declared} } } } }`
  const contract = sampleContract(paths, components)
  const readThing = () => Promise.resolve({ status: 200, ...reply })
  const server = await startSample(contract, { readThing }, { mode: { ...production, strictReplies, reasons: true } })
  try {
    return await send(server.port, { path: '/thing' })
  } finally {
    await server.close()
  }
}

const bodyOf = async (schema: unknown, body: unknown, strict: boolean): Promise<string> => {
  const content = `content: { application/json: { schema: ${JSON.stringify(schema)} } }`
  const { status, text } = await answerTo(content, { body }, strict)
  return status === 200 ? text : String(status)
}

const pet = { $ref: '#/components/schemas/Pet' }
const anyOf = [
  { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] },
  { type: 'object', properties: { b: { type: 'integer', maximum: 5 } }, required: ['b'] }
]

describe('what a schema lets through leaves, unchanged, strict or not', () => {
  test.each<[string, unknown, unknown]>([
    ['overlapping alternatives', { anyOf }, { a: 'x', b: 1 }],
    ['keywords beside a reference', { ...pet, properties: { age: { type: 'integer' } } }, { name: 'Rex', age: 3 }],
    ['unevaluated properties', { ...pet, unevaluatedProperties: { type: 'integer' } }, { name: 'Rex', age: 3 }],
    [
      'dependent schemas',
      { properties: { a: {} }, dependentSchemas: { a: { properties: { b: {} } } } },
      { a: 1, b: 2 }
    ],
    [
      'a list whose items have places',
      { type: 'array', prefixItems: [{ type: 'string' }], items: pet },
      ['x', { name: 'y' }]
    ],
    ['names by patterns', { type: 'object', patternProperties: { '^x-': { type: 'integer' } } }, { 'x-a': 1 }],
    ['names that are checked', { type: 'object', propertyNames: { maxLength: 2 } }, { ab: { c: 1 } }],
    ['an object that may be anything', { type: 'object' }, { a: { b: [1, null, 'x'] } }],
    ['recursion', { $ref: '#/components/schemas/Tree' }, { value: 1, below: [{ value: 2, below: [] }] }],
    ['null where it is allowed', { type: ['string', 'null'] }, null],
    ['a fraction', { type: 'number' }, 1.5],
    ['a condition', { if: { properties: { a: { const: 1 } } }, then: { properties: { b: {} } } }, { a: 1, b: 2 }],
    [
      'a property called as all objects have one',
      { properties: { constructor: { type: 'string' } } },
      { constructor: 'a' }
    ]
  ])('%s', async (_name, schema, body) => {
    expect(await bodyOf(schema, body, true)).toBe(JSON.stringify(body))
    expect(await bodyOf(schema, body, false)).toBe(JSON.stringify(body))
  })
})

describe('what is of another type or shape is a 500, and never another value', () => {
  test.each<[string, unknown, unknown]>([
    ['null for a string', { type: 'string' }, null],
    ['a fraction for an integer', { type: 'integer' }, 1.5],
    ['text for a number', { type: 'number' }, '1'],
    ['a number for a boolean', { type: 'boolean' }, 0],
    ['an object for a list', { type: 'array' }, {}],
    ['NaN', { type: 'number' }, NaN],
    ['a missing property', pet, {}],
    ['no alternative that fits', { anyOf }, { b: 'x' }],
    ['a value that is none of a list', { enum: ['a', 'b'] }, 'c'],
    ['a property where there may be no others', { properties: { a: {} }, additionalProperties: false }, { b: 1 }],
    ['nothing at all', { type: 'object' }, undefined]
  ])('%s', async (_name, schema, body) => {
    expect(await bodyOf(schema, body, true)).toBe('500')
    expect(await bodyOf(schema, body, false)).toBe('500')
  })
})

describe('what no schema names is left out, and refused by a strict server', () => {
  test.each<[string, unknown, unknown, string]>([
    ['beside declared properties', pet, { name: 'Rex', owner: 'x' }, '{"name":"Rex"}'],
    ['what clients only write', pet, { name: 'Rex', secret: 'x' }, '{"name":"Rex"}'],
    [
      'in one of several schemas',
      { allOf: [pet, { properties: { a: {} } }] },
      { name: 'R', a: 1, b: 2 },
      '{"name":"R","a":1}'
    ],
    ['in the alternative that holds', { anyOf }, { a: 'x', b: 'not a number', c: 1 }, '{"a":"x"}'],
    [
      'far below',
      { type: 'array', items: { $ref: '#/components/schemas/Tree' } },
      [{ below: [{ x: 1 }] }],
      '[{"below":[{}]}]'
    ]
  ])('%s', async (_name, schema, body, text) => {
    expect(await bodyOf(schema, body, false)).toBe(text)
    expect(await bodyOf(schema, body, true)).toBe('500')
  })

  test('unless it then no longer fits', async () => {
    expect(await bodyOf({ properties: { a: {} }, minProperties: 2, anyOf: [true] }, { a: 1, b: 2 }, false)).toBe(
      '{"a":1}'
    )
    expect(await bodyOf({ properties: { a: {} }, anyOf: [{ minProperties: 2 }] }, { a: 1, b: 2 }, false)).toBe('500')
  })
})

test.each<[string, unknown, unknown]>([
  ['bounds', { type: 'integer', maximum: 1 }, 2],
  ['lengths', { type: 'string', maxLength: 1 }, 'xy'],
  ['patterns', { type: 'string', pattern: '^a$' }, 'b'],
  ['formats', { type: 'string', format: 'date' }, 'today'],
  ['numbers of items', { type: 'array', minItems: 1 }, []]
])('%s hold in strict mode only', async (_name, schema, body) => {
  expect(await bodyOf(schema, body, true)).toBe('500')
  expect(await bodyOf(schema, body, false)).toBe(JSON.stringify(body))
  expect(await bodyOf({ allOf: [{ anyOf: [true] }, schema] }, body, false)).toBe(JSON.stringify(body))
  expect(await bodyOf({ anyOf: [schema] }, body, false)).toBe('500') // there they choose
})

test('a default never changes a reply', async () => {
  const schema = { type: 'object', properties: { a: { type: 'string', default: 'x' } } }
  expect(await bodyOf(schema, {}, false)).toBe('{}')
  expect(await bodyOf({ allOf: [schema, { properties: { b: { default: 1 } } }] }, {}, true)).toBe('{}')
})

describe('headers', () => {
  const header = async (declared: string, value: unknown, name = 'X-Value'): Promise<unknown> => {
    const { status, headers } = await answerTo(
      `headers: { ${name}: ${declared} }`,
      { headers: { [name]: value as never } },
      true
    )
    return status === 200 ? headers[name.toLowerCase()] : status
  }

  test.each<[string, unknown, unknown]>([
    ['{ schema: { type: array, items: { type: integer } } }', [1, 2], '1,2'],
    ['{ schema: { type: object, properties: { a: {}, b: {} } } }', { a: 1, b: 'x' }, 'a,1,b,x'],
    ['{ explode: true, schema: { type: object, properties: { a: {}, b: {} } } }', { a: 1, b: 'x' }, 'a=1,b=x'],
    ['{ content: { application/json: { schema: { type: object } } } }', { a: [1] }, '{"a":[1]}'],
    ['{ schema: { type: boolean } }', true, 'true'],
    ['{ schema: { type: integer } }', 'x', 500]
  ])('%s with %j is written as %j', async (declared, value, text) => {
    expect(await header(declared, value)).toBe(text)
  })

  test('a list of cookies is a field for each', async () => {
    expect(await header('{ schema: { type: array, items: { type: string } } }', ['a=1', 'b=2'], 'Set-Cookie')).toEqual([
      'a=1',
      'b=2'
    ])
  })
})

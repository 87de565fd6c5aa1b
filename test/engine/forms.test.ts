import { describe, expect, test } from '@jest/globals'
import { find, rootOf } from '../../src/contract/index.js'
import { evaluatorOf } from '../../src/contract/openapi/evaluator-of.js'
import { formReader } from '../../src/contract/serve/form-reader.js'
import { rawFields } from '../../src/contract/serve/raw-fields.js'
import { sampleContract } from '../support/sample.js'

const read = (mediaType: object, text: string) => {
  const contract = sampleContract(
    `  /a: { post: { requestBody: { content: { application/x-www-form-urlencoded: ${JSON.stringify(mediaType)} } } } }`
  )
  const node = find(
    rootOf(contract),
    'paths',
    '/a',
    'post',
    'requestBody',
    'content',
    'application/x-www-form-urlencoded'
  )
  if (!node) throw new Error('no media type')
  const evaluator = evaluatorOf(contract)
  return formReader(node, { isValid: (at, value) => evaluator.isValid(at, value) })(rawFields(text))
}

const integer = { type: 'integer' }
const integers = { type: 'array', items: integer }
const object = { type: 'object', properties: { a: integer } }
const schema = { type: 'object', properties: { n: integer, list: integers, o: object, s: { type: 'string' } } }

describe('a form', () => {
  test.each<[string, object, string, unknown]>([
    [
      'has the types of its properties',
      { schema },
      'n=1&s=1&other=1&o%5Ba%5D=1',
      { n: 1, s: '1', other: '1', 'o[a]': '1' }
    ],
    ['has lists as fields that are repeated', { schema }, 'list=1&list=2', { list: [1, 2] }],
    ['has a list of one', { schema }, 'list=1', { list: [1] }],
    ['has no delimiters unless it says so', { schema }, 'list=1,2', { list: ['1,2'] }],
    ['has objects as JSON', { schema }, 'o=%7B%22a%22:+1%7D', { o: { a: 1 } }],
    ['has objects that are no JSON as text', { schema }, 'o=a&n=x', { o: 'a', n: 'x' }],
    [
      'has lists of JSON objects',
      { schema: { properties: { list: { type: 'array', items: object } } } },
      'list={"a":1}&list={"a":2}',
      { list: [{ a: 1 }, { a: 2 }] }
    ],
    [
      'decodes after it splits',
      { schema, encoding: { list: { style: 'form', explode: false } } },
      'list=1,2%2C3',
      { list: [1, '2,3'] }
    ],
    [
      'has lists with blanks',
      { schema, encoding: { list: { style: 'spaceDelimited' } } },
      'list=1+2%203',
      { list: [1, 2, 3] }
    ],
    ['has deep objects', { schema, encoding: { o: { style: 'deepObject' } } }, 'o[a]=1&n=2', { o: { a: 1 }, n: 2 }],
    [
      'has exploded objects',
      { schema, encoding: { o: { explode: true } } },
      'a=1&n=2&b=3',
      { o: { a: 1 }, n: 2, b: '3' }
    ],
    [
      'has JSON where it says so',
      { schema, encoding: { s: { contentType: 'application/json' } } },
      's=%22a%22',
      { s: 'a' }
    ],
    ['has names like any others', { schema }, 'constructor=1&toString=2', { constructor: '1', toString: '2' }],
    [
      'types properties that it doesn’t name',
      { schema: { additionalProperties: integer } },
      'a=1&b=x',
      { a: 1, b: 'x' }
    ],
    ['is text without a schema', {}, 'a=1&b=2&b=3', { a: '1', b: ['2', '3'] }],
    ['is nothing', { schema }, '', {}],
    [
      'is the first alternative that fits',
      {
        schema: {
          oneOf: [
            { properties: { k: { const: 'a' }, v: integer } },
            { properties: { k: { const: 'b' }, v: { type: 'string' } } }
          ]
        }
      },
      'k=b&v=1',
      { k: 'b', v: '1' }
    ]
  ])('%s', (_what, mediaType, text, value) => {
    expect(read(mediaType, text)).toEqual({ value, unreadable: [] })
  })

  test('says what isn’t written as its Encoding Objects say', () => {
    const encoding = { list: { style: 'pipeDelimited' }, s: { contentType: 'application/json' } }
    expect(read({ schema, encoding }, 'list=1&list=2&s=a&n=1')).toEqual({ value: { n: 1 }, unreadable: ['list', 's'] })
  })

  test('has own properties only', () => {
    const { value } = read({ schema }, '__proto__=1&__proto__=2')
    expect(Object.entries(value)).toEqual([['__proto__', ['1', '2']]])
  })
})

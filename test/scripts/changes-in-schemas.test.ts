import { describe, test } from '@jest/globals'
import { checkEdit, edited, type EditRow } from './edits.js'
import { things } from './things.js'

describe('changes in JSON bodies and schemas that refer to themselves', () => {
  test.each<EditRow>([
    [
      'a field of a closed body is removed',
      '        color: { enum: [red, green, null] }\n',
      '',
      ['breaks', 'old', '¦color:', 'POST /things/{id}: the body field `color` was removed.'],
      ['breaks', 'old', '¦color:', 'POST /things/{id}, answer 200: the field `thing.color` was removed.']
    ],
    [
      'a field of a closed body is added, which the request may have and the answer may not',
      'properties:\n        color',
      'properties:\n        size: { type: number }\n        color',
      ['ok', 'new', '¦size:', 'POST /things/{id}: the body field `size` was added.'],
      ['breaks', 'new', '¦size:', 'POST /things/{id}, answer 200: the field `thing.size` was added.']
    ],
    [
      'a value is taken from a field of both request and answer',
      '[red, green, null]',
      '[red, null]',
      ['breaks', 'new', '¦enum:', 'POST /things/{id}: the body field `color` can no longer be `"green"`.'],
      ['ok', 'new', '¦enum:', 'POST /things/{id}, answer 200: the field `thing.color` can no longer be `"green"`.']
    ],
    [
      'a schema that contains itself',
      '{ type: string, minLength: 1 }',
      '{ type: string, minLength: 2 }',
      [
        'ok',
        'new',
        'minLength: ¦2',
        'POST /things/{id}, answer 200: the field `tree.name` now has `minLength` `2` instead of `1`.'
      ]
    ],
    [
      'an alternative of a schema that contains itself',
      "{ type: 'null' }",
      '{ type: integer }',
      [
        'breaks',
        'new',
        '¦anyOf: ',
        'POST /things/{id}, answer 200: the field `tree.next` is now `object` or `integer` instead of `object` or `null`.'
      ]
    ],
    [
      'a keyword of which only its sameness is known',
      'not: { required: [x] }',
      'not: { required: [y] }',
      [
        'breaks',
        'new',
        '¦not: ',
        'POST /things/{id}, answer 200: the body now has `not` `{"required":["y"]}` instead of `{"required":["x"]}`.'
      ]
    ]
  ])('%s', (_name, ...row) => checkEdit(things, ...row))
})

test('schemas that all refer to one another are compared before the test times out', () => {
  const names = Array.from({ length: 8 }, (_, index) => `Node${index}`)
  const links = names.map(name => `${name}: { anyOf: [{ $ref: '#/components/schemas/${name}' }, { type: 'null' }] }`)
  const nodes = names.map(
    name => `    ${name}: { type: object, properties: { id: { type: string }, ${links.join(', ')} } }`
  )
  const loop = "    Loop: { $ref: '#/components/schemas/Node0' }\n"
  const linked = `${edited(things, '    Loop: { type: object }\n', loop)}${nodes.join('\n')}\n`
  const needle = '    Node7: { type: object, properties: { id: { type: '
  checkEdit(linked, `${needle}string`, `${needle}integer`, [
    'breaks',
    'new',
    `${needle}¦integer`,
    'POST /things/{id}, answer 200: the field `loop.Node7.id` is now `integer` instead of `string`.'
  ])
})

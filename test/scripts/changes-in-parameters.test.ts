import { describe, test } from '@jest/globals'
import { checkEdit, type EditRow } from './edits.js'
import { things } from './things.js'

describe('changes in parameters', () => {
  test.each<EditRow>([
    [
      'a required parameter is added',
      'parameters:\n',
      'parameters:\n        - { name: page, in: query, required: true, schema: { type: integer } }\n',
      ['breaks', 'new', '¦{ name: page', 'POST /things/{id}: the query parameter `page` was added, and is required.']
    ],
    [
      'an optional parameter is added',
      'parameters:\n',
      'parameters:\n        - { name: page, in: query, schema: { type: integer } }\n',
      ['ok', 'new', '¦{ name: page', 'POST /things/{id}: the query parameter `page` was added.']
    ],
    [
      'a parameter is removed',
      '        - { name: X-Trace, in: header, schema: { type: string } }\n',
      '',
      ['ok', 'old', '¦{ name: X-Trace', 'POST /things/{id}: the header parameter `X-Trace` was removed.']
    ],
    [
      'a parameter becomes required',
      'name: limit, in: query, ',
      'name: limit, in: query, required: true, ',
      ['breaks', 'new', 'query, required: ¦true', 'POST /things/{id}: the query parameter `limit` is now required.']
    ],
    [
      'a limit of a parameter is lowered',
      'maximum: 100',
      'maximum: 50',
      [
        'breaks',
        'new',
        'maximum: ¦50',
        'POST /things/{id}: the query parameter `limit` now has `maximum` `50` instead of `100`.'
      ]
    ],
    [
      'a limit of a parameter is raised',
      'maximum: 100',
      'maximum: 200',
      [
        'ok',
        'new',
        'maximum: ¦200',
        'POST /things/{id}: the query parameter `limit` now has `maximum` `200` instead of `100`.'
      ]
    ],
    [
      'a default of a parameter changes',
      'default: 10',
      'default: 20',
      [
        'breaks',
        'new',
        'default: ¦20',
        'POST /things/{id}: the query parameter `limit` now has `default` `20` instead of `10`.'
      ]
    ],
    [
      'a list in a parameter is written in another way',
      'in: query, explode: false',
      'in: query, explode: true',
      [
        'breaks',
        'new',
        'explode: ¦true',
        'POST /things/{id}: the query parameter `tags` is now written in another way (`explode`).'
      ]
    ],
    [
      'a parameter can be repeated, and written once is what it was',
      'in: query, schema: { type: integer, maximum: 100, default: 10 }',
      'in: query, schema: { type: array, items: { type: number, maximum: 100 } }',
      [
        'ok',
        'new',
        'name: limit, in: query, schema: { type: ¦array',
        'POST /things/{id}: the query parameter `limit` can now be repeated.'
      ],
      [
        'ok',
        'new',
        'items: { type: ¦number, maximum',
        'POST /things/{id}: the query parameter `limit[]` is now `number` instead of `integer`.'
      ],
      [
        'breaks',
        'old',
        'default: ¦10',
        'POST /things/{id}: the query parameter `limit[]` no longer has `default` `10`.'
      ]
    ],
    [
      'a parameter has to be repeated',
      'in: query, schema: { type: integer, maximum: 100, default: 10 }',
      'in: query, schema: { type: array, minItems: 2, maximum: 100, default: 10, items: { type: integer } }',
      [
        'breaks',
        'new',
        'name: limit, in: query, schema: { type: ¦array',
        'POST /things/{id}: the query parameter `limit` is now `array` instead of `integer`.'
      ],
      ['breaks', 'new', 'minItems: ¦2', 'POST /things/{id}: the query parameter `limit` now has `minItems` `2`.']
    ],
    [
      'a header becomes a list, in which a comma has another meaning',
      'name: X-Trace, in: header, schema: { type: string }',
      'name: X-Trace, in: header, schema: { type: array, items: { type: string } }',
      [
        'breaks',
        'new',
        'in: header, schema: { type: ¦array',
        'POST /things/{id}: the header parameter `X-Trace` is now `array` instead of `string`.'
      ]
    ],
    ['a style is written that held anyway', 'in: query, explode: false', 'in: query, style: form, explode: false'],
    [
      'a path parameter is renamed',
      '/{id}:\n    post:\n      parameters:\n        - { name: id,',
      '/{thing}:\n    post:\n      parameters:\n        - { name: thing,'
    ]
  ])('%s', (_name, ...row) => checkEdit(things, ...row))
})

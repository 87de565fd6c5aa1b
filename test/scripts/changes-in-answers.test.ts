import { describe, test } from '@jest/globals'
import { checkEdit, type EditRow } from './edits.js'
import { loginText } from '../support/login.js'

const detail = '          type: string\n          description: The reason'
const email = "          type: [string, 'null']\n          description: Where"

describe('changes in the bodies of answers', () => {
  test.each<EditRow>([
    [
      'a required field becomes optional',
      '      required: [loc, msg, type]\n      properties:\n',
      '      required: [msg, type]\n      properties:\n',
      ['breaks', 'old', '[¦loc, msg, type]', 'POST /token, answer 422: the field `detail[].loc` is no longer required.']
    ],
    [
      'a field is removed',
      'detail:\n          type: string',
      'reason:\n          type: string',
      ['ok', 'new', '¦reason:', 'POST /token, answers 400, 413, 415 and 500: the field `reason` was added.'],
      [
        'breaks',
        'old',
        '¦detail:\n          type: string',
        'POST /token, answers 400, 413, 415 and 500: the field `detail` was removed.'
      ],
      ['ok', 'new', '¦reason:', 'GET /users/me, answers 400, 401 and 500: the field `reason` was added.'],
      [
        'breaks',
        'old',
        '¦detail:\n          type: string',
        'GET /users/me, answers 400, 401 and 500: the field `detail` was removed.'
      ]
    ],
    [
      'a field is added',
      '        token_type:\n          type',
      '        scope: { type: string }\n        token_type:\n          type',
      ['ok', 'new', '        ¦scope: { type: string }', 'POST /token, answer 200: the field `scope` was added.']
    ],
    [
      'a field may be null, in the answers of two operations',
      detail,
      detail.replace('string', "[string, 'null']"),
      [
        'breaks',
        'new',
        "¦type: [string, 'null']\n          description: The reason",
        'POST /token, answers 400, 413, 415 and 500: the field `detail` can now be `null`.'
      ],
      [
        'breaks',
        'new',
        "¦type: [string, 'null']\n          description: The reason",
        'GET /users/me, answers 400, 401 and 500: the field `detail` can now be `null`.'
      ]
    ],
    [
      'a field may no longer be null',
      "[boolean, 'null']",
      'boolean',
      ['ok', 'new', 'type: ¦boolean\n', 'GET /users/me, answer 200: the field `disabled` can no longer be `null`.']
    ],
    [
      'a value is added',
      'const: bearer',
      'enum: [bearer, mac]',
      ['breaks', 'new', '¦enum: [bearer', 'POST /token, answer 200: the field `token_type` can now be `"mac"`.']
    ],
    [
      'a value is replaced',
      'const: bearer',
      'const: mac',
      [
        'breaks',
        'new',
        'const: ¦mac',
        'POST /token, answer 200: the field `token_type` can now be `"mac"` but can no longer be `"bearer"`.'
      ]
    ],
    [
      'a type is narrowed',
      '- type: integer\n',
      '- { type: integer, maximum: 9 }\n',
      ['ok', 'new', 'maximum: ¦9', 'POST /token, answer 422: the field `detail[].loc[]` now has `maximum` `9`.']
    ],
    [
      'an alternative is added',
      '- type: integer\n',
      '- type: integer\n              - type: boolean\n',
      [
        'breaks',
        'new',
        '¦anyOf:',
        'POST /token, answer 422: the field `detail[].loc[]` is now `boolean`, `string` or `integer` instead of `string` or `integer`.'
      ]
    ],
    [
      'an alternative of the same type is added',
      "items: { $ref: '#/components/schemas/ValidationError' }",
      "items: { oneOf: [{ $ref: '#/components/schemas/ValidationError' }, { $ref: '#/components/schemas/HTTPError' }] }",
      ['breaks', 'new', '¦oneOf:', 'POST /token, answer 422: the field `detail[]` has more alternatives than before.']
    ],
    [
      'a list of types is written as alternatives',
      email,
      email.replace("type: [string, 'null']", "anyOf: [{ type: string }, { type: 'null' }]")
    ],
    [
      'other fields are ruled out',
      '          additionalProperties: true\n',
      '          additionalProperties: false\n',
      [
        'ok',
        'new',
        'additionalProperties: ¦false',
        'POST /token, answer 422: the field `detail[].ctx` no longer lets in fields that are not listed.'
      ]
    ],
    [
      'a limit is added',
      email,
      email.replace('\n', '\n          maxLength: 99\n'),
      ['ok', 'new', 'maxLength: ¦99', 'GET /users/me, answer 200: the field `email` now has `maxLength` `99`.']
    ],
    [
      'a part of a schema is left out',
      "        - $ref: '#/components/schemas/User'\n",
      '',
      [
        'breaks',
        'old',
        '¦username:\n          type: string\n          description: The name that',
        'GET /users/me, answer 200: the field `username` was removed.'
      ],
      ['breaks', 'old', '¦email:\n', 'GET /users/me, answer 200: the field `email` was removed.'],
      ['breaks', 'old', '¦full_name:\n', 'GET /users/me, answer 200: the field `full_name` was removed.'],
      ['breaks', 'old', '¦disabled:\n', 'GET /users/me, answer 200: the field `disabled` was removed.']
    ],
    [
      'a schema is written in place of its reference',
      "schema: { $ref: '#/components/schemas/Token' }",
      'schema: { type: object, required: [token_type, access_token], properties: { access_token: { type: string }, token_type: { const: bearer } } }'
    ]
  ])('%s', (_name, ...row) => checkEdit(loginText, ...row))
})

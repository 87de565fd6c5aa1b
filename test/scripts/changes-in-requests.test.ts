import { describe, test } from '@jest/globals'
import { checkEdit, type EditRow } from './edits.js'
import { loginText } from '../support/login.js'

const clientId =
  '        client_id:\n          type: string\n          description: The name of the client. It is not checked.\n'
const required = '      required: [username, password]\n'
const passwordGrant = "      requestBody:\n        $ref: '#/components/requestBodies/PasswordGrant'\n"

describe('changes in requests', () => {
  test.each<EditRow>([
    [
      'an optional field becomes required',
      'required: [username, password]',
      'required: [username, password, grant_type]',
      ['breaks', 'new', 'password, ¦grant_type]', 'POST /token: the form field `grant_type` is now required.']
    ],
    [
      'a required field becomes optional',
      'required: [username, password]',
      'required: [username]',
      ['ok', 'old', '[username, ¦password]', 'POST /token: the form field `password` is no longer required.']
    ],
    [
      'a required field is added',
      `${required}      properties:\n`,
      '      required: [username, password, otp]\n      properties:\n        otp: { type: string }\n',
      ['breaks', 'new', '¦otp: {', 'POST /token: the form field `otp` was added, and is required.']
    ],
    [
      'an optional field is added',
      clientId,
      `${clientId}        otp: { type: string }\n`,
      ['ok', 'new', '¦otp: {', 'POST /token: the form field `otp` was added.']
    ],
    [
      'a field is removed, and ignored from now on',
      clientId,
      '',
      ['ok', 'old', '¦client_id:\n', 'POST /token: the form field `client_id` was removed.']
    ],
    [
      'a type changes',
      clientId,
      clientId.replace('type: string', 'type: integer'),
      [
        'breaks',
        'new',
        'client_id:\n          type: ¦integer',
        'POST /token: the form field `client_id` is now `integer` instead of `string`.'
      ]
    ],
    [
      'a type is widened',
      clientId,
      clientId.replace('type: string', 'type: [string, integer]'),
      [
        'ok',
        'new',
        '¦type: [string, integer]',
        'POST /token: the form field `client_id` is now `string` or `integer` instead of `string`.'
      ]
    ],
    [
      'a pattern changes',
      'pattern: ^password$\n          description',
      'pattern: ^pass$\n          description',
      [
        'breaks',
        'new',
        'pattern: ¦^pass$',
        'POST /token: the form field `grant_type` now has `pattern` `^pass$` instead of `^password$`.'
      ]
    ],
    [
      'a pattern is removed',
      '          pattern: ^password$\n          description',
      '          description',
      [
        'ok',
        'old',
        'pattern: ¦^password$\n          description',
        'POST /token: the form field `grant_type` no longer has `pattern` `^password$`.'
      ]
    ],
    [
      'a limit is added',
      clientId,
      clientId.replace('string\n', 'string\n          maxLength: 40\n'),
      ['breaks', 'new', 'maxLength: ¦40', 'POST /token: the form field `client_id` now has `maxLength` `40`.']
    ],
    [
      'the values are listed',
      clientId,
      clientId.replace('string\n', 'string\n          enum: [app, cli]\n'),
      ['breaks', 'new', '¦enum: [app', 'POST /token: the form field `client_id` now has to be `"app"` or `"cli"`.']
    ],
    [
      'a format is added',
      clientId,
      clientId.replace('string\n', 'string\n          format: uuid\n'),
      ['breaks', 'new', 'format: ¦uuid', 'POST /token: the form field `client_id` now has `format` `uuid`.']
    ],
    [
      'a default is added',
      clientId,
      clientId.replace('string\n', 'string\n          default: app\n'),
      ['ok', 'new', 'default: ¦app', 'POST /token: the form field `client_id` now has `default` `"app"`.']
    ],
    [
      'the items of a list change',
      '          items: { type: string }\n          description: The scopes',
      '          items: { type: string, minLength: 2 }\n          description: The scopes',
      ['breaks', 'new', 'minLength: ¦2', 'POST /token: the form field `scope[]` now has `minLength` `2`.']
    ],
    [
      'other fields are ruled out',
      required,
      `${required}      additionalProperties: false\n`,
      [
        'breaks',
        'new',
        'additionalProperties: ¦false',
        'POST /token: the form no longer lets in fields that are not listed.'
      ]
    ],
    [
      'a field can be repeated, and written once is what it was',
      clientId,
      clientId.replace('string\n', 'array\n          items: { type: string }\n'),
      [
        'ok',
        'new',
        'type: ¦array\n          items: { type: string }\n          description: The name',
        'POST /token: the form field `client_id` can now be repeated.'
      ]
    ],
    [
      'a field is written in another way',
      'style: spaceDelimited',
      'style: pipeDelimited',
      [
        'breaks',
        'new',
        'style: ¦pipeDelimited',
        'POST /token: the form field `scope` is now written in another way (`style`).'
      ]
    ],
    [
      'a media type is replaced',
      'application/x-www-form-urlencoded:',
      'application/json:',
      [
        'ok',
        'new',
        "content:\n        ¦application/json:\n          schema: { $ref: '#/components/schemas/PasswordGrantForm",
        'POST /token: the media type `application/json` was added.'
      ],
      [
        'breaks',
        'old',
        '¦application/x-www-form-urlencoded:',
        'POST /token: the media type `application/x-www-form-urlencoded` was removed.'
      ]
    ],
    [
      'the body becomes optional',
      'grant.\n      required: true',
      'grant.\n      required: false',
      ['ok', 'new', 'grant.\n      required: ¦false', 'POST /token: the request body is no longer required.']
    ],
    [
      'the body is removed',
      passwordGrant,
      '',
      ['breaks', 'old', '¦requestBody:\n', 'POST /token: the request body was removed.']
    ]
  ])('%s', (_name, ...row) => checkEdit(loginText, ...row))
})

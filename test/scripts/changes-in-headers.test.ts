import { describe, test } from '@jest/globals'
import { checkEdit, type EditRow } from './edits.js'
import { loginText } from '../support/login.js'

const unauthorized = "        '401': { $ref: '#/components/responses/Unauthorized' }\n"
const challenge = '        WWW-Authenticate: { $ref: '

describe('changes in the statuses, headers and media types of answers', () => {
  test.each<EditRow>([
    [
      'a status is removed',
      unauthorized,
      '',
      ['breaks', 'old', "        ¦'401':", 'GET /users/me: the answer 401 was removed.']
    ],
    [
      'a status is added',
      unauthorized,
      `${unauthorized}${unauthorized.replace('401', '403')}`,
      ['ok', 'new', "        ¦'403':", 'GET /users/me: the answer 403 was added.']
    ],
    [
      'a header is renamed',
      challenge,
      challenge.replace('WWW', 'Proxy'),
      [
        'ok',
        'new',
        '        ¦Proxy-Authenticate',
        'GET /users/me, answer 401: the header `Proxy-Authenticate` was added, and is required.'
      ],
      [
        'breaks',
        'old',
        '        ¦WWW-Authenticate',
        'GET /users/me, answer 401: the header `WWW-Authenticate` was removed.'
      ]
    ],
    ['a header is written in another case', challenge, challenge.replace('WWW', 'www')],
    [
      'a header may be missing',
      'required: true\n      schema: { type: string, const: Bearer }',
      'schema: { type: string, const: Bearer }',
      [
        'breaks',
        'old',
        'required: ¦true\n      schema: { type: string, const: Bearer }',
        'GET /users/me, answer 401: the header `WWW-Authenticate` is no longer required.'
      ]
    ],
    [
      'a header has another value',
      'const: Bearer }',
      'const: Basic }',
      [
        'breaks',
        'new',
        'const: ¦Basic',
        'GET /users/me, answer 401: the header `WWW-Authenticate` can now be `"Basic"` but can no longer be `"Bearer"`.'
      ]
    ],
    [
      'a media type is replaced',
      "      content:\n        application/json:\n          schema: { $ref: '#/components/schemas/HTTPError' }\n          examples:\n            alice",
      "      content:\n        text/plain:\n          schema: { $ref: '#/components/schemas/HTTPError' }\n          examples:\n            alice",
      ['ok', 'new', '¦text/plain', 'GET /users/me, answer 400: the media type `text/plain` was added.'],
      [
        'breaks',
        'old',
        "      content:\n        ¦application/json:\n          schema: { $ref: '#/components/schemas/HTTPError' }\n          examples:\n            alice",
        'GET /users/me, answer 400: the media type `application/json` was removed.'
      ]
    ]
  ])('%s', (_name, ...row) => checkEdit(loginText, ...row))
})

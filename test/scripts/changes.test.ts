import { describe, expect, test } from '@jest/globals'
import { type Change, formatChanges } from '../../scripts/contract-diff/changes.js'
import { checkEdit, type EditRow } from './edits.js'
import { loginText } from '../support/login.js'

const detail = '          type: string\n          description: The reason'

describe('operations, security and servers', () => {
  test.each<EditRow>([
    [
      'an operation moves',
      '  /users/me:',
      '  /users/you:',
      ['ok', 'new', 'you:\n    ¦get:', 'GET /users/you was added.'],
      ['breaks', 'old', 'me:\n    ¦get:', 'GET /users/me was removed.']
    ],
    [
      'an operation is deprecated',
      'operationId: login',
      'operationId: login\n      deprecated: true',
      ['ok', 'new', 'deprecated: ¦true', 'POST /token: `deprecated` is now `true`.']
    ],
    [
      'an operationId changes',
      'operationId: login',
      'operationId: logIn',
      ['ok', 'new', 'operationId: ¦logIn', 'POST /token: `operationId` is now `logIn` instead of `login`.']
    ],
    [
      'security is asked for',
      'security: []',
      'security: [{ OAuth2PasswordBearer: [] }]',
      ['breaks', 'new', '¦security: [{', 'POST /token: the security is now `OAuth2PasswordBearer` instead of none.']
    ],
    [
      'security is no longer asked for',
      '        - OAuth2PasswordBearer: []\n',
      '        - {}\n',
      [
        'ok',
        'new',
        '¦security:\n        - {}',
        'GET /users/me: the security is now none instead of `OAuth2PasswordBearer`.'
      ]
    ],
    [
      'a scope is asked for',
      '- OAuth2PasswordBearer: []',
      '- OAuth2PasswordBearer: [admin]',
      [
        'breaks',
        'new',
        '¦security:\n        - O',
        'GET /users/me: the security is now `OAuth2PasswordBearer` with `admin` instead of `OAuth2PasswordBearer`.'
      ]
    ],
    [
      'a security scheme is added',
      '  securitySchemes:\n',
      '  securitySchemes:\n    Basic: { type: http, scheme: basic }\n',
      ['ok', 'new', '¦Basic: {', 'The security scheme `Basic` was added.']
    ],
    [
      'the address for tokens changes',
      'tokenUrl: /token',
      'tokenUrl: /login',
      [
        'breaks',
        'new',
        'tokenUrl: ¦/login',
        'The security scheme `OAuth2PasswordBearer`: `flows.password.tokenUrl` is now `/login` instead of `/token`.'
      ]
    ],
    [
      'a flow is replaced',
      '        password:\n          tokenUrl',
      '        clientCredentials:\n          tokenUrl',
      [
        'ok',
        'new',
        'clientCredentials:\n          ¦tokenUrl',
        'The security scheme `OAuth2PasswordBearer`: `flows.clientCredentials.tokenUrl` was added.'
      ],
      [
        'breaks',
        'old',
        'password:\n          ¦tokenUrl',
        'The security scheme `OAuth2PasswordBearer`: `flows.password.tokenUrl` was removed.'
      ]
    ],
    [
      'the server moves',
      '- url: /',
      '- url: /v1',
      ['ok', 'new', '¦url: /v1', 'The server `/v1` was added.'],
      ['breaks', 'old', '¦url: /\n', 'The server `/` was removed.']
    ]
  ])('%s', (_name, ...row) => checkEdit(loginText, ...row))
})

describe('what a client does not notice is no change', () => {
  test.each<EditRow>([
    ['nothing', 'openapi: 3.1.0', 'openapi: 3.1.0'],
    ['a description', 'description: Why a request was refused.', 'description: Why.'],
    ['an example', 'value: { detail: Inactive user }', 'value: { detail: Disabled user }'],
    ['a tag', '      tags: [auth]', '      tags: [users]'],
    [
      'the name of a component',
      '    InactiveUser:\n',
      "    InactiveUser: { $ref: '#/components/responses/Disabled' }\n    Disabled:\n"
    ],
    ['a component that nothing refers to', '  schemas:\n', '  schemas:\n    Left: { type: string }\n'],
    ['a schema that says the same twice', detail, detail.replace('type: string', 'allOf: [{ type: string }, {}]')],
    [
      'a format that checks nothing',
      '          format: password\n          description: The password',
      '          description: The password'
    ]
  ])('%s', (_name, ...row) => checkEdit(loginText, ...row))
})

describe('changes as text', () => {
  const changes: Change[] = [
    { place: 'openapi.yaml:9:1', what: 'GET / was removed.', breaking: true },
    { place: 'openapi.yaml:10:1', what: 'PUT / was added.', breaking: false }
  ]

  test('no change is told in words', () => {
    expect(formatChanges([], true)).toBe('No changes.')
  })

  test('a change is a line with its mark, place and sentence, and a summary ends the text', () => {
    expect(formatChanges(changes, false)).toBe(
      [
        'breaks  openapi.yaml:9:1   GET / was removed.',
        'ok      openapi.yaml:10:1  PUT / was added.',
        '',
        '2 changes, 1 of which can break a client.'
      ].join('\n')
    )
    expect(formatChanges(changes.slice(0, 1), false)).toMatch(/\n1 change, which can break a client\.$/)
    expect(formatChanges(changes.slice(1), false)).toMatch(/\n1 change, which can break no client\.$/)
  })

  test('colours are in the marks only', () => {
    const [breaks, ok] = formatChanges(changes, true).split('\n')
    expect(breaks).toBe('\u001b[31mbreaks\u001b[39m  openapi.yaml:9:1   GET / was removed.')
    expect(ok).toBe('\u001b[32mok    \u001b[39m  openapi.yaml:10:1  PUT / was added.')
  })
})
